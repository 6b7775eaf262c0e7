// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/engine.h"
#include "sandbox/login.h"
#include "sandbox/service.h"

#include <atomic>
#include <chrono>

namespace tdengine::server {

// The REST interface: which path answers what. Called on many threads.
class Routes
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop);

private:
    struct Call {
        const sandbox::Request &request;
        sandbox::Reply &reply;
        std::stop_token stop;
        std::chrono::steady_clock::time_point start;
        Context context;
        Zone shown; // in which timestamps are written
        bool asObjects = false;
    };

    void rest(Call &call, const std::vector<std::string> &path);
    void token(Call &call, const std::string &user, const std::string &password);
    void sql(Call &call);
    void vgroups(Call &call, const std::string &database);
    void upload(Call &call);
    void influx(Call &call);
    bool isLoggedIn(Call &call);
    bool readParameters(Call &call);
    void answer(Call &call, Execution execution);
    void answerRows(Call &call, Cursor &cursor);
    void answerAffected(Call &call, std::int64_t rows, std::string_view contentType);
    void refuse(Call &call, int status, int code, std::string_view desc);

    Engine m_engine;
    std::atomic<std::uint64_t> m_requests = 0;
};

// The file part "data" of a multipart form; nothing if there is none.
std::optional<std::string> multipartData(std::string_view contentType, std::string_view body);
// Rows of a CSV file; a cell without quotes and characters is null.
std::vector<std::vector<std::optional<std::string>>> csvRows(std::string_view text);

} // namespace tdengine::server
