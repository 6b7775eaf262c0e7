// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

// Statements other than SELECT.
namespace lindorm::server {

namespace {

Statement ofKind(Statement::Kind kind)
{
    Statement statement;
    statement.kind = kind;
    return statement;
}

} // namespace

Statement Parser::statement()
{
    Statement statement;
    if (isWord("SELECT"))
        statement.select = select();
    else if (take("INSERT") || take("UPSERT"))
        statement = insert();
    else if (take("DELETE"))
        statement = remove();
    else if (take("CREATE"))
        statement = create();
    else if (take("DROP"))
        statement = drop();
    else if (take("ALTER"))
        statement = alter();
    else if (take("GRANT"))
        statement = grant(Statement::Kind::Grant);
    else if (take("REVOKE"))
        statement = grant(Statement::Kind::Revoke);
    else if (take("SHOW"))
        statement = show();
    else if (take("DESCRIBE") || take("DESC"))
        statement = describe();
    else if (take("KILL"))
        statement = kill();
    else
        stumble();
    end();
    return statement;
}

void Parser::tableName(Statement &statement)
{
    statement.begin = peek().begin;
    statement.name = name();
    if (takeSymbol(".")) {
        statement.database = statement.name;
        statement.name = name();
    }
    statement.end = m_tokens[m_at - 1].end;
}

// WITH (a=1, b='x')
void Parser::options(Statement &statement)
{
    if (!take("WITH"))
        return;
    needSymbol("(");
    do {
        const std::string key = upperText(name());
        needSymbol("=");
        if (peek().kind == Token::Kind::Symbol || peek().kind == Token::Kind::End)
            stumble();
        statement.options[key] = m_tokens[m_at++].text;
    } while (takeSymbol(","));
    needSymbol(")");
}

Statement Parser::create()
{
    if (take("DATABASE")) {
        Statement statement = ofKind(Statement::Kind::CreateDatabase);
        statement.isLenient = takeAll({"IF", "NOT", "EXISTS"});
        statement.name = name();
        options(statement);
        return statement;
    }
    if (take("USER")) {
        Statement statement = ofKind(Statement::Kind::CreateUser);
        statement.name = name();
        take("WITH");
        need("PASSWORD");
        statement.value = text();
        return statement;
    }
    need("TABLE");
    return createTable();
}

Statement Parser::createTable()
{
    Statement statement = ofKind(Statement::Kind::CreateTable);
    statement.isLenient = takeAll({"IF", "NOT", "EXISTS"});
    tableName(statement);
    needSymbol("(");
    do {
        if (isWord("PRIMARY") && isWord("KEY", 1))
            keyDefinition(statement);
        else
            columnDefinition(statement);
    } while (takeSymbol(","));
    needSymbol(")");
    if (takeAll({"PARTITION", "BY"})) {
        take("HASH");
        markColumns(statement, &ColumnDefinition::isPartition);
    }
    options(statement);
    return statement;
}

void Parser::columnDefinition(Statement &statement)
{
    ColumnDefinition column;
    column.name = name();
    const auto type = typeNamed(peek().text);
    if (!type)
        stumble();
    ++m_at;
    column.type = *type;
    column.isTag = take("TAG");
    if (!column.isTag)
        take("FIELD");
    if (takeAll({"PRIMARY", "TAG"}))
        column.isTag = column.isKey = true;
    if (takeAll({"NOT", "NULL"}) || take("NULL"))
        column.isTag = column.isTag || take("TAG");
    statement.columns.push_back(std::move(column));
}

// The columns of the key but the time are tags.
void Parser::keyDefinition(Statement &statement)
{
    need("PRIMARY");
    need("KEY");
    markColumns(statement, &ColumnDefinition::isKey);
    for (ColumnDefinition &column : statement.columns)
        column.isTag = column.isTag || (column.isKey && column.type != Type::Timestamp);
}

void Parser::markColumns(Statement &statement, bool ColumnDefinition::*mark)
{
    needSymbol("(");
    do {
        const Token at = peek();
        const std::string key = name();
        bool isThere = false;
        for (ColumnDefinition &column : statement.columns) {
            if (sameText(column.name, key))
                isThere = column.*mark = true;
        }
        if (!isThere)
            refuse(code::kNoColumn, "42S22", "At " + placeText(m_text, at.begin) + ": Unknown column '" + key + "' in key");
    } while (takeSymbol(","));
    needSymbol(")");
}

Statement Parser::drop()
{
    Statement statement;
    if (take("DATABASE")) {
        statement = ofKind(Statement::Kind::DropDatabase);
        statement.isLenient = takeAll({"IF", "EXISTS"});
        statement.name = name();
    } else if (take("USER")) {
        statement = ofKind(Statement::Kind::DropUser);
        statement.name = name();
    } else {
        need("TABLE");
        statement = ofKind(Statement::Kind::DropTable);
        statement.isLenient = takeAll({"IF", "EXISTS"});
        tableName(statement);
    }
    return statement;
}

Statement Parser::insert()
{
    Statement statement = ofKind(Statement::Kind::Insert);
    need("INTO");
    tableName(statement);
    if (takeSymbol("(")) {
        do
            statement.names.push_back(name());
        while (takeSymbol(","));
        needSymbol(")");
    }
    need("VALUES");
    do {
        needSymbol("(");
        statement.rows.push_back(expressions());
        needSymbol(")");
    } while (takeSymbol(","));
    return statement;
}

Statement Parser::remove()
{
    Statement statement = ofKind(Statement::Kind::Delete);
    need("FROM");
    tableName(statement);
    if (take("WHERE"))
        statement.where = expression();
    return statement;
}

Statement Parser::alter()
{
    if (take("USER")) {
        Statement statement = ofKind(Statement::Kind::AlterUser);
        statement.name = name();
        take("SET");
        take("WITH");
        need("PASSWORD");
        takeSymbol("=");
        statement.value = text();
        return statement;
    }
    Statement statement = ofKind(Statement::Kind::SetParameter);
    need("SYSTEM");
    need("SET");
    statement.name = upperText(name());
    needSymbol("=");
    if (peek().kind == Token::Kind::Symbol || peek().kind == Token::Kind::End)
        stumble();
    statement.value = upperText(m_tokens[m_at++].text);
    return statement;
}

// GRANT READ|WRITE|ADMIN ON db.*|* TO user; REVOKE … FROM user
Statement Parser::grant(Statement::Kind kind)
{
    Statement statement = ofKind(kind);
    for (const char *privilege : {"READ", "WRITE", "ADMIN"}) {
        if (take(privilege))
            statement.value = privilege;
    }
    if (statement.value.empty())
        stumble();
    need("ON");
    take("DATABASE");
    if (takeSymbol("*")) {
        statement.database = "*";
    } else {
        statement.database = name();
        if (takeSymbol("."))
            needSymbol("*");
    }
    need(kind == Statement::Kind::Grant ? "TO" : "FROM");
    statement.name = name();
    return statement;
}

Statement Parser::show()
{
    using Kind = Statement::Kind;
    if (take("DATABASES"))
        return ofKind(Kind::ShowDatabases);
    if (take("USERS"))
        return ofKind(Kind::ShowUsers);
    if (take("PRIVILEGES"))
        return ofKind(Kind::ShowPrivileges);
    if (take("PROCESSLIST"))
        return ofKind(Kind::ShowProcesslist);
    if (takeAll({"CONTINUOUS", "QUERIES"}))
        return ofKind(Kind::ShowContinuousQueries);
    if (take("PREDOWNSAMPLES"))
        return ofKind(Kind::ShowPredownsamples);
    if (take("PARAMETER")) {
        Statement statement = ofKind(Kind::ShowParameter);
        statement.name = upperText(name());
        return statement;
    }
    need("TABLES");
    Statement statement = ofKind(Kind::ShowTables);
    if (take("FROM") || take("IN"))
        statement.database = name();
    return statement;
}

Statement Parser::describe()
{
    if (take("DATABASE")) {
        Statement statement = ofKind(Statement::Kind::DescribeDatabase);
        statement.name = name();
        return statement;
    }
    take("TABLE");
    Statement statement = ofKind(Statement::Kind::DescribeTable);
    tableName(statement);
    return statement;
}

Statement Parser::kill()
{
    need("QUERY");
    Statement statement = ofKind(Statement::Kind::Kill);
    statement.name = text();
    return statement;
}

} // namespace lindorm::server
