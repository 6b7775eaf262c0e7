// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/engine.h"
#include "sandbox/service.h"

namespace openmldb::server {

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
        std::vector<std::string> path;
    };

    void databases(Call &call);
    void tables(Call &call);
    void table(Call &call);
    void sql(Call &call);
    void put(Call &call);
    void describe(Call &call, bool isDeployment);
    void callProcedure(Call &call, bool isDeployment);
    void answerRows(Call &call, Cursor &cursor, bool isNullForNaN);
    void answerTexts(Call &call, const std::vector<std::vector<std::string>> &rows, std::size_t width);

    Engine m_engine;
};

void answerFailure(sandbox::Reply &reply, const Failure &failure);
void answerJson(sandbox::Reply &reply, const std::string &body);
void answerOk(sandbox::Reply &reply);
std::string tableJson(const Table &table);
std::string procedureJson(const Procedure &procedure);

} // namespace openmldb::server
