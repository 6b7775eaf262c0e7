// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awsprofiles.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace auth {

namespace {

using Sections = std::map<std::string, std::map<std::string, std::string>>;

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string homePath(const std::string &path)
{
    return path.starts_with("~/") ? environmentValue("HOME") + path.substr(1) : path;
}

std::string fileOf(const char *variable, const char *usual)
{
    const std::string moved = environmentValue(variable);
    return homePath(moved.empty() ? usual : moved);
}

Sections readSections(const std::string &file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return {};
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return readIni(text);
}

// The name of a profile's section in the config file: "default", or "profile NAME" with or without quotes.
std::string profileOfSection(const std::string &section)
{
    const std::vector<std::string> words = commandWords(section);
    if (words.size() == 2 && words[0] == "profile")
        return words[1];
    return section == "default" ? section : std::string();
}

} // namespace

const std::string *AwsProfilePart::find(const std::string &key) const
{
    const auto at = values.find(key);
    return at == values.end() || at->second.empty() ? nullptr : &at->second;
}

const AwsProfilePart *AwsProfile::partWith(const std::string &key) const
{
    if (credentials && credentials->find(key))
        return &*credentials;
    return config && config->find(key) ? &*config : nullptr;
}

Sections readIni(std::string_view text)
{
    Sections out;
    std::map<std::string, std::string> *section = nullptr;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view raw = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::string_view line = trimmed(raw);
        if (line.empty() || line[0] == '#' || line[0] == ';' || raw[0] == ' ' || raw[0] == '\t')
            continue;
        if (line[0] == '[') {
            section = &out[std::string(trimmed(line.substr(1, std::min(line.find(']'), line.size()) - 1)))];
            continue;
        }
        const std::size_t sign = line.find_first_of("=:");
        if (!section || sign == std::string_view::npos)
            continue;
        std::string key(trimmed(line.substr(0, sign)));
        for (char &c : key) {
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c - 'A' + 'a');
        }
        (*section)[key] = trimmed(line.substr(sign + 1));
    }
    return out;
}

std::string environmentValue(const char *name)
{
    const char *value = std::getenv(name);
    return value ? value : "";
}

std::string awsCredentialsFile()
{
    return fileOf("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials");
}

std::string awsConfigFile()
{
    return fileOf("AWS_CONFIG_FILE", "~/.aws/config");
}

std::string awsProfileName(const std::string &named)
{
    for (const std::string &name : {named, environmentValue("AWS_DEFAULT_PROFILE"), environmentValue("AWS_PROFILE")}) {
        if (!name.empty())
            return name;
    }
    return "default";
}

AwsProfile readAwsProfile(const std::string &name)
{
    AwsProfile profile;
    profile.name = name;
    const Sections credentials = readSections(awsCredentialsFile());
    if (const auto at = credentials.find(name); at != credentials.end())
        profile.credentials = AwsProfilePart{awsCredentialsFile(), at->second};
    for (const auto &[section, values] : readSections(awsConfigFile())) {
        if (profileOfSection(section) != name)
            continue;
        if (!profile.config)
            profile.config = AwsProfilePart{awsConfigFile(), {}};
        for (const auto &[key, value] : values)
            profile.config->values[key] = value;
    }
    return profile;
}

std::vector<std::string> commandWords(std::string_view command)
{
    std::vector<std::string> words;
    std::string word;
    bool isOpen = false; // a word has begun, if only with quotes
    char quote = 0;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        const bool isEscape = c == '\\' && quote != '\'' && i + 1 < command.size()
            && (quote == 0 || command[i + 1] == '"' || command[i + 1] == '\\');
        if (isEscape) {
            word += command[++i];
            isOpen = true;
        } else if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
            isOpen = true;
        } else if (quote == 0 && (c == ' ' || c == '\t')) {
            if (isOpen)
                words.push_back(std::move(word));
            word.clear();
            isOpen = false;
        } else {
            word += c;
            isOpen = true;
        }
    }
    if (isOpen)
        words.push_back(std::move(word));
    return words;
}

} // namespace auth
