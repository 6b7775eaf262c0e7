// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"

#include <QCoreApplication>

#include <algorithm>

namespace openmldb {

namespace {

struct NamesTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

} // namespace

std::string quotedWhereNeeded(std::string_view name, const connector::Language &language)
{
    const bool isPlain = !name.empty() && std::all_of(name.begin(), name.end(), isWordByte) && !(name[0] >= '0' && name[0] <= '9');
    const QString word = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const bool isReserved = language.keywords.contains(word, Qt::CaseInsensitive);
    if (isPlain && !isReserved)
        return std::string(name);
    std::string text = "`";
    for (const char c : name) {
        if (c == '`')
            text += c;
        text += c;
    }
    return text + '`';
}

std::string unquoted(std::string_view name)
{
    if (name.size() < 2 || name.front() != '`')
        return std::string(name);
    std::string text;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        text += name[i];
        if (name[i] == '`')
            ++i;
    }
    return text;
}

core::Result<std::string> pathSegment(const std::string &name)
{
    static constexpr std::string_view kOthers = "-_~!$&'()*+,;=:@";
    const auto fits = [](char c) { return isWordByte(c) || kOthers.find(c) != std::string_view::npos; };
    if (!name.empty() && std::all_of(name.begin(), name.end(), fits))
        return name;
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = NamesTr::tr("The API server cannot be asked for \"%1\" in a path.").arg(QString::fromStdString(name));
    error.hint = NamesTr::tr("Its paths take ASCII letters, digits and a few signs only, neither dots nor percent-encoding. Connect to "
                             "another database and write DATABASE.TABLE in the statement, in backticks.");
    return error;
}

} // namespace openmldb
