// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/jsonform.h"

#include "http/redaction.h"
#include "http/url.h"
#include "json/writer.h"
#include "request/sender.h"

#include <QByteArrayView>
#include <QStringDecoder>

#include <algorithm>

namespace request {

std::string shownUrl(const http::Request &request)
{
    std::string url = request.url;
    auto stretches = request.urlSecrets;
    std::sort(stretches.rbegin(), stretches.rend());
    for (const auto &[begin, size] : stretches)
        url.replace(begin, size, http::kBlank);
    return url;
}

std::string shownBody(const http::Request &request, bool showsSecrets)
{
    http::Redactor redactor;
    for (const core::Secret &secret : request.secrets)
        redactor.add(secret);
    return showsSecrets || redactor.isEmpty() ? request.body : redactor.redacted(request.body);
}

bool isPlainText(std::string_view bytes)
{
    const bool hasControls = std::ranges::any_of(bytes, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x7f || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t');
    });
    if (hasControls)
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return text.isEmpty() == bytes.empty() && !decoder.hasError();
}

std::string toJson(const Ready &ready, bool showsSecrets)
{
    const http::Request &request = ready.request;
    json::Writer writer;
    writer.beginObject();
    writer.key("method").string(request.method);
    writer.key("url").string(showsSecrets ? request.url : shownUrl(request));
    writer.key("headers").beginArray();
    for (const http::Header &header : wireHeaders(request, ready.transport)) {
        writer.beginArray();
        writer.string(header.name).string(header.secret && !showsSecrets ? http::kBlank : std::string_view(header.value));
        writer.endArray();
    }
    writer.endArray();
    const std::string body = shownBody(request, showsSecrets);
    writer.key("body");
    if (!hasBody(request))
        writer.null();
    else if (isPlainText(body))
        writer.string(body);
    else
        writer.beginObject().key("base64").string(http::base64(body)).endObject();
    writer.endObject();
    return writer.text();
}

} // namespace request
