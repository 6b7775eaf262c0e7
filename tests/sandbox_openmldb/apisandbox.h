// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"
#include "http/client.h"
#include "sandbox/openmldbservice.h"
#include "sandbox/server.h"
#include "support/keepingsink.h"

#include <memory>
#include <string>

// The sandbox's half behind a server of its own, asked over HTTP: raw, or by the real session.
class ApiSandbox
{
public:
    ApiSandbox();

    struct Answer {
        int status = 0;
        std::string body;
    };
    Answer send(const char *method, const std::string &path, const std::string &body = {}) const;
    // The body of the answer to a statement.
    std::string sql(const std::string &sql, const std::string &database = "demo_db", const std::string &mode = "online",
        const std::string &more = {}) const;
    // "schema" and "data" of it.
    std::string rows(const std::string &sql, const std::string &database = "demo_db") const;

    std::unique_ptr<connector::Session> session(const std::string &database, const std::string &mode = "online");
    connector::Outcome run(connector::Session &session, const std::string &text, connector::Sink &sink,
        const connector::RunOptions &options = {}, std::stop_token stop = {}) const;

    const connector::Language &language() const { return m_language; }

private:
    std::unique_ptr<sandbox::Service> m_service;
    std::unique_ptr<sandbox::Server> m_server;
    std::unique_ptr<http::Client> m_client;
    connector::Language m_language;
};
