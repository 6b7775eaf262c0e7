// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters.h"

#include "columntype.h"
#include "connector/script.h"
#include "connector/sessionparts.h"
#include "errors.h"
#include "values.h"

#include <QCoreApplication>

#include <algorithm>

namespace openmldb {

namespace {

struct ParametersTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

QString shown(const std::string &text)
{
    return QString::fromStdString(text);
}

core::Error unknownType(const connector::Parameter &parameter)
{
    return connector::usageError(ParametersTr::tr("The parameter \"%1\" is given the type \"%2\", which the server does not know.")
                          .arg(shown(parameter.name), shown(parameter.type)),
        ParametersTr::tr("The types are BOOL, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, DATE and TIMESTAMP."));
}

QString valueHint(Type type)
{
    switch (type) {
    case Type::Date:
        return ParametersTr::tr("A date reads 2021-05-01, between 1900 and 9999; NAME:STRING=… sends text.");
    case Type::Timestamp:
        return ParametersTr::tr("A timestamp is a count of milliseconds since 1970, or a time with its zone: 2021-05-01T00:00:00Z.");
    case Type::Int16:
    case Type::Int32:
    case Type::Int64:
        return ParametersTr::tr("Integers have digits only, as many as their type holds; BIGINT holds 64 bits.");
    default:
        return {};
    }
}

} // namespace

core::Result<std::string> inputOf(
    std::string_view statement, const connector::Language &language, const std::vector<connector::Parameter> &parameters)
{
    const std::vector<std::string> used = connector::parametersOf(statement, language);
    if (auto checked = connector::checkParameters(used, parameters, false, true); !checked)
        return std::move(checked).error();
    if (used.empty())
        return std::string();
    std::string schema;
    std::string data;
    for (const std::string &name : used) {
        const auto parameter = std::find_if(parameters.begin(), parameters.end(),
            [&name](const connector::Parameter &one) { return one.name == name; });
        const std::string &text = *parameter->value;
        const Type type = parameter->type.empty() ? inferredType(text) : typeOf(parameter->type);
        if (type == Type::Unknown)
            return unknownType(*parameter);
        const auto value = inputValue(type, text);
        if (!value)
            return connector::usageError(ParametersTr::tr("The value of the parameter \"%1\" is no %2.").arg(shown(name), QLatin1String(sqlName(type))),
                valueHint(type));
        schema += std::string(schema.empty() ? "\"" : ",\"") + std::string(sqlName(type)) + '"';
        data += (data.empty() ? "" : ",") + *value;
    }
    return "{\"schema\":[" + schema + "],\"data\":[" + data + "]}";
}

} // namespace openmldb
