// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/environment.h"

#include "json/memorysource.h"
#include "json/reader.h"
#include "request/shellwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace request {

namespace {

struct EnvironmentTr {
    Q_DECLARE_TR_FUNCTIONS(RequestEnvironment)
};

QString nearestFile(const std::string &folder, const QString &name)
{
    QDir dir(QString::fromStdString(folder.empty() ? "." : folder));
    dir.makeAbsolute();
    do {
        if (QFileInfo(dir.filePath(name)).isFile())
            return dir.filePath(name);
    } while (dir.cdUp());
    return {};
}

core::Error fileError(const QString &path, std::string_view text, std::int64_t offset, const QString &message)
{
    const std::string_view before = text.substr(0, static_cast<std::size_t>(std::max<std::int64_t>(0, offset)));
    const std::size_t lineBegin = before.rfind('\n') + 1;
    return errorAt(static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, static_cast<int>(before.size() - lineBegin) + 1,
        EnvironmentTr::tr("%1: %2").arg(path, message), EnvironmentTr::tr("The file reads {\"development\": {\"host\": \"example.com\"}, …}."));
}

// Reads one file of environments: the values of the one wanted, and the names of all.
class FileReader
{
public:
    FileReader(QString path, std::string text)
        : m_path(std::move(path))
        , m_text(std::move(text))
        , m_source(m_text)
        , m_reader(m_source)
    {
    }

    core::Result<void> read(const std::string &wanted, bool isSecret, std::vector<NamedValue> &values, QStringList &names)
    {
        if (m_reader.next() != json::Token::BeginObject)
            return problem(EnvironmentTr::tr("an object of environments is due here."));
        while (true) {
            const json::Token token = m_reader.next();
            if (token == json::Token::EndObject)
                return {};
            if (token != json::Token::Key)
                return problem(EnvironmentTr::tr("this is not JSON."));
            const std::string name(m_reader.text());
            if (name != "$shared")
                names << QString::fromStdString(name);
            if (m_reader.next() != json::Token::BeginObject)
                return problem(EnvironmentTr::tr("an object of names and values is due here."));
            if (name != wanted && name != "$shared") {
                if (!m_reader.skipValue())
                    return problem(EnvironmentTr::tr("this is not JSON."));
                continue;
            }
            if (auto done = readValues(isSecret, name == "$shared", values); !done)
                return done;
        }
    }

private:
    core::Error problem(const QString &message) const { return fileError(m_path, m_text, m_reader.tokenOffset(), message); }

    core::Result<void> readValues(bool isSecret, bool isShared, std::vector<NamedValue> &values)
    {
        while (true) {
            const json::Token token = m_reader.next();
            if (token == json::Token::EndObject)
                return {};
            if (token != json::Token::Key)
                return problem(EnvironmentTr::tr("this is not JSON."));
            NamedValue value;
            value.name = m_reader.text();
            value.isSecret = isSecret;
            const json::Token kind = m_reader.next();
            if (kind == json::Token::String)
                value.value = m_reader.text();
            else if (const auto raw = m_reader.rawValue())
                value.value = *raw;
            else
                return problem(EnvironmentTr::tr("this is not JSON."));
            const auto known = std::find_if(values.begin(), values.end(), [&](const NamedValue &other) { return other.name == value.name; });
            if (known == values.end())
                values.push_back(std::move(value));
            else if (!isShared || isSecret)
                *known = std::move(value);
        }
    }

    const QString m_path;
    const std::string m_text;
    json::MemorySource m_source;
    json::Reader m_reader;
};

} // namespace

core::Result<std::vector<NamedValue>> loadEnvironment(const std::string &folder, const std::string &name)
{
    std::vector<NamedValue> values;
    QStringList names;
    bool hasFile = false;
    for (const bool isSecret : {false, true}) {
        const QString path = nearestFile(folder, isSecret ? QStringLiteral("http-client.private.env.json") : QStringLiteral("http-client.env.json"));
        QFile file(path);
        if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
            continue;
        hasFile = true;
        if (auto done = FileReader(path, file.readAll().toStdString()).read(name, isSecret, values, names); !done)
            return std::move(done).error();
    }
    if (!name.empty() && !names.contains(QString::fromStdString(name))) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = EnvironmentTr::tr("There is no environment named \"%1\".").arg(QString::fromStdString(name));
        names.removeDuplicates();
        error.hint = hasFile ? EnvironmentTr::tr("Known environments: %1").arg(names.join(QStringLiteral(", ")))
                             : EnvironmentTr::tr("Environments stand in http-client.env.json beside the document.");
        return error;
    }
    return values;
}

} // namespace request
