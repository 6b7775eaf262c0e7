// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include "core/secret.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace cli {

namespace {

struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
};

bool isSchemeCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

// Where the part behind "scheme://" begins; npos for a word that is not a URL. "--url=" may stand before it.
std::size_t authorityBegin(std::string_view word)
{
    const std::size_t begin = word.starts_with("--") ? word.find('=') + 1 : 0;
    const std::size_t colon = word.find("://", begin);
    if (colon == std::string_view::npos || colon == begin)
        return std::string_view::npos;
    if (!std::all_of(word.begin() + static_cast<std::ptrdiff_t>(begin), word.begin() + static_cast<std::ptrdiff_t>(colon), isSchemeCharacter))
        return std::string_view::npos;
    return colon + 3;
}

// Keys of a URL's query whose values are secrets; those that only say where a secret is found are none.
bool isSecretKey(std::string_view key)
{
    if (key.ends_with("_env") || key.ends_with("_arn") || key.ends_with("_file") || key.ends_with("_url") || key.ends_with("_scheme"))
        return false;
    for (const std::string_view part : {"token", "secret", "password", "passwd", "api_key", "apikey"}) {
        if (key.find(part) != std::string_view::npos)
            return true;
    }
    return false;
}

// The user part's secret reaches to the last '@' of all: a secret with characters that should have been encoded is
// covered whole.
std::vector<Stretch> secretsIn(std::string_view word)
{
    std::vector<Stretch> stretches;
    const std::size_t begin = authorityBegin(word);
    if (begin == std::string_view::npos)
        return stretches;
    const std::size_t at = word.rfind('@');
    const std::size_t colon = word.find(':', begin);
    if (at != std::string_view::npos && at > begin && colon < at && colon + 1 < at)
        stretches.push_back({colon + 1, at});
    for (std::size_t key = word.find('?', begin); key != std::string_view::npos; key = word.find('&', key)) {
        ++key;
        const std::size_t end = std::min(word.find('&', key), word.size());
        const std::size_t equals = word.find('=', key);
        if (equals < end && equals + 1 < end && isSecretKey(word.substr(key, equals - key)))
            stretches.push_back({equals + 1, end});
    }
    return stretches;
}

} // namespace

Arguments takeArguments(int argc, char **argv)
{
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        Argument argument;
        argument.text = argv[i];
        argument.shown = argv[i];
        const std::vector<Stretch> secrets = secretsIn(argument.text);
        for (auto stretch = secrets.rbegin(); stretch != secrets.rend(); ++stretch) {
            std::memset(argv[i] + stretch->begin, '*', stretch->end - stretch->begin);
            if (stretch->end <= argument.shown.size())
                argument.shown.replace(stretch->begin, stretch->end - stretch->begin, "***");
        }
        arguments.hadSecret = arguments.hadSecret || !secrets.empty();
        arguments.words.push_back(std::move(argument));
    }
    return arguments;
}

void wipe(Arguments &arguments)
{
    for (Argument &word : arguments.words)
        core::wipe(word.text);
}

} // namespace cli
