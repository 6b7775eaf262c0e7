// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sqleffect.h"

#include "connector/sqlwords.h"

#include <algorithm>

namespace connector {

namespace {

using Effect = std::optional<AffectedObject>;

std::string upper(std::string_view text)
{
    std::string result(text);
    for (char &c : result)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    return result;
}

// One pass over the words of a text; each function answers with what the part from at on may change.
class Reader
{
public:
    explicit Reader(const SqlWords &words)
        : m_words(words)
    {
    }

    Effect script() const;

private:
    Effect statement(std::size_t at, std::size_t end) const;
    Effect explained(std::size_t at, std::size_t end) const;
    Effect query(std::size_t at, std::size_t end, bool isWith) const;
    Effect called(std::size_t at) const;
    bool changesRows(std::size_t at, std::size_t begin, bool isWith) const;
    AffectedObject named(std::size_t verb, std::size_t end) const;
    std::size_t placeOfName(std::size_t verb, std::size_t end) const;
    std::size_t behindWord(std::string_view word, std::size_t at, std::size_t end) const;
    std::size_t skip(std::size_t at, std::initializer_list<std::string_view> words) const;

    const SqlWords &m_words;
};

Effect Reader::script() const
{
    bool isEmpty = true;
    bool hadStatement = false;
    for (std::size_t at = 0; at < m_words.size();) {
        const std::size_t end = m_words.endOfStatement(at);
        if (end > at) {
            if (Effect effect = statement(at, end))
                return effect;
            if (hadStatement) // one request is to be one statement: a second one may be there to slip through
                return named(at, end);
            hadStatement = true;
            isEmpty = false;
        }
        at = end + 1;
    }
    return isEmpty ? Effect(AffectedObject()) : std::nullopt;
}

Effect Reader::statement(std::size_t at, std::size_t end) const
{
    while (at < end && m_words.isSymbol(at, "("))
        ++at;
    if (m_words.isWord(at, "SHOW"))
        return std::nullopt; // SHOW CREATE TABLE and the like name what they only show
    if (m_words.isAnyOf(at, {"EXPLAIN", "DESCRIBE", "DESC"}))
        return explained(at, end);
    if (m_words.isWord(at, "USE")) {
        std::size_t behind = at + 1;
        const bool isAll = !m_words.takeQualifiedName(behind).empty() && behind == end;
        return isAll ? std::nullopt : Effect(named(at, end));
    }
    if (m_words.isAnyOf(at, {"SELECT", "WITH", "VALUES", "TABLE"}))
        return query(at, end, m_words.isWord(at, "WITH"));
    return named(at, end);
}

// Only ANALYZE runs what is explained.
Effect Reader::explained(std::size_t at, std::size_t end) const
{
    const std::size_t verb = at++;
    bool isRun = false;
    for (; at < end; ++at) {
        if (m_words.isSymbol(at, "(")) {
            const std::size_t behind = m_words.behindParenthesis(at);
            for (std::size_t i = at; i < behind; ++i)
                isRun = isRun || m_words.isAnyOf(i, {"ANALYZE", "ANALYSE"});
            if (!isRun)
                return std::nullopt;
            at = behind - 1;
        } else if (m_words.isAnyOf(at, {"ANALYZE", "ANALYSE"})) {
            isRun = true;
        } else if (!m_words.isAnyOf(at, {"VERBOSE", "TRUE", "FALSE"})) {
            break;
        }
    }
    if (!isRun)
        return std::nullopt;
    Effect effect = at < end ? statement(at, end) : Effect(AffectedObject());
    if (effect)
        effect->verb = upper(m_words.text(verb)) + " ANALYZE " + effect->verb;
    return effect;
}

Effect Reader::query(std::size_t begin, std::size_t end, bool isWith) const
{
    for (std::size_t at = begin; at < end; ++at) {
        const bool isQualified = at > begin && m_words.isSymbol(at - 1, ".");
        if (m_words.isWord(at, "INTO") && !isQualified) {
            std::size_t name = skip(at + 1, {"TEMPORARY", "TEMP", "UNLOGGED", "TABLE", "OUTFILE", "DUMPFILE"});
            return AffectedObject{"SELECT INTO", std::string(m_words.takeQualifiedName(name))};
        }
        if (m_words.isWord(at, "FOR") && m_words.isAnyOf(at + 1, {"UPDATE", "SHARE", "NO", "KEY"}))
            return AffectedObject{"SELECT FOR " + upper(m_words.text(at + 1)), {}};
        if (!isQualified && changesRows(at, begin, isWith))
            return named(at, end);
        if (Effect effect = called(at))
            return effect;
    }
    return std::nullopt;
}

Effect Reader::called(std::size_t at) const
{
    if (!m_words.isName(at) || !m_words.isSymbol(at + 1, "("))
        return std::nullopt;
    std::string_view name = m_words.text(at);
    if (m_words.kind(at) == Token::Kind::QuotedName && name.size() >= 2)
        name = name.substr(1, name.size() - 2);
    if (!hasSideEffects(name))
        return std::nullopt;
    return AffectedObject{"SELECT", std::string(m_words.text(at)) + "()"};
}

// A verb that begins a part of a query: (DELETE FROM t RETURNING *), WITH … INSERT INTO. A column of its name has no
// name behind it, or stands elsewhere.
bool Reader::changesRows(std::size_t at, std::size_t begin, bool isWith) const
{
    if (!m_words.isAnyOf(at, {"INSERT", "UPDATE", "DELETE", "MERGE", "UPSERT", "REPLACE", "TRUNCATE", "COPY", "CALL", "DROP", "CREATE", "ALTER"}))
        return false;
    const bool beginsPart = at > begin && (m_words.isSymbol(at - 1, "(") || m_words.isSymbol(at - 1, ")"));
    const bool isAlias = at > begin && m_words.isWord(at - 1, "AS");
    return m_words.isName(at + 1) && !m_words.isWord(at + 1, "AS") && (beginsPart || (isWith && !isAlias));
}

std::size_t Reader::skip(std::size_t at, std::initializer_list<std::string_view> words) const
{
    while (m_words.isAnyOf(at, words))
        ++at;
    return at;
}

std::size_t Reader::behindWord(std::string_view word, std::size_t at, std::size_t end) const
{
    while (at < end && !m_words.isWord(at, word))
        ++at;
    return std::min(at + 1, end);
}

// Where the name of the object stands that this verb changes.
std::size_t Reader::placeOfName(std::size_t verb, std::size_t end) const
{
    const std::size_t next = verb + 1;
    if (m_words.isAnyOf(verb, {"INSERT", "UPSERT", "REPLACE", "MERGE"}))
        return skip(next, {"IGNORE", "OVERWRITE", "OR", "REPLACE", "INTO", "TABLE"});
    if (m_words.isAnyOf(verb, {"DELETE", "UPDATE", "TRUNCATE"}))
        return skip(next, {"FROM", "TABLE", "ONLY"});
    if (m_words.isAnyOf(verb, {"CREATE", "DROP", "ALTER"}))
        return skip(skip(skip(next, {"OR", "REPLACE", "TEMPORARY", "TEMP", "EXTERNAL", "MATERIALIZED", "UNIQUE", "AGGREGATE", "GLOBAL", "LOCAL", "VIRTUAL"}),
                        {"TABLE", "STABLE", "VIEW", "DATABASE", "SCHEMA", "INDEX", "STREAM", "TOPIC", "FUNCTION", "PROCEDURE", "USER",
                            "ROLE", "GROUP", "SEQUENCE", "DEPLOYMENT", "DNODE", "MNODE", "QNODE", "SNODE", "TYPE", "CONSUMER", "MODEL", "DATASHARE"}),
            {"CONCURRENTLY", "IF", "NOT", "EXISTS"});
    if (m_words.isAnyOf(verb, {"GRANT", "REVOKE"}))
        return skip(behindWord("ON", next, end), {"TABLE", "SCHEMA", "DATABASE", "ALL", "TABLES", "IN", "FUNCTION", "PROCEDURE"});
    if (m_words.isWord(verb, "UNLOAD"))
        return behindWord("TO", m_words.isSymbol(next, "(") ? m_words.behindParenthesis(next) : next, end);
    if (m_words.isWord(verb, "LOAD"))
        return behindWord("TABLE", next, end);
    return skip(next, {"QUERY", "CONNECTION", "TRANSACTION", "TABLE", "GLOBAL", "SESSION", "LOCAL", "FULL", "IF", "NOT", "EXISTS", "DATABASE"});
}

AffectedObject Reader::named(std::size_t verb, std::size_t end) const
{
    if (m_words.kind(verb) != Token::Kind::Word)
        return {};
    AffectedObject object;
    object.verb = upper(m_words.text(verb));
    if (std::size_t at = placeOfName(verb, end); at < end)
        object.name = m_words.takeQualifiedName(at);
    return object;
}

constexpr std::size_t kMostLookedAt = 4096;

} // namespace

std::optional<AffectedObject> effectOfSql(std::string_view sql, const Language &language)
{
    // A statement that begins as one that writes does so whatever follows, however many rows that is.
    Scanner scanner(sql, language);
    const std::string_view first = scanner.text(scanner.nextMeaning());
    const bool isInsert = sameWord(first, "INSERT") || sameWord(first, "UPSERT") || sameWord(first, "REPLACE");
    const SqlWords words(isInsert ? sql.substr(0, kMostLookedAt) : sql, language);
    Effect effect = Reader(words).script();
    if (!effect && words.isDoubtful())
        return AffectedObject();
    if (effect || language.backslashEscapes || sql.find('\\') == std::string_view::npos)
        return effect;
    // Whether a backslash escapes is a setting on some servers: it must not be what hides a statement.
    Language other = language;
    other.backslashEscapes = true;
    return Reader(SqlWords(sql, other)).script();
}

} // namespace connector
