// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <numeric>

namespace cli {

namespace {

struct OptionsTr {
    Q_DECLARE_TR_FUNCTIONS(OptionsTr)
};

QString shownText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// Insertions, deletions, exchanges and swaps of neighbours that turn one word into the other.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> costs(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        costs[i][0] = i;
    std::iota(costs[0].begin(), costs[0].end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t k = 1; k <= b.size(); ++k) {
            const std::size_t exchange = costs[i - 1][k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
            costs[i][k] = std::min({costs[i - 1][k] + 1, costs[i][k - 1] + 1, exchange});
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                costs[i][k] = std::min(costs[i][k], costs[i - 2][k - 2] + 1);
        }
    }
    return costs[a.size()][b.size()];
}

// "--" alone ends the options; "-" alone is standard input; "-- text" is a statement that begins with a comment.
bool looksLikeOption(const std::string &word)
{
    return word.size() > 1 && word[0] == '-' && (word[1] != '-' || (word.size() > 2 && word[2] != ' ' && word[2] != '\n'));
}

const OptionSpec *optionNamed(const CommandSpec &command, std::string_view name)
{
    for (const OptionSpec &option : command.options) {
        if (option.name == name || (!option.letter.empty() && option.letter == name))
            return &option;
    }
    return nullptr;
}

core::Error unknownOption(const CommandSpec &command, const std::string &name)
{
    std::vector<std::string> names;
    for (const OptionSpec &option : command.options)
        names.push_back(option.name);
    const auto nearest = nearestTo(name, names);
    return usageError(OptionsTr::tr("%1 has no option %2.").arg(shownText(command.name), shownText(name)),
        nearest ? OptionsTr::tr("Did you mean %1?").arg(shownText(*nearest))
                : OptionsTr::tr("See: ondograph %1 --help").arg(shownText(command.name)));
}

} // namespace

bool ParsedArguments::has(std::string_view option) const
{
    return m_options.find(option) != m_options.end();
}

const Argument *ParsedArguments::value(std::string_view option) const
{
    const auto found = m_options.find(option);
    return found == m_options.end() ? nullptr : &found->second;
}

std::vector<Argument> ParsedArguments::values(std::string_view option) const
{
    std::vector<Argument> all;
    const auto [begin, end] = m_options.equal_range(option);
    for (auto it = begin; it != end; ++it)
        all.push_back(it->second);
    return all;
}

core::Result<ParsedArguments> parseArguments(const CommandSpec &command, const std::vector<Argument> &arguments)
{
    ParsedArguments parsed;
    bool areOptionsOver = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Argument &word = arguments[i];
        if (areOptionsOver || !looksLikeOption(word.text)) {
            if (!areOptionsOver && word.text == "--")
                areOptionsOver = true;
            else
                parsed.m_words.push_back(word);
            continue;
        }
        const std::size_t equals = word.text.starts_with("--") ? word.text.find('=') : std::string::npos;
        const std::string name = word.text.substr(0, equals);
        const OptionSpec *option = optionNamed(command, name);
        if (!option)
            return unknownOption(command, name);
        if (!option->isRepeatable && parsed.has(option->name))
            return usageError(OptionsTr::tr("%1 is given twice.").arg(shownText(option->name)));
        Argument value;
        if (option->value.isEmpty() && equals != std::string::npos)
            return usageError(OptionsTr::tr("%1 takes no value.").arg(shownText(option->name)));
        if (!option->value.isEmpty()) {
            if (equals != std::string::npos)
                value = {word.text.substr(equals + 1), word.shown.substr(equals + 1)};
            else if (i + 1 < arguments.size())
                value = arguments[++i];
            else
                return usageError(OptionsTr::tr("%1 needs a value: %2.").arg(shownText(option->name), option->value));
        }
        parsed.m_options.emplace(option->name, std::move(value));
    }
    if (parsed.m_words.size() > command.mostWords) {
        return usageError(OptionsTr::tr("There is one word too many: %1").arg(shownText(parsed.m_words[command.mostWords].shown)),
            OptionsTr::tr("An argument with blanks stands in quotes. See: ondograph %1 --help").arg(shownText(command.name)));
    }
    return parsed;
}

std::optional<std::string> nearestTo(std::string_view word, const std::vector<std::string> &candidates)
{
    std::optional<std::string> nearest;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string &candidate : candidates) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < least && distance < candidate.size()) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

core::Error usageError(const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

core::Result<std::int64_t> integerValue(const Argument &value, std::string_view option, std::int64_t min)
{
    std::int64_t number = 0;
    const char *end = value.text.data() + value.text.size();
    const auto [at, failure] = std::from_chars(value.text.data(), end, number);
    if (failure != std::errc() || at != end || number < min) {
        return usageError(OptionsTr::tr("%1 needs a whole number from %2 on, not \"%3\".")
                              .arg(shownText(option))
                              .arg(min)
                              .arg(shownText(value.shown)));
    }
    return number;
}

namespace {

// How many columns of a terminal the text takes: the scripts of East Asia take two a character.
qsizetype columnsOf(const QString &text)
{
    constexpr char16_t kFirstWide = 0x2E80;
    return text.size() + std::count_if(text.begin(), text.end(), [](QChar c) { return c.unicode() >= kFirstWide; });
}

} // namespace

QString helpOf(const CommandSpec &command)
{
    constexpr qsizetype kNameColumns = 28;
    QString text = OptionsTr::tr("Usage:") + QStringLiteral(" ondograph ") + shownText(command.name)
        + (command.usage.isEmpty() ? QString() : QChar::fromLatin1(' ') + command.usage) + QStringLiteral("\n\n")
        + command.summary + QChar::fromLatin1('\n');
    if (!command.details.isEmpty())
        text += QChar::fromLatin1('\n') + command.details + QChar::fromLatin1('\n');
    text += QChar::fromLatin1('\n') + OptionsTr::tr("Options:") + QChar::fromLatin1('\n');
    for (const OptionSpec &option : command.options) {
        QString name = shownText(option.name);
        if (!option.letter.empty())
            name = shownText(option.letter) + QStringLiteral(", ") + name;
        if (!option.value.isEmpty())
            name += QChar::fromLatin1(' ') + option.value;
        name += QString(std::max<qsizetype>(0, kNameColumns - columnsOf(name)), QLatin1Char(' '));
        text += QStringLiteral("  %1  %2\n").arg(name, option.help);
    }
    return text;
}

} // namespace cli
