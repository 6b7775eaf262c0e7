// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/recognition.h"

#include "connector/request.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace diagnosis {

namespace {

using Sign = connector::DiagnosisHints::Sign;

struct RecognitionTr {
    Q_DECLARE_TR_FUNCTIONS(DiagnosisRecognition)
};

constexpr std::size_t kMostRead = 256 * 1024;

QJsonObject objectOf(std::string_view body)
{
    return QJsonDocument::fromJson(QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size()))).object();
}

bool fits(const Sign &sign, const http::Head &head, const QJsonObject &object)
{
    if (!sign.header.empty() && head.header(sign.header).empty())
        return false;
    return std::all_of(sign.members.begin(), sign.members.end(),
        [&object](const std::string &member) { return object.contains(QString::fromStdString(member)); });
}

enum class Asked { Fits, Other, Silent };

Asked ask(const Sign &sign, http::Client &client, const std::string &origin, std::chrono::milliseconds timeout, const std::stop_token &stop)
{
    const auto text = connector::parseRequest(sign.request);
    if (!text)
        return Asked::Other;
    http::Request request = connector::requestOf(text.value(), origin + text->target);
    request.connectTimeout = timeout;
    request.idleTimeout = timeout;
    request.purpose = RecognitionTr::tr("who answers here");
    auto answer = client.send(request, stop);
    if (!answer)
        return answer.error().kind == core::ErrorKind::Timeout || answer.error().kind == core::ErrorKind::Cancelled ? Asked::Silent : Asked::Other;
    const auto body = http::readAll(*answer.value(), kMostRead);
    if (!body)
        return Asked::Other;
    return fits(sign, answer.value()->head(), objectOf(body.value())) ? Asked::Fits : Asked::Other;
}

} // namespace

bool looksLike(const connector::Manifest &manifest, const http::Head &head, std::string_view body)
{
    const QJsonObject object = objectOf(body);
    return std::any_of(manifest.diagnosis.signs.begin(), manifest.diagnosis.signs.end(),
        [&head, &object](const Sign &sign) { return fits(sign, head, object); });
}

const connector::Manifest *recognise(const std::vector<connector::Manifest> &manifests, std::string_view ownId,
    http::Client &client, const std::string &origin, std::chrono::milliseconds timeout, const std::stop_token &stop)
{
    std::vector<const connector::Manifest *> order;
    for (const connector::Manifest &manifest : manifests)
        order.push_back(&manifest);
    std::stable_partition(order.begin(), order.end(), [ownId](const connector::Manifest *manifest) { return manifest->id != ownId; });
    for (const connector::Manifest *manifest : order) {
        for (const Sign &sign : manifest->diagnosis.signs) {
            if (sign.request.empty())
                continue;
            const Asked asked = ask(sign, client, origin, timeout, stop);
            if (asked == Asked::Fits)
                return manifest;
            if (asked == Asked::Silent)
                return nullptr;
        }
    }
    return nullptr;
}

} // namespace diagnosis
