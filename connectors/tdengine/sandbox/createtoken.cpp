// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <random>

namespace tdengine::server {

namespace {

constexpr std::size_t kTokenSize = 63;

std::string randomToken()
{
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> letter(0, kLetters.size() - 1);
    std::string token;
    while (token.size() < kTokenSize)
        token += kLetters[letter(device)];
    return token;
}

} // namespace

// TOKEN [IF NOT EXISTS] name FROM USER user: the one cell of its result is the bearer token, told this once.
Execution Engine::createToken(TokenReader &reader, const Context &context, std::string_view sql, std::stop_token stop)
{
    reader.expectWord("token");
    if (reader.takeWord("if")) {
        reader.expectWord("not");
        reader.expectWord("exists");
    }
    reader.expectName();
    reader.expectWord("from");
    reader.expectWord("user");
    const std::string user = reader.expectName();
    reader.expectEnd();
    const std::string token = randomToken();
    if (!reader.failed()) {
        const auto lock = m_store.lock();
        if (m_store.users().contains(user))
            m_store.tokens().emplace(token, user);
        else
            reader.fail(code::kUserNotExist, "User not exist");
    }
    if (reader.failed()) {
        Execution refused;
        refused.failure = reader.failure();
        return refused;
    }
    std::vector<Column> columns{{"token", makeType(Type::Varchar, static_cast<int>(kTokenSize))}};
    std::vector<std::vector<Cell>> cells(1);
    cells[0].emplace_back(token);
    return rows(std::move(columns), std::move(cells), context, sql, std::move(stop));
}

} // namespace tdengine::server
