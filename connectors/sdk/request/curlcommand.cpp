// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curlcommand.h"

#include "request/curlsettings.h"

#include <QCoreApplication>

namespace request {

namespace {

struct CurlCommandTr {
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

// Where "curl" stands: behind variables set for it and programs that start it.
std::size_t programAt(const std::vector<Word> &words)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &text = words[i].text;
        const std::string_view name = std::string_view(text).substr(text.find_last_of("/\\") + 1);
        if (name == "curl" || name == "curl.exe")
            return i;
        const bool isSetting = text.find('=') != std::string::npos && text.find_first_of("=-/") == text.find('=');
        if (!isSetting && text != "sudo" && text != "time" && text != "env" && text != "exec" && text != "command")
            break;
    }
    return std::string::npos;
}

} // namespace

bool looksLikeCurl(std::string_view text)
{
    const auto line = readCommandLine(text);
    return line ? programAt(line->words) != std::string::npos : text.find("curl") < 20;
}

core::Result<Reading> readCurl(std::string_view text, const ReadFile &readFile)
{
    auto line = readCommandLine(text);
    if (!line)
        return std::move(line).error();
    const std::size_t program = programAt(line->words);
    if (program == std::string::npos) {
        return errorAt(line->words.empty() ? 1 : line->words[0].line, line->words.empty() ? 1 : line->words[0].column,
            CurlCommandTr::tr("This is not a command line of curl."), CurlCommandTr::tr("It begins with the word curl."));
    }
    std::vector<Word> words(line->words.begin() + static_cast<std::ptrdiff_t>(program) + 1, line->words.end());
    if (words.empty())
        return errorAt(line->words[program].line, line->words[program].column, CurlCommandTr::tr("The command line names no URL."));
    auto options = readCurlOptions(words, readFile);
    if (!options)
        return std::move(options).error();
    Reading reading;
    reading.notices = line->notices + options->notices;
    if (!options->ignored.isEmpty())
        reading.notices << CurlCommandTr::tr("Options of curl that have no effect here: %1").arg(options->ignored.join(QStringLiteral(", ")));
    for (const CurlSettings &settings : options->sets) {
        auto requests = readyRequests(settings, readFile);
        if (!requests)
            return std::move(requests).error();
        for (Ready &ready : *requests)
            reading.requests.push_back(std::move(ready));
    }
    return reading;
}

} // namespace request
