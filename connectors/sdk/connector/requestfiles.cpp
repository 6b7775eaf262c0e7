// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/requestfiles.h"

#include "http/url.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace connector {

namespace {

struct RequestFilesTr {
    Q_DECLARE_TR_FUNCTIONS(RequestFiles)
};

constexpr std::string_view kBegin = "{{$base64 ";
constexpr std::string_view kEnd = "}}";

core::Error fileError(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = RequestFilesTr::tr("{{$base64 PATH}} in a request stands for a file; its path is looked up from the folder where the program was started.");
    return error;
}

core::Result<std::string> base64Of(const std::string &path, std::size_t mostBytes)
{
    const QString shown = QString::fromStdString(path);
    QFile file(shown);
    if (!QFileInfo(file).isFile())
        return fileError(RequestFilesTr::tr("There is no file %1.").arg(shown));
    if (!file.open(QIODevice::ReadOnly))
        return fileError(RequestFilesTr::tr("The file %1 cannot be read: %2").arg(shown, file.errorString()));
    const QByteArray bytes = file.read(static_cast<qint64>(mostBytes) + 1);
    if (static_cast<std::size_t>(bytes.size()) > mostBytes)
        return fileError(RequestFilesTr::tr("The file %1 is larger than %2 bytes.").arg(shown).arg(mostBytes));
    return http::base64({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

std::string trimmedPath(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

} // namespace

core::Result<std::string> withFiles(std::string_view body, std::size_t mostBytes)
{
    std::string filled;
    for (;;) {
        const std::size_t begin = body.find(kBegin);
        const std::size_t end = begin == std::string_view::npos ? begin : body.find(kEnd, begin);
        if (end == std::string_view::npos) {
            filled += body;
            return filled;
        }
        const std::string path = trimmedPath(body.substr(begin + kBegin.size(), end - begin - kBegin.size()));
        auto text = base64Of(path, mostBytes);
        if (!text)
            return std::move(text).error();
        filled += body.substr(0, begin);
        filled += *text;
        body.remove_prefix(end + kEnd.size());
    }
}

} // namespace connector
