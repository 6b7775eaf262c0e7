// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/sessionprobe.h"

#include "table/format.h"

#include <algorithm>

namespace diagnosis {

namespace {
constexpr int kDepth = 4; // of the catalogue, in search of something to open
constexpr std::int64_t kLooked = 20; // nodes of each level
constexpr std::int64_t kRows = 1;
constexpr std::size_t kTried = 6; // things to open: some ask for rights of their own
}

class SessionProbe::Sink final : public connector::Sink
{
public:
    Sink(SessionProbe &probe, std::string column)
        : m_probe(probe)
        , m_column(std::move(column))
    {
    }

    void exchange(const http::Exchange &exchange) override
    {
        m_probe.m_exchange = exchange;
        m_probe.m_told(exchange);
    }

    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        m_schema = std::move(schema);
        return true;
    }

    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        rows = chunk->rows;
        if (value.empty() && chunk->rows > 0 && !m_schema->columns.empty()) {
            const std::size_t index = wanted();
            table::appendCell(value, m_schema->columns[index], chunk->columns[index], 0, {});
        }
        return true;
    }

    std::string value;
    std::int64_t rows = 0;

private:
    std::size_t wanted() const
    {
        const auto &columns = m_schema->columns;
        for (const std::string &name : {m_column, std::string("body")}) {
            const auto found = std::find_if(columns.begin(), columns.end(), [&name](const table::ColumnInfo &info) { return info.name == name; });
            if (!name.empty() && found != columns.end())
                return static_cast<std::size_t>(found - columns.begin());
        }
        return 0;
    }

    SessionProbe &m_probe;
    const std::string m_column;
    std::shared_ptr<const table::Schema> m_schema;
};

SessionProbe::SessionProbe(connector::Session &session, const connector::Language &language,
    std::function<void(const http::Exchange &)> exchange)
    : m_session(session)
    , m_language(language)
    , m_told(std::move(exchange))
{
}

SessionProbe::Answer SessionProbe::run(const std::string &statement, const std::string &column, std::stop_token stop)
{
    const auto statements = connector::splitScript(statement, m_language);
    if (statements.empty())
        return {};
    connector::RunOptions options;
    options.maxRows = kRows;
    Sink sink(*this, column);
    const connector::Outcome outcome = m_session.run(statements.front(), options, sink, std::move(stop));
    return {outcome.error, sink.value, sink.rows};
}

core::Result<connector::CatalogPage> SessionProbe::children(const connector::CatalogRequest &request, std::stop_token stop)
{
    Sink sink(*this, {});
    return m_session.children(request, sink, std::move(stop));
}

core::Result<connector::CatalogPage> SessionProbe::root(std::int64_t limit, std::stop_token stop)
{
    connector::CatalogRequest request;
    request.limit = limit;
    return children(request, std::move(stop));
}

SessionProbe::Shown SessionProbe::showFirst(std::stop_token stop)
{
    std::vector<std::string> statements;
    Shown first;
    first.answer.error = collectOpened({}, 0, statements, stop);
    for (const std::string &statement : statements) {
        Shown tried{statement, run(statement, {}, stop)};
        if (!tried.answer.error)
            return tried;
        if (first.statement.empty())
            first = std::move(tried);
    }
    return first;
}

// The error of a listing counts only where nothing was found before it.
std::optional<core::Error> SessionProbe::collectOpened(
    const std::vector<std::string> &path, int depth, std::vector<std::string> &statements, const std::stop_token &stop)
{
    connector::CatalogRequest request;
    request.path = path;
    request.limit = kLooked;
    auto page = children(request, stop);
    if (!page)
        return statements.empty() ? std::optional(std::move(page).error()) : std::nullopt;
    for (const connector::CatalogNode &node : page->nodes) {
        if (statements.size() >= kTried)
            return std::nullopt;
        if (node.isSystem)
            continue;
        std::vector<std::string> below = path;
        below.push_back(node.name);
        std::string statement = node.isOpened ? m_session.selectStatement(below, kRows) : std::string();
        if (!statement.empty())
            statements.push_back(std::move(statement));
        else if (depth + 1 < kDepth && !node.facets.empty())
            collectOpened(below, depth + 1, statements, stop);
    }
    return std::nullopt;
}

} // namespace diagnosis
