// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/operations.h"

#include "connector/script.h"
#include "sandbox/operationtools.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <set>

namespace redshift::server {

namespace {

constexpr const char *kJson = "application/x-amz-json-1.1";
constexpr std::size_t kMostStatements = 40;
constexpr std::size_t kMostText = 100000;

// The clusters and workgroups that the sandbox plays: its own, and those of the documents.
bool isKnownPlace(const std::string &cluster, const std::string &workgroup)
{
    const std::set<std::string> clusters{"sandbox", "redshift-cluster-1", "redshift-cluster-us"};
    const std::set<std::string> workgroups{"sandbox", "default"};
    return cluster.empty() ? workgroups.contains(workgroup) : clusters.contains(cluster);
}

void writePlace(json::Writer &writer, const Job &job)
{
    for (const auto &[key, value] : {std::pair("ClusterIdentifier", &job.cluster), std::pair("WorkgroupName", &job.workgroup),
             std::pair("Database", &job.database), std::pair("DbUser", &job.dbUser), std::pair("SecretArn", &job.secretArn),
             std::pair("SessionId", &job.sessionId)}) {
        if (!value->empty())
            writer.key(key).string(*value);
    }
}

std::optional<Complaint> readParameters(const QJsonObject &input, Job &job)
{
    const QJsonArray given = input.value(QStringLiteral("Parameters")).toArray();
    for (const QJsonValue &item : given) {
        const QJsonObject object = item.toObject();
        const std::string name = textIn(object, "name");
        if (name.empty() || !object.value(QStringLiteral("value")).isString() || textIn(object, "value").empty())
            return invalid("Parameters must have a name and a value, which is a text and not empty.");
        job.parameters[name] = textIn(object, "value");
    }
    static const connector::Language language;
    std::set<std::string> used;
    for (const Part &part : job.parts) {
        for (const std::string &name : connector::parametersOf(part.text, language))
            used.insert(name);
    }
    for (const std::string &name : used) {
        if (!job.parameters.contains(name))
            return invalid("Parameters list is missing the parameter '" + name + "' that the SQL statement uses.");
    }
    for (const auto &[name, value] : job.parameters) {
        if (!used.contains(name))
            return invalid("Parameters list contains unused parameters. Unused parameters: [" + name + "]");
    }
    return std::nullopt;
}

std::optional<Complaint> readTexts(const QJsonObject &input, bool isBatch, Job &job)
{
    const QJsonArray list = isBatch ? input.value(QStringLiteral("Sqls")).toArray() : QJsonArray{input.value(QStringLiteral("Sql"))};
    for (const QJsonValue &item : list) {
        const std::string text = item.toString().toStdString();
        if (text.find_first_not_of(" \t\r\n") == std::string::npos)
            return invalid("Sql statement must not be empty.");
        if (text.size() > kMostText)
            return invalid("Cannot process query string larger than 100kB");
        job.parts.push_back({text, "SUBMITTED", {}, 0, 0});
    }
    if (job.parts.empty() || job.parts.size() > kMostStatements)
        return invalid("Member must have length between 1 and 40: Sqls");
    if (isBatch)
        return std::nullopt;
    static const connector::Language language;
    return connector::splitScript(job.parts[0].text, language).size() > 1
        ? std::optional(invalid("Only single SQL statements are allowed. Please use BatchExecuteStatement for multiple SQL statements."))
        : std::nullopt;
}

} // namespace

std::optional<Complaint> Operations::checkConnection(const QJsonObject &input) const
{
    const std::string cluster = textIn(input, "ClusterIdentifier");
    const std::string workgroup = textIn(input, "WorkgroupName");
    if (!cluster.empty() && !workgroup.empty())
        return invalid("Cannot specify both ClusterIdentifier and WorkgroupName");
    if (!workgroup.empty() && !textIn(input, "DbUser").empty())
        return invalid("DbUser can't be used with WorkgroupName");
    if (cluster.empty() && workgroup.empty())
        return invalid("Either ClusterIdentifier or WorkgroupName is required");
    if (textIn(input, "Database").empty())
        return invalid("Database is required");
    if (!isKnownPlace(cluster, workgroup))
        return invalid("Redshift endpoint doesn't exist in this region.");
    return std::nullopt;
}

Operations::Answer Operations::execute(const QJsonObject &input, bool isBatch, const std::stop_token &stop)
{
    Job job;
    job.isBatch = isBatch;
    job.isEach = textIn(input, "ExecutionMode") == "AUTO_COMMIT";
    job.name = textIn(input, "StatementName");
    job.clientToken = textIn(input, "ClientToken");
    job.sessionId = textIn(input, "SessionId");
    job.database = textIn(input, "Database");
    job.dbUser = textIn(input, "DbUser");
    job.cluster = textIn(input, "ClusterIdentifier");
    job.workgroup = textIn(input, "WorkgroupName");
    job.secretArn = textIn(input, "SecretArn");
    if (textIn(input, "ResultFormat") == "CSV")
        return invalid("The sandbox gives results as JSON only.");
    const bool hasPlace = !job.cluster.empty() || !job.workgroup.empty() || !job.database.empty();
    if (!job.sessionId.empty() && hasPlace)
        return invalid("ClusterIdentifier, WorkgroupName, Database, DbUser and SecretArn can't be used with SessionId");
    if (auto complaint = job.sessionId.empty() ? checkConnection(input) : std::nullopt)
        return *complaint;
    const std::int64_t keepAlive = integerIn(input, "SessionKeepAliveSeconds", 0);
    if (keepAlive < 0 || keepAlive > 86400)
        return invalid("SessionKeepAliveSeconds must be between 0 and 86400");
    if (auto complaint = readTexts(input, isBatch, job))
        return *complaint;
    if (auto complaint = readParameters(input, job))
        return *complaint;
    std::string why;
    std::string sessionId;
    Job written = job;
    const auto id = m_jobs.submit(std::move(job), keepAlive, &sessionId, &why);
    if (!id)
        return invalid(why);
    if (const std::int64_t wait = integerIn(input, "WaitTimeSeconds", 0); wait > 0)
        m_jobs.waitForEnd(*id, std::chrono::seconds(std::min<std::int64_t>(wait, 30)), stop);
    written.sessionId = sessionId;
    json::Writer writer;
    writer.beginObject().key("Id").string(*id);
    writePlace(writer, written);
    std::string body = writer.text() + ",\"CreatedAt\":";
    appendTime(body, nowMicroseconds());
    return body + "}";
}

Operations::Answer Operations::cancel(const QJsonObject &input)
{
    const auto id = readStatementId(textIn(input, "Id"));
    if (!id)
        return invalid("id must satisfy regex pattern: ^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\\d+)?$");
    const auto job = m_jobs.find(id->id);
    if (!job)
        return notFound("Query does not exist.");
    if (!m_jobs.cancel(id->id))
        return invalid("Could not cancel a query that is already in " + job->status + " state with ID: " + id->id);
    return std::string("{\"Status\":true}");
}

Operations::Answer Operations::answer(const std::string &operation, const QJsonObject &input, const std::stop_token &stop)
{
    if (operation == "ExecuteStatement")
        return execute(input, false, stop);
    if (operation == "BatchExecuteStatement")
        return execute(input, true, stop);
    if (operation == "DescribeStatement")
        return describe(input, stop);
    if (operation == "GetStatementResult")
        return result(input);
    if (operation == "GetStatementResultV2")
        return invalid("The sandbox gives results as JSON only: use GetStatementResult.");
    if (operation == "CancelStatement")
        return cancel(input);
    if (operation == "ListStatements")
        return listStatements(input);
    if (operation == "ListSessions")
        return listSessions(input);
    if (operation == "ListDatabases")
        return listDatabases(input);
    if (operation == "ListSchemas")
        return listSchemas(input);
    if (operation == "ListTables")
        return listTables(input);
    if (operation == "DescribeTable")
        return describeTable(input);
    return Complaint{400, "UnknownOperationException", ""};
}

void Operations::serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop)
{
    Answer answer = Complaint{404, "UnknownOperationException", "The Data API has the path / and the method POST alone."};
    if (request.method == "POST" && request.path == "/") {
        const std::string target(request.header("X-Amz-Target"));
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(request.body));
        if (auto complaint = verify(request, std::chrono::system_clock::now()))
            answer = *complaint;
        else if (!target.starts_with("RedshiftData."))
            answer = Complaint{400, "UnknownOperationException", ""};
        else if (!document.isObject())
            answer = Complaint{400, "SerializationException", "The body is not a JSON object."};
        else
            answer = this->answer(target.substr(13), document.object(), stop);
    }
    const std::string requestId = newId();
    if (const auto *body = std::get_if<std::string>(&answer)) {
        reply.answer(200, {{"Content-Type", kJson}, {"x-amzn-RequestId", requestId}}, *body);
        return;
    }
    const Complaint &complaint = std::get<Complaint>(answer);
    json::Writer writer;
    // The service model writes "Message", what stands before the service "message".
    const bool isModel = complaint.name == "ValidationException" || complaint.name == "ResourceNotFoundException";
    writer.beginObject().key("__type").string(complaint.name).key(isModel ? "Message" : "message").string(complaint.message).endObject();
    reply.answer(complaint.status,
        {{"Content-Type", kJson}, {"x-amzn-RequestId", requestId}, {"x-amzn-ErrorType", complaint.name}}, writer.text());
}

} // namespace redshift::server
