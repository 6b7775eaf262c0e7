// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace connector {

// Reads one object of a manifest and remembers the first thing that is wrong with its path ("fields[2].type").
// Each reading function answers with its default then, so that callers read on without asking.
class ManifestReader
{
public:
    enum Need { Optional, Required };

    struct State {
        std::string context; // of translations
        std::optional<core::Error> error;
    };

    ManifestReader(QJsonObject json, QString path, State &state);

    bool has(const char *key) const;
    void onlyKeys(std::initializer_list<const char *> keys);
    void fail(const char *key, const QString &what);

    std::string text(const char *key, Need need = Optional, const std::string &otherwise = {});
    QString shown(const char *key, Need need = Optional); // translated
    std::string lines(const char *key, Need need = Optional); // a text, or a list of its lines
    bool flag(const char *key, bool otherwise = false);
    int integer(const char *key, int least, int most);
    std::vector<std::string> texts(const char *key);
    QStringList words(const char *key); // a list of words, or one text with blanks between them
    ManifestReader object(const char *key);

    template <typename Value, std::size_t N>
    Value oneOf(const char *key, const std::array<std::pair<const char *, Value>, N> &known, Value otherwise)
    {
        if (!has(key))
            return otherwise;
        const std::string word = text(key);
        QStringList names;
        for (const auto &[name, value] : known) {
            if (word == name)
                return value;
            names << QString::fromLatin1(name);
        }
        fail(key, QStringLiteral("one of %1 is expected").arg(names.join(QStringLiteral(", "))));
        return otherwise;
    }

    template <typename Function>
    void eachObject(const char *key, Function function)
    {
        const QJsonArray items = array(key);
        for (qsizetype i = 0; i < items.size(); ++i) {
            const QString where = pathOf(key) + QStringLiteral("[%1]").arg(i);
            if (items[i].isObject())
                function(ManifestReader(items[i].toObject(), where, m_state));
            else
                failAt(where, QStringLiteral("an object is expected"));
        }
    }

private:
    QString pathOf(const char *key) const;
    void failAt(const QString &path, const QString &what);
    QJsonValue value(const char *key) const;
    QJsonArray array(const char *key);

    QJsonObject m_json;
    QString m_path;
    State &m_state;
};

} // namespace connector
