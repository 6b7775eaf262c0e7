// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace diagnosis {

// Asks a session the few things that a test asks, and keeps the last answer for a closer look.
class SessionProbe
{
public:
    struct Answer {
        std::optional<core::Error> error;
        std::string value; // of the first row: the column asked for, or the first one
        std::int64_t rows = 0;
    };

    // Both outlive it.
    SessionProbe(connector::Session &session, const connector::Language &language,
        std::function<void(const http::Exchange &)> exchange);

    // column: whose value is wanted, where the result has it; the "body" of an answer in a form of its own comes next.
    Answer run(const std::string &statement, const std::string &column, std::stop_token stop);
    core::Result<connector::CatalogPage> root(std::int64_t limit, std::stop_token stop);
    // Shows the first thing of the catalogue that can be opened and lets itself be shown, of some that are tried. Nothing
    // nearby can be opened: the statement is empty. The error is that of the first one tried.
    struct Shown {
        std::string statement;
        Answer answer;
    };
    Shown showFirst(std::stop_token stop);

    // The last exchange that ended, or began and went wrong.
    const std::optional<http::Exchange> &exchange() const { return m_exchange; }

private:
    class Sink;
    core::Result<connector::CatalogPage> children(const connector::CatalogRequest &request, std::stop_token stop);
    std::optional<core::Error> collectOpened(
        const std::vector<std::string> &path, int depth, std::vector<std::string> &statements, const std::stop_token &stop);

    connector::Session &m_session;
    const connector::Language &m_language;
    const std::function<void(const http::Exchange &)> m_told;
    std::optional<http::Exchange> m_exchange;
};

} // namespace diagnosis
