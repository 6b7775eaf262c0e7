// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/query.h"

#include <cstdlib>

namespace openmldb::server {

namespace {

// 10m in milliseconds.
std::int64_t millisecondsOf(const std::string &interval)
{
    const std::int64_t count = std::strtoll(interval.c_str(), nullptr, 10);
    switch (interval.back() | 0x20) {
    case 's':
        return count * 1000;
    case 'm':
        return count * 60000;
    case 'h':
        return count * 3600000;
    default:
        return count * 86400000;
    }
}

} // namespace

void QueryTranslator::window()
{
    do {
        const std::string name = m_reader.name();
        m_reader.expect("AS");
        m_windows[name] = windowSpec();
    } while (m_reader.take(","));
}

std::string QueryTranslator::windowSpec()
{
    m_reader.expect("(");
    if (m_reader.is("UNION"))
        m_reader.fail(kPlanError, "WINDOW … UNION is not part of this sandbox");
    std::string sql = "(";
    if (m_reader.take("PARTITION", "BY")) {
        do {
            sql += (sql.size() == 1 ? "PARTITION BY " : ", ") + expression().sql;
        } while (m_reader.take(","));
    } else {
        m_reader.failHere("Expected keyword PARTITION but got " + m_reader.shown());
    }
    if (m_reader.take("ORDER", "BY")) {
        sql += " ORDER BY " + expression().sql;
        if (m_reader.take("DESC"))
            m_reader.fail(kPlanError, "WINDOW does not support ORDER BY … DESC");
        m_reader.take("ASC");
    }
    sql += frame();
    m_reader.expect(")");
    return sql + ")";
}

std::string QueryTranslator::frame()
{
    const bool isRange = m_reader.is("ROWS_RANGE") || m_reader.is("RANGE");
    if (!isRange && !m_reader.is("ROWS")) {
        m_reader.fail(kPlanError, "WINDOW needs ROWS or ROWS_RANGE BETWEEN … AND …");
        return {};
    }
    m_reader.next();
    m_reader.expect("BETWEEN");
    std::string sql = std::string(isRange ? " RANGE" : " ROWS") + " BETWEEN " + bound(isRange);
    m_reader.expect("AND");
    sql += " AND " + bound(isRange);
    if (m_reader.is("MAXSIZE") || m_reader.is("INSTANCE_NOT_IN_WINDOW"))
        m_reader.fail(kPlanError, m_reader.token().text + " is not part of this sandbox");
    if (m_reader.take("EXCLUDE", "CURRENT_ROW"))
        sql += " EXCLUDE CURRENT ROW";
    else if (m_reader.take("EXCLUDE", "CURRENT_TIME"))
        sql += " EXCLUDE TIES";
    return sql;
}

std::string QueryTranslator::bound(bool isRange)
{
    if (m_reader.take("CURRENT", "ROW"))
        return "CURRENT ROW";
    std::string distance;
    if (m_reader.take("UNBOUNDED")) {
        distance = "UNBOUNDED";
    } else {
        const Token token = m_reader.next();
        if (token.kind != Token::Kind::Number && token.kind != Token::Kind::Interval)
            m_reader.fail(kSyntaxError, "Syntax error: Unexpected \"" + token.text + "\" " + placeOf(m_reader.sql(), token.begin));
        std::int64_t count = token.kind == Token::Kind::Interval && isRange ? millisecondsOf(token.text)
                                                                            : std::strtoll(token.text.c_str(), nullptr, 10);
        // OPEN leaves the bound itself out.
        if (m_reader.take("OPEN"))
            count -= 1;
        distance = std::to_string(count);
    }
    m_reader.take("OPEN");
    if (m_reader.is("FOLLOWING"))
        m_reader.fail(kPlanError, "WINDOW does not support FOLLOWING");
    m_reader.expect("PRECEDING");
    return distance + " PRECEDING";
}

// OVER w or OVER (…) behind a call.
QueryTranslator::Value QueryTranslator::over(Value value)
{
    if (!m_reader.take("OVER"))
        return value;
    std::string spec;
    if (m_reader.is("(")) {
        spec = windowSpec();
    } else {
        const std::string name = m_reader.name();
        const auto known = m_windows.find(name);
        if (known == m_windows.end())
            return failed(kPlanError, "Fail to resolve window: " + name + " undefined");
        spec = known->second;
    }
    value.sql += " OVER " + spec;
    return value;
}

} // namespace openmldb::server
