// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/operations.h"

#include "sandbox/operationtools.h"

#include <algorithm>

namespace redshift::server {

namespace {

constexpr std::int64_t kMostListed = 1000;
constexpr std::int64_t kMostStatementsListed = 100;

std::string errorIn(const Part &part)
{
    return part.execution.failure ? part.execution.failure->text() : std::string();
}

std::int64_t nanosecondsOf(const Part &part)
{
    return part.endedAt > part.startedAt ? (part.endedAt - part.startedAt) * 1000 : 0;
}

void writeTimes(std::string &body, std::int64_t createdAt, std::int64_t updatedAt)
{
    appendTime(body += ",\"CreatedAt\":", createdAt);
    appendTime(body += ",\"UpdatedAt\":", updatedAt);
}

void appendPart(std::string &body, const Job &job, std::size_t index)
{
    const Part &part = job.parts[index];
    json::Writer writer;
    writer.beginObject().key("Id").string(job.id + ":" + std::to_string(index + 1)).key("QueryString").string(part.text);
    writer.key("Status").string(part.status).key("HasResultSet").boolean(part.execution.hasResultSet);
    writer.key("ResultRows").integer(part.execution.rows).key("ResultSize").integer(part.execution.bytes);
    writer.key("Duration").integer(nanosecondsOf(part)).key("RedshiftQueryId").integer(part.startedAt == 0 ? -1 : part.startedAt % 1000000);
    if (!errorIn(part).empty())
        writer.key("Error").string(errorIn(part));
    body += writer.text();
    writeTimes(body, job.createdAt, part.endedAt == 0 ? job.updatedAt : part.endedAt);
    body += '}';
}

void writeJob(json::Writer &writer, const Job &job)
{
    writer.key("Id").string(job.id).key("Status").string(job.status);
    for (const auto &[key, value] : {std::pair("StatementName", &job.name), std::pair("SecretArn", &job.secretArn), std::pair("SessionId", &job.sessionId)}) {
        if (!value->empty())
            writer.key(key).string(*value);
    }
    if (!job.parameters.empty()) {
        writer.key("QueryParameters").beginArray();
        for (const auto &[name, value] : job.parameters)
            writer.beginObject().key("name").string(name).key("value").string(value).endObject();
        writer.endArray();
    }
}

template <typename Item, typename Append>
std::string listBody(const char *key, const std::vector<Item> &items, const Slice &slice, Append append)
{
    std::string body = std::string("{\"") + key + "\":[";
    for (std::size_t i = slice.begin; i < slice.end; ++i) {
        body += i == slice.begin ? "" : ",";
        append(body, items[i]);
    }
    body += ']';
    if (!slice.nextToken.empty())
        json::appendString(body += ",\"NextToken\":", slice.nextToken);
    return body + '}';
}

Complaint badToken()
{
    return invalid("NextToken is invalid.");
}

} // namespace

Operations::Answer Operations::describe(const QJsonObject &input, const std::stop_token &stop)
{
    const auto id = readStatementId(textIn(input, "Id"));
    if (!id)
        return invalid("id must satisfy regex pattern: ^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\\d+)?$");
    if (const std::int64_t wait = integerIn(input, "WaitTimeSeconds", 0); wait > 0)
        m_jobs.waitForEnd(id->id, std::chrono::seconds(std::min<std::int64_t>(wait, 30)), stop);
    const auto job = m_jobs.find(id->id);
    if (!job || (id->part && *id->part >= job->parts.size()))
        return notFound("Query does not exist.");
    std::string body;
    if (id->part) {
        appendPart(body, *job, *id->part);
        return body;
    }
    json::Writer writer;
    writer.beginObject();
    writeJob(writer, *job);
    for (const auto &[key, value] : {std::pair("ClusterIdentifier", &job->cluster), std::pair("WorkgroupName", &job->workgroup),
             std::pair("Database", &job->database), std::pair("DbUser", &job->dbUser)}) {
        if (!value->empty())
            writer.key(key).string(*value);
    }
    const bool hasRows = std::any_of(job->parts.begin(), job->parts.end(), [](const Part &part) { return part.execution.hasResultSet; });
    std::int64_t nanoseconds = 0;
    std::int64_t bytes = 0;
    for (const Part &part : job->parts) {
        nanoseconds += nanosecondsOf(part);
        bytes += part.execution.bytes;
    }
    writer.key("HasResultSet").boolean(hasRows).key("Duration").integer(nanoseconds).key("ResultSize").integer(job->isBatch ? -1 : bytes);
    writer.key("ResultRows").integer(job->isBatch ? -1 : job->parts[0].execution.rows).key("ResultFormat").string("json");
    writer.key("RedshiftPid").integer(1073742000).key("RedshiftQueryId").integer(job->createdAt % 1000000);
    if (!job->isBatch)
        writer.key("QueryString").string(job->parts[0].text);
    if (!job->error.empty())
        writer.key("Error").string(job->error);
    body = writer.text();
    writeTimes(body, job->createdAt, job->updatedAt);
    if (job->isBatch) {
        body += ",\"SubStatements\":[";
        for (std::size_t i = 0; i < job->parts.size(); ++i)
            appendPart(body += i == 0 ? "" : ",", *job, i);
        body += ']';
    }
    return body + '}';
}

// Page by page. Behind the second page comes an empty one that has a token: clients have to go on.
Operations::Answer Operations::result(const QJsonObject &input)
{
    const auto id = readStatementId(textIn(input, "Id"));
    if (!id)
        return invalid("id must satisfy regex pattern: ^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\\d+)?$");
    const auto job = m_jobs.find(id->id);
    if (!job || (id->part && *id->part >= job->parts.size()))
        return notFound("Query does not exist.");
    if (job->isBatch && !id->part)
        return invalid("Query does not have result. Please check query status with DescribeStatement.");
    const std::size_t index = id->part.value_or(0);
    const Part &part = job->parts[index];
    if (part.status != "FINISHED" || !part.execution.hasResultSet)
        return invalid("Query does not have result. Please check query status with DescribeStatement.");
    const std::string token = textIn(input, "NextToken");
    const std::string name = id->id + ":" + std::to_string(index);
    const auto number = token.empty() ? std::optional<std::size_t>(0) : numberOf(token, name);
    constexpr std::size_t kEmptyPage = 2;
    if (!number)
        return badToken();
    bool more = false;
    std::optional<std::string> records = m_jobs.page(id->id, index, *number > kEmptyPage ? *number - 1 : *number, &more);
    if (!records && *number == 0)
        return notFound("Query result is no longer available.");
    if (!records)
        return badToken();
    if (*number == kEmptyPage) {
        records = "[]";
        more = true;
    }
    std::string body = "{\"ColumnMetadata\":[";
    for (std::size_t i = 0; i < part.execution.columns.size(); ++i)
        appendMetadata(body += i == 0 ? "" : ",", part.execution.columns[i], false);
    body += ']';
    if (more)
        json::appendString(body += ",\"NextToken\":", tokenOf(name, *number + 1));
    return body + ",\"Records\":" + *records + ",\"TotalNumRows\":" + std::to_string(part.execution.rows) + '}';
}

Operations::Answer Operations::listStatements(const QJsonObject &input)
{
    const std::string status = textIn(input, "Status");
    const std::string name = textIn(input, "StatementName");
    std::vector<Job> shown;
    for (Job &job : m_jobs.list()) {
        const bool isWanted = status.empty() ? job.status == "FINISHED" : status == "ALL" || job.status == status;
        if (isWanted && job.name.starts_with(name))
            shown.push_back(std::move(job));
    }
    const auto slice = sliceOf(input, shown.size(), kMostStatementsListed);
    if (!slice)
        return badToken();
    return listBody("Statements", shown, *slice, [](std::string &body, const Job &job) {
        json::Writer writer;
        writer.beginObject();
        writeJob(writer, job);
        writer.key("IsBatchStatement").boolean(job.isBatch).key("QueryString").string(job.isBatch ? std::string() : job.parts[0].text);
        if (job.isBatch) {
            writer.key("QueryStrings").beginArray();
            for (const Part &part : job.parts)
                writer.string(part.text);
            writer.endArray();
        }
        body += writer.text();
        writeTimes(body, job.createdAt, job.updatedAt);
        body += '}';
    });
}

Operations::Answer Operations::listSessions(const QJsonObject &input)
{
    const std::vector<SessionInfo> sessions = m_jobs.sessions();
    const auto slice = sliceOf(input, sessions.size(), kMostStatementsListed);
    if (!slice)
        return badToken();
    return listBody("Sessions", sessions, *slice, [](std::string &body, const SessionInfo &session) {
        json::Writer writer;
        writer.beginObject().key("SessionId").string(session.id).key("Status").string(session.status).key("Database").string(session.database);
        writer.key("SessionAliveSeconds").integer(session.keepAliveSeconds);
        if (!session.jobId.empty())
            writer.key("CurrentStatementId").string(session.jobId);
        body += writer.endObject().text();
    });
}

std::variant<std::unique_ptr<sandbox::sqlite::Database>, Complaint> Operations::openCatalog(const QJsonObject &input)
{
    if (auto complaint = checkConnection(input))
        return *complaint;
    auto database = m_jobs.engine().open();
    const std::vector<std::string> known = Warehouse(*database).databases();
    for (const std::string &name : {textIn(input, "Database"), textIn(input, "ConnectedDatabase")}) {
        if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end())
            return invalid("FATAL: database \"" + name + "\" does not exist");
    }
    return database;
}

Operations::Answer Operations::listDatabases(const QJsonObject &input)
{
    auto opened = openCatalog(input);
    if (auto *complaint = std::get_if<Complaint>(&opened))
        return *complaint;
    const std::vector<std::string> names = Warehouse(*std::get<0>(opened)).databases();
    const auto slice = sliceOf(input, names.size(), kMostListed);
    if (!slice)
        return badToken();
    return listBody("Databases", names, *slice, [](std::string &body, const std::string &name) { json::appendString(body, name); });
}

Operations::Answer Operations::listSchemas(const QJsonObject &input)
{
    auto opened = openCatalog(input);
    if (auto *complaint = std::get_if<Complaint>(&opened))
        return *complaint;
    std::vector<std::string> names = Warehouse(*std::get<0>(opened)).schemas(textIn(input, "Database"));
    const std::string pattern = input.contains(QStringLiteral("SchemaPattern")) ? textIn(input, "SchemaPattern") : "%";
    std::erase_if(names, [&pattern](const std::string &name) { return !matches(name, pattern); });
    const auto slice = sliceOf(input, names.size(), kMostListed);
    if (!slice)
        return badToken();
    return listBody("Schemas", names, *slice, [](std::string &body, const std::string &name) { json::appendString(body, name); });
}

Operations::Answer Operations::listTables(const QJsonObject &input)
{
    auto opened = openCatalog(input);
    if (auto *complaint = std::get_if<Complaint>(&opened))
        return *complaint;
    std::vector<Relation> relations = Warehouse(*std::get<0>(opened)).relations(textIn(input, "Database"));
    const auto patternOf = [&input](const char *key) { return input.contains(QLatin1String(key)) ? textIn(input, key) : std::string("%"); };
    const std::string schema = patternOf("SchemaPattern");
    const std::string table = patternOf("TablePattern");
    std::erase_if(relations, [&](const Relation &one) { return !matches(one.schema, schema) || !matches(one.name, table); });
    const auto slice = sliceOf(input, relations.size(), kMostListed);
    if (!slice)
        return badToken();
    return listBody("Tables", relations, *slice, [](std::string &body, const Relation &relation) {
        json::Writer writer;
        writer.beginObject().key("name").string(relation.name).key("schema").string(relation.schema).key("type").string(relation.kind).endObject();
        body += writer.text();
    });
}

Operations::Answer Operations::describeTable(const QJsonObject &input)
{
    auto opened = openCatalog(input);
    if (auto *complaint = std::get_if<Complaint>(&opened))
        return *complaint;
    const std::string database = textIn(input, "Database");
    const std::string schema = textIn(input, "Schema");
    const std::string name = textIn(input, "Table");
    std::vector<Output> columns;
    Warehouse warehouse(*std::get<0>(opened));
    for (const Relation &one : warehouse.relations(database)) {
        if ((!schema.empty() && one.schema != schema) || (!name.empty() && one.name != name))
            continue;
        const auto relation = warehouse.find({database, one.schema, one.name}, database);
        for (const Column &column : relation ? relation->columns : std::vector<Column>())
            columns.push_back({column.name, column.type, column.name, one.name, one.schema, column.isNotNull});
    }
    const auto slice = sliceOf(input, columns.size(), kMostListed);
    if (!slice)
        return badToken();
    std::string body = listBody("ColumnList", columns, *slice, [](std::string &out, const Output &column) { appendMetadata(out, column, true); });
    if (name.empty())
        return body;
    body.pop_back();
    json::appendString(body += ",\"TableName\":", name);
    return body + '}';
}

} // namespace redshift::server
