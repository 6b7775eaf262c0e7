// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requestrun.h"

namespace cli {

// Runs requests of a .http document: one by its name, with those before it whose answers it takes values from, or all.
class DocumentRun
{
public:
    DocumentRun(RequestRun &run, const RequestOptions &options, const request::ReadFile &readFile, std::stop_token stop);

    core::Result<int> runFile();
    core::Result<int> runText(const std::string &text, const std::string &folder);

private:
    struct Line { // of the summary
        QString name;
        QString result;
        bool hasFailed = false;
    };

    core::Result<int> runDocument(const request::Document &document, const std::string &folder);
    core::Result<std::vector<const request::Entry *>> chosen(const request::Document &document) const;
    void sayWhatIsNotRun(const request::Document &document);
    // The exit code; errors are said, not returned, where others are to run after it.
    int runEntry(const request::Document &document, const request::Entry &entry, request::Resolver &resolver);
    core::Result<Answered> sendEntry(const request::Entry &entry, request::Resolver &resolver, bool &isShown);
    int check(const request::Entry &entry, const Answered &answered, Line &line);
    void summarise();

    RequestRun &m_run;
    const RequestOptions &m_options;
    const request::ReadFile &m_readFile;
    const std::stop_token m_stop;
    std::vector<Line> m_lines;
};

} // namespace cli
