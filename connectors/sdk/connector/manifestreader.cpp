// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/manifestreader.h"

#include <QCoreApplication>

#include <algorithm>

namespace connector {

ManifestReader::ManifestReader(QJsonObject json, QString path, State &state)
    : m_json(std::move(json))
    , m_path(std::move(path))
    , m_state(state)
{
}

QJsonValue ManifestReader::value(const char *key) const
{
    return m_json.value(QLatin1String(key));
}

bool ManifestReader::has(const char *key) const
{
    return m_json.contains(QLatin1String(key));
}

QString ManifestReader::pathOf(const char *key) const
{
    const QString name = QString::fromLatin1(key);
    return m_path.isEmpty() ? name : m_path + QLatin1Char('.') + name;
}

void ManifestReader::fail(const char *key, const QString &what)
{
    failAt(pathOf(key), what);
}

void ManifestReader::failAt(const QString &path, const QString &what)
{
    if (m_state.error)
        return;
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = QCoreApplication::translate("Manifest", "connector.json: %1: %2.").arg(path, what);
    error.hint = QCoreApplication::translate("Manifest", "Correct the manifest and build the connector again.");
    m_state.error = std::move(error);
}

void ManifestReader::onlyKeys(std::initializer_list<const char *> keys)
{
    for (auto entry = m_json.begin(); entry != m_json.end(); ++entry) {
        const bool known = std::any_of(
            keys.begin(), keys.end(), [&entry](const char *key) { return entry.key() == QLatin1String(key); });
        if (!known)
            fail(entry.key().toUtf8().constData(), QStringLiteral("unknown key"));
    }
}

std::string ManifestReader::text(const char *key, Need need, const std::string &otherwise)
{
    const QJsonValue found = value(key);
    if (found.isUndefined()) {
        if (need == Required)
            fail(key, QStringLiteral("is missing"));
        return otherwise;
    }
    if (!found.isString() || (need == Required && found.toString().isEmpty())) {
        fail(key, QStringLiteral("a text is expected"));
        return otherwise;
    }
    return found.toString().toStdString();
}

QString ManifestReader::shown(const char *key, Need need)
{
    const std::string source = text(key, need);
    return source.empty() ? QString() : QCoreApplication::translate(m_state.context.c_str(), source.c_str());
}

std::string ManifestReader::lines(const char *key, Need need)
{
    if (!value(key).isArray())
        return text(key, need);
    std::string all;
    for (const std::string &line : texts(key))
        all += (all.empty() ? "" : "\n") + line;
    return all;
}

bool ManifestReader::flag(const char *key, bool otherwise)
{
    const QJsonValue found = value(key);
    if (found.isUndefined())
        return otherwise;
    if (!found.isBool())
        fail(key, QStringLiteral("true or false is expected"));
    return found.toBool();
}

int ManifestReader::integer(const char *key, int least, int most)
{
    const QJsonValue found = value(key);
    const double number = found.toDouble(-1);
    if (!found.isDouble() || number < least || number > most || number != static_cast<int>(number)) {
        fail(key, QStringLiteral("a whole number from %1 to %2 is expected").arg(least).arg(most));
        return least;
    }
    return static_cast<int>(number);
}

QJsonArray ManifestReader::array(const char *key)
{
    const QJsonValue found = value(key);
    if (!found.isUndefined() && !found.isArray())
        fail(key, QStringLiteral("a list is expected"));
    return found.toArray();
}

std::vector<std::string> ManifestReader::texts(const char *key)
{
    const QJsonArray items = array(key);
    std::vector<std::string> all;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (!items[i].isString())
            failAt(pathOf(key) + QStringLiteral("[%1]").arg(i), QStringLiteral("a text is expected"));
        all.push_back(items[i].toString().toStdString());
    }
    return all;
}

QStringList ManifestReader::words(const char *key)
{
    if (value(key).isString())
        return value(key).toString().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QStringList all;
    for (const std::string &word : texts(key))
        all << QString::fromStdString(word);
    return all;
}

ManifestReader ManifestReader::object(const char *key)
{
    if (!value(key).isObject())
        fail(key, QStringLiteral("an object is expected"));
    return {value(key).toObject(), pathOf(key), m_state};
}

} // namespace connector
