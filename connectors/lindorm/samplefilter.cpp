// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplefilter.h"

#include "connector/tokens.h"
#include "names.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace lindorm {

namespace {

struct FilterTr {
    Q_DECLARE_TR_FUNCTIONS(LindormSampleBy)
};

using connector::sameWord;
using connector::Token;

struct Piece {
    Token token;
    std::string_view text;
    int depth = 0; // of parentheses; those themselves belong to the inside
};

std::vector<Piece> piecesOf(std::string_view text, const connector::Language &language)
{
    std::vector<Piece> pieces;
    connector::Scanner scanner(text, language);
    int depth = 0;
    for (Token token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning()) {
        const std::string_view piece = scanner.text(token);
        depth += piece == "(" && token.kind == Token::Kind::Symbol ? 1 : 0;
        pieces.push_back({token, piece, depth});
        depth -= piece == ")" && token.kind == Token::Kind::Symbol ? 1 : 0;
    }
    return pieces;
}

bool isWord(const Piece &piece, std::string_view word)
{
    return piece.token.kind == Token::Kind::Word && sameWord(piece.text, word);
}

bool isName(const Piece &piece)
{
    return piece.token.kind == Token::Kind::Word || piece.token.kind == Token::Kind::QuotedName;
}

// The last place before end, of the same depth and the same SELECT, where this word stands.
std::optional<std::size_t> wordBefore(const std::vector<Piece> &pieces, std::size_t end, std::string_view word)
{
    const int depth = pieces[end].depth;
    for (std::size_t i = end; i-- > 0 && pieces[i].depth >= depth;) {
        if (pieces[i].depth == depth && isWord(pieces[i], word))
            return i;
        if (pieces[i].depth == depth && isWord(pieces[i], "SELECT"))
            break;
    }
    return std::nullopt;
}

std::optional<SampledSelect> sampledSelect(
    std::string_view statement, const std::vector<Piece> &pieces, std::size_t sample, const connector::Language &language)
{
    const auto where = wordBefore(pieces, sample, "WHERE");
    const auto from = where ? wordBefore(pieces, *where, "FROM") : std::nullopt;
    if (!from || *from + 1 >= *where || !isName(pieces[*from + 1]))
        return std::nullopt;
    SampledSelect select;
    select.table = unquoted(pieces[*from + 1].text);
    if (*from + 3 < *where && pieces[*from + 2].text == "." && isName(pieces[*from + 3])) {
        select.database = select.table;
        select.table = unquoted(pieces[*from + 3].text);
    }
    const std::size_t begin = pieces[*where].token.end;
    select.conditions = conjuncts(statement.substr(begin, pieces[sample].token.begin - begin), language);
    return select;
}

} // namespace

std::vector<std::string> conjuncts(std::string_view condition, const connector::Language &language)
{
    std::vector<std::string> all;
    std::size_t begin = 0;
    bool isRange = false; // the AND of BETWEEN … AND … is still to come
    const auto add = [&](std::size_t end) {
        const std::string_view part = condition.substr(begin, end - begin);
        const std::size_t first = part.find_first_not_of(" \t\r\n");
        if (first != std::string_view::npos)
            all.emplace_back(part.substr(first, part.find_last_not_of(" \t\r\n") + 1 - first));
    };
    for (const Piece &piece : piecesOf(condition, language)) {
        if (piece.depth != 0)
            continue;
        if (isWord(piece, "BETWEEN")) {
            isRange = true;
        } else if (isWord(piece, "AND") && !std::exchange(isRange, false)) {
            add(piece.token.begin);
            begin = piece.token.end;
        }
    }
    add(condition.size());
    return all;
}

std::vector<SampledSelect> sampledSelects(std::string_view statement, const connector::Language &language)
{
    std::vector<SampledSelect> all;
    const std::vector<Piece> pieces = piecesOf(statement, language);
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        if (!isWord(pieces[i], "SAMPLE") || !isWord(pieces[i + 1], "BY"))
            continue;
        if (auto select = sampledSelect(statement, pieces, i, language))
            all.push_back(std::move(*select));
    }
    return all;
}

std::vector<std::string> fieldsIn(std::string_view condition, const TableInfo &table, const connector::Language &language)
{
    std::vector<std::string> fields;
    const std::vector<Piece> pieces = piecesOf(condition, language);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!isName(pieces[i]) || (i + 1 < pieces.size() && pieces[i + 1].text == "("))
            continue;
        const TableInfo::Column *column = table.find(unquoted(pieces[i].text));
        if (column && column->kind == TableInfo::Kind::Field && std::find(fields.begin(), fields.end(), column->name) == fields.end())
            fields.push_back(column->name);
    }
    return fields;
}

void noteIgnoredConditions(std::string_view statement, const std::string &database, const connector::Language &language,
    TableCache &tables, connector::Sink &sink, const std::stop_token &stop)
{
    for (const SampledSelect &select : sampledSelects(statement, language)) {
        const auto table = tables.table(select.database.empty() ? database : select.database, select.table, sink, stop);
        if (!table || (*table)->isWideTable)
            continue;
        QStringList conditions;
        QStringList fields;
        for (const std::string &condition : select.conditions) {
            const std::vector<std::string> named = fieldsIn(condition, **table, language);
            if (!named.empty())
                conditions << shown(condition);
            for (const std::string &field : named)
                fields << shown(field);
        }
        fields.removeDuplicates();
        if (conditions.isEmpty())
            continue;
        sink.notice(FilterTr::tr("The server ignores \"%1\": a query with SAMPLE BY filters by TAG columns and time alone, "
                                 "and these are FIELD columns: %2. Filter the result instead: SELECT * FROM (SELECT … SAMPLE BY …) WHERE …")
                        .arg(conditions.join(QStringLiteral(" AND ")), fields.join(QStringLiteral(", "))));
    }
}

} // namespace lindorm
