// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "core/result.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

struct OptionSpec {
    std::string name; // "--format"
    std::string letter; // "-o"; empty: none
    QString value; // what its value is called in the help; empty: a flag
    QString help;
    bool isRepeatable = false;
};

// A command as its help shows it and its arguments are read.
struct CommandSpec {
    std::string name;
    QString usage; // what follows the command's name
    QString summary;
    QString details; // paragraphs of the help, may be empty
    std::vector<OptionSpec> options;
    std::size_t mostWords = 0; // words that are neither options nor their values
};

// The words of one command, told apart.
class ParsedArguments
{
public:
    bool has(std::string_view option) const;
    // Of an option that was given; null otherwise.
    const Argument *value(std::string_view option) const;
    std::vector<Argument> values(std::string_view option) const;
    const std::vector<Argument> &words() const { return m_words; }

private:
    friend core::Result<ParsedArguments> parseArguments(const CommandSpec &, const std::vector<Argument> &);

    std::multimap<std::string, Argument, std::less<>> m_options;
    std::vector<Argument> m_words;
};

// Usage errors name the option that is nearest to an unknown one. "--" ends the options.
core::Result<ParsedArguments> parseArguments(const CommandSpec &command, const std::vector<Argument> &arguments);

// The candidate with the fewest typing mistakes between it and the word; none if all are too far.
std::optional<std::string> nearestTo(std::string_view word, const std::vector<std::string> &candidates);

core::Error usageError(const QString &message, const QString &hint = {});

// Number options. min is the smallest that is taken.
core::Result<std::int64_t> integerValue(const Argument &value, std::string_view option, std::int64_t min);

QString helpOf(const CommandSpec &command);

} // namespace cli
