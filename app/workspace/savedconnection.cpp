// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/savedconnection.h"

#include "connector/networkkeys.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace workspace {

namespace {

struct SavedTr {
    Q_DECLARE_TR_FUNCTIONS(SavedConnection)
};

constexpr int kFormat = 1;

core::Error formatError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

QString shown(const std::string &text)
{
    return QString::fromStdString(text);
}

QJsonObject objectOf(const std::map<std::string, std::string> &values)
{
    QJsonObject object;
    for (const auto &[key, value] : values)
        object.insert(shown(key), shown(value));
    return object;
}

QJsonObject objectOf(const SavedConnection &connection)
{
    QJsonObject object{{QStringLiteral("format"), kFormat}, {QStringLiteral("name"), shown(connection.name)},
        {QStringLiteral("connector"), shown(connection.connectorId)}, {QStringLiteral("transport"), shown(connection.transport)},
        {QStringLiteral("values"), objectOf(connection.values)}};
    const auto add = [&object](const char *key, const QJsonValue &value, bool isGiven) {
        if (isGiven)
            object.insert(QLatin1String(key), value);
    };
    add("secrets", objectOf(connection.references), !connection.references.empty());
    add("network", objectOf(connection.network), !connection.network.empty());
    add("group", shown(connection.group), !connection.group.empty());
    add("environment", shown(connection.environment), !connection.environment.empty());
    add("readOnly", true, connection.isReadOnly);
    add("colour", shown(connection.colour), !connection.colour.empty());
    add("order", connection.order, connection.order != 0);
    return object;
}

// The texts of an object's member; error names what is none.
std::map<std::string, std::string> textsOf(const QJsonObject &object, const char *member, QString &wrong)
{
    std::map<std::string, std::string> texts;
    const QJsonValue value = object.value(QLatin1String(member));
    if (!value.isUndefined() && !value.isObject())
        wrong = QLatin1String(member);
    const QJsonObject entries = value.toObject();
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        if (!entry.value().isString())
            wrong = QLatin1String(member) + QLatin1Char('.') + entry.key();
        texts[entry.key().toStdString()] = entry.value().toString().toStdString();
    }
    return texts;
}

core::Result<SavedConnection> fromObject(const QJsonObject &object)
{
    QString wrong;
    const auto text = [&](const char *member, bool isRequired) {
        const QJsonValue value = object.value(QLatin1String(member));
        if ((isRequired && value.toString().isEmpty()) || (!value.isUndefined() && !value.isString()))
            wrong = QLatin1String(member);
        return value.toString().toStdString();
    };
    SavedConnection connection;
    connection.name = text("name", true);
    connection.connectorId = text("connector", true);
    connection.transport = text("transport", false);
    connection.group = text("group", false);
    connection.environment = text("environment", false);
    connection.values = textsOf(object, "values", wrong);
    connection.references = textsOf(object, "secrets", wrong);
    connection.network = textsOf(object, "network", wrong);
    connection.isReadOnly = object.value(QStringLiteral("readOnly")).toBool();
    if (!isEnvironmentName(connection.environment))
        wrong = QStringLiteral("environment");
    connection.colour = text("colour", false);
    const auto &colours = connectionColours();
    if (!connection.colour.empty() && std::find(colours.begin(), colours.end(), connection.colour) == colours.end())
        wrong = QStringLiteral("colour");
    connection.order = object.value(QStringLiteral("order")).toInt();
    for (const auto &[key, reference] : connection.references) {
        if (!reference.starts_with("${"))
            wrong = QStringLiteral("secrets.") + shown(key);
    }
    if (object.value(QStringLiteral("format")).toInt() > kFormat)
        return formatError(SavedTr::tr("The connection was written by a newer version of this program."));
    if (!wrong.isEmpty())
        return formatError(SavedTr::tr("The connection cannot be read: \"%1\" is missing or not what it should be.").arg(wrong));
    return connection;
}

core::Result<QJsonDocument> parsed(const QByteArray &json)
{
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (document.isNull())
        return formatError(SavedTr::tr("This is no JSON: %1 at byte %2.").arg(problem.errorString()).arg(problem.offset));
    return document;
}

core::Result<void> fillNetwork(const SavedConnection &saved, const SavedConnection::SecretLookup &lookup, http::Transport &transport)
{
    for (const auto &[key, text] : saved.network) {
        const connector::NetworkKey *network = connector::networkKey(key);
        if (!network)
            return formatError(SavedTr::tr("The connection has a network setting \"%1\", which is not known here.").arg(shown(key)));
        if (auto stored = network->store(transport, text); !stored)
            return stored;
    }
    for (const connector::NetworkSecret &network : connector::networkSecrets()) {
        const auto reference = saved.references.find(network.key);
        if (reference == saved.references.end())
            continue;
        auto secret = lookup(network.key, QString::fromLatin1(network.key), reference->second);
        if (!secret)
            return std::move(secret).error();
        transport.*(network.member) = std::move(secret).value();
    }
    return {};
}

} // namespace

bool isEnvironmentName(std::string_view name)
{
    return name.empty() || name == "development" || name == "test" || name == "production";
}

const std::array<std::string_view, 8> &connectionColours()
{
    static constexpr std::array<std::string_view, 8> colours{"blue", "orange", "green", "pink", "olive", "sky", "violet", "grey"};
    return colours;
}

QByteArray SavedConnection::toJson() const
{
    return QJsonDocument(objectOf(*this)).toJson();
}

core::Result<SavedConnection> SavedConnection::fromJson(const QByteArray &json)
{
    auto document = parsed(json);
    if (!document)
        return std::move(document).error();
    return fromObject(document->object());
}

core::Result<std::vector<SavedConnection>> SavedConnection::listFromJson(const QByteArray &json)
{
    auto document = parsed(json);
    if (!document)
        return std::move(document).error();
    const QJsonArray items = document->isArray() ? document->array() : QJsonArray{document->object()};
    std::vector<SavedConnection> connections;
    for (const QJsonValue &item : items) {
        auto connection = fromObject(item.toObject());
        if (!connection)
            return std::move(connection).error();
        connections.push_back(std::move(connection).value());
    }
    return connections;
}

QByteArray SavedConnection::listToJson(const std::vector<SavedConnection> &connections)
{
    QJsonArray items;
    for (const SavedConnection &connection : connections)
        items.append(objectOf(connection));
    return QJsonDocument(items).toJson();
}

SavedConnection SavedConnection::fromProfile(const connector::Profile &profile, const connector::Manifest &manifest)
{
    SavedConnection connection;
    connection.connectorId = profile.connectorId;
    connection.transport = profile.transport;
    for (const connector::Field &field : manifest.fields) {
        const std::string value = profile.value(field.key);
        if (field.type != connector::Field::Type::Secret && !value.empty() && value != field.defaultValue)
            connection.values[field.key] = value;
    }
    for (const connector::NetworkKey &network : connector::networkKeys()) {
        if (const std::string value = network.text(profile.network); !value.empty())
            connection.network[network.key] = value;
    }
    return connection;
}

core::Result<connector::Profile> SavedConnection::toProfile(const connector::Manifest &manifest, const SecretLookup &lookup) const
{
    connector::Profile profile;
    profile.name = name;
    profile.connectorId = connectorId;
    profile.transport = transport.empty() ? manifest.defaultTransport : transport;
    profile.values = values;
    for (const connector::Field &field : manifest.fields) {
        if (!field.defaultValue.empty())
            profile.values.emplace(field.key, field.defaultValue);
        const auto reference = references.find(field.key);
        if (field.type != connector::Field::Type::Secret || reference == references.end())
            continue;
        auto secret = lookup(field.key, field.label, reference->second);
        if (!secret)
            return std::move(secret).error();
        profile.secrets[field.key] = std::move(secret).value();
    }
    if (auto filled = fillNetwork(*this, lookup, profile.network); !filled)
        return std::move(filled).error();
    return profile;
}

} // namespace workspace
