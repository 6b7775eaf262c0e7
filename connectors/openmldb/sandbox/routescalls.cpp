// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/routes.h"

#include "json/writer.h"

#include <charconv>

namespace openmldb::server {

namespace {

std::string shownValue(const JsonValue &value)
{
    switch (value.kind) {
    case JsonValue::Kind::Null:
        return "null";
    case JsonValue::Kind::Bool:
        return value.boolean ? "true" : "false";
    case JsonValue::Kind::Integer:
        return std::to_string(value.integer);
    case JsonValue::Kind::Real:
        return std::to_string(value.real);
    case JsonValue::Kind::String:
        return value.text;
    default:
        return "unknown";
    }
}

struct CallInput {
    Failure failure;
    std::vector<std::vector<Cell>> rows;
    bool areObjects = false;
    bool needsSchema = false;
    bool isNullForNaN = false;
};

bool flagOf(const JsonValue &body, const char *name)
{
    const JsonValue *flag = body.member(name);
    return flag && flag->is(JsonValue::Kind::Bool) && flag->boolean;
}

// One row of input in the order of the procedure's columns.
void readRow(const JsonValue &row, const std::vector<JsonValue> &common, bool hasCommon, const Procedure &procedure, std::size_t number, CallInput &input)
{
    const std::string where = std::string(row.is(JsonValue::Kind::Object) ? "map" : "array") + " row " + std::to_string(number);
    const auto failRow = [&](const std::string &what) {
        input.failure = {kApiError, "Translate to request row failed in " + where + ", INVALID_ARGUMENT: " + what};
    };
    std::vector<Cell> cells;
    std::size_t own = 0;
    std::size_t shared = 0;
    for (const Column &column : procedure.input) {
        const bool isShared = hasCommon && column.isConstant;
        const JsonValue *value = nullptr;
        if (isShared)
            value = &common[shared++];
        else if (row.is(JsonValue::Kind::Object))
            value = row.member(column.name);
        else
            value = &row.items[own++];
        if (!value)
            return failRow((column.type == Type::String ? "can't find col " : "can't find ") + column.name);
        auto cell = cellOf(*value, column.type, column.isNotNull);
        if (!cell)
            return failRow(std::string(isShared ? "trans const failed on " : "trans failed on ") + column.name + "("
                + std::to_string(typeNumber(column.type)) + "): " + shownValue(*value));
        cells.push_back(std::move(*cell));
    }
    input.rows.push_back(std::move(cells));
}

CallInput readCall(const std::string &text, const Procedure *procedure, bool hasCommon, const Failure &missing)
{
    CallInput input;
    const auto body = parseJson(text);
    const auto failWith = [&input](const std::string &msg) {
        input.failure = {kApiError, msg};
        return input;
    };
    if (!body || !body->is(JsonValue::Kind::Object))
        return failWith("Request body json parse failed");
    const JsonValue *common = hasCommon ? body->member("common_cols") : nullptr;
    if (common && !common->is(JsonValue::Kind::Array))
        return failWith("common_cols is not array");
    const JsonValue *rows = body->member("input");
    if (!rows || !rows->is(JsonValue::Kind::Array) || rows->items.empty())
        return failWith("Field input is invalid");
    if (!procedure)
        return failWith(missing.msg);
    std::size_t sharedCount = 0;
    for (const Column &column : procedure->input)
        sharedCount += hasCommon && column.isConstant ? 1 : 0;
    if ((common ? common->items.size() : 0) != sharedCount)
        return failWith("Invalid common cols size");
    input.needsSchema = flagOf(*body, "need_schema");
    input.isNullForNaN = flagOf(*body, "write_nan_and_inf_null");
    input.areObjects = rows->items[0].is(JsonValue::Kind::Object);
    const std::vector<JsonValue> none;
    for (std::size_t i = 0; i < rows->items.size() && !input.failure; ++i) {
        const JsonValue &row = rows->items[i];
        if (!row.is(JsonValue::Kind::Array) && !row.is(JsonValue::Kind::Object))
            return failWith("Must be array or map, row " + std::to_string(i));
        if (row.is(JsonValue::Kind::Array) && row.items.size() != procedure->input.size() - sharedCount)
            return failWith("Invalid input data size in row " + std::to_string(i));
        readRow(row, common ? common->items : none, hasCommon, *procedure, i, input);
    }
    return input;
}

std::string schemaJson(const std::vector<Column> &columns)
{
    std::string text = "[";
    for (const Column &column : columns) {
        text += text.size() == 1 ? "{\"name\":" : ",{\"name\":";
        json::appendString(text, column.name);
        text += std::string(",\"type\":\"") + deploymentName(column.type) + "\"}";
    }
    return text + "]";
}

std::string constantsJson(const std::vector<Column> &columns)
{
    std::string text = "[";
    for (const Column &column : columns) {
        if (!column.isConstant)
            continue;
        text += text.size() == 1 ? "" : ",";
        json::appendString(text, column.name);
    }
    return text + "]";
}

// The cells of one row that are, or are not, common to all.
std::string rowJson(const sandbox::sqlite::Statement &statement, const Procedure &procedure, const CallInput &input, bool isCommon)
{
    const bool asObject = input.areObjects && !isCommon;
    std::string text(1, asObject ? '{' : '[');
    for (std::size_t i = 0; i < procedure.output.size(); ++i) {
        const Column &column = procedure.output[i];
        if ((column.isConstant && !procedure.isDeployment) != isCommon)
            continue;
        if (text.size() > 1)
            text += ',';
        if (asObject) {
            json::appendString(text, column.name);
            text += ':';
        }
        appendCell(text, statement, static_cast<int>(i), column.type, input.isNullForNaN);
    }
    return text + (asObject ? '}' : ']');
}

} // namespace

std::string procedureJson(const Procedure &procedure)
{
    std::string text = "{\"name\":";
    json::appendString(text, procedure.name);
    text += ",\"procedure\":";
    json::appendString(text, procedure.text);
    text += ",\"input_schema\":" + schemaJson(procedure.input) + ",\"input_common_cols\":" + constantsJson(procedure.input)
        + ",\"output_schema\":" + schemaJson(procedure.output) + ",\"output_common_cols\":" + constantsJson(procedure.output);
    std::string databases;
    std::string tables;
    for (const auto &[database, table] : procedure.tables) {
        databases += databases.empty() ? "" : ",";
        json::appendString(databases, database);
        tables += tables.empty() ? "" : ",";
        json::appendString(tables, table);
    }
    return text + ",\"dbs\":[" + databases + "],\"tables\":[" + tables + "]}";
}

void Routes::callProcedure(Call &call, bool isDeployment)
{
    const auto found = m_engine.store().procedure(call.path[1], call.path[3]);
    const Failure missing{kApiError, std::string(isDeployment ? "deployment" : "procedure") + " not found in database " + call.path[1]};
    const CallInput input = readCall(call.request.body, found.get(), !isDeployment, missing);
    if (input.failure)
        return answerFailure(call.reply, input.failure);
    std::string rows;
    std::string common;
    const Failure failure = m_engine.call(
        *found, input.rows,
        [&](const sandbox::sqlite::Statement &statement) {
            if (rows.empty())
                common = rowJson(statement, *found, input, true);
            rows += (rows.empty() ? "" : ",") + rowJson(statement, *found, input, false);
        },
        call.stop);
    if (failure)
        return answerFailure(call.reply, {kApiError, failure.msg});
    std::string body = "{\"code\":0,\"msg\":\"ok\",\"data\":{";
    if (input.needsSchema)
        body += "\"schema\":" + schemaJson(found->output) + ",";
    body += "\"data\":[" + rows + "]";
    if (!found->isDeployment)
        body += ",\"common_cols_data\":" + common;
    answerJson(call.reply, body + "}}");
}

std::string tableJson(const Table &table)
{
    std::string text = "{\"name\":";
    json::appendString(text, table.name);
    text += ",\"table_partition_size\":" + std::to_string(table.partitions) + ",\"tid\":" + std::to_string(table.id)
        + ",\"partition_num\":" + std::to_string(table.partitions) + ",\"replica_num\":" + std::to_string(table.replicas)
        + ",\"compress_type\":\"nocompress\",\"column_desc\":[";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Column &column = table.columns[i];
        text += i == 0 ? "{\"name\":" : ",{\"name\":";
        json::appendString(text, column.name);
        text += std::string(",\"data_type\":\"") + catalogName(column.type) + "\",\"not_null\":" + (column.isNotNull ? "true" : "false")
            + ",\"is_constant\":false}";
    }
    text += "],\"column_key\":[";
    for (std::size_t i = 0; i < table.indexes.size(); ++i) {
        const Index &index = table.indexes[i];
        text += i == 0 ? "{\"index_name\":" : ",{\"index_name\":";
        json::appendString(text, index.name);
        text += ",\"col_name\":[";
        for (std::size_t k = 0; k < index.keys.size(); ++k) {
            text += k == 0 ? "" : ",";
            json::appendString(text, index.keys[k]);
        }
        text += "]";
        if (!index.time.empty()) {
            text += ",\"ts_name\":";
            json::appendString(text, index.time);
        }
        text += ",\"flag\":0,\"ttl\":{\"ttl_type\":\"" + index.ttlType + "\",\"abs_ttl\":" + std::to_string(index.absoluteTtl)
            + ",\"lat_ttl\":" + std::to_string(index.latestTtl) + "}}";
    }
    text += "],\"added_column_desc\":[],\"db\":";
    json::appendString(text, table.database);
    return text + ",\"partition_key\":[],\"schema_versions\":[{\"id\":1,\"field_count\":" + std::to_string(table.columns.size()) + "}]}";
}

} // namespace openmldb::server
