// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/engine.h"
#include "sandbox/service.h"

namespace lindorm::server {

// The HTTP interface: which path answers what. Called on many threads.
class Routes
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, const std::stop_token &stop);

private:
    struct Call {
        const sandbox::Request &request;
        sandbox::Reply &reply;
        const std::stop_token &stop;
        Engine::Caller caller;
    };

    // False: refused with 401.
    bool logIn(Call &call) const;
    void sql(Call &call);
    void write(Call &call);
    static void answerWhole(Call &call, Cursor &cursor);
    static void answerBlocks(Call &call, Cursor &cursor, std::int64_t blockRows);
    static void refuseWith(Call &call, const Refusal &refusal);

    Engine m_engine;
};

} // namespace lindorm::server
