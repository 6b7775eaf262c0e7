// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curlcommand.h"

#include <QByteArray>

#include <algorithm>

namespace request {

namespace {

std::string lowered(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toLower().toStdString();
}

// By its name a header or a parameter of the query holds a log-in.
bool namesASecret(std::string_view name)
{
    std::string word = lowered(name);
    std::replace(word.begin(), word.end(), '-', '_');
    if (word.ends_with("_env") || word.ends_with("_arn") || word.ends_with("_file"))
        return false;
    for (const std::string_view part : {"token", "secret", "password", "passwd", "api_key", "apikey", "signature", "authorization", "cookie", "access_key"}) {
        if (word.find(part) != std::string::npos)
            return true;
    }
    return word == "sig" || word == "pwd" || word == "x_auth";
}

} // namespace

void markSecrets(http::Request &request)
{
    for (http::Header &header : request.headers)
        header.secret = header.secret || (namesASecret(header.name) && !header.value.empty());
    request.urlSecrets.clear();
    const std::string &url = request.url;
    const std::size_t stop = std::min(url.find('#'), url.size());
    for (std::size_t key = url.find('?'); key < stop; key = url.find('&', key)) {
        ++key;
        const std::size_t end = std::min(url.find('&', key), stop);
        const std::size_t equals = url.find('=', key);
        if (equals < end && equals + 1 < end && namesASecret(std::string_view(url).substr(key, equals - key)))
            request.urlSecrets.emplace_back(equals + 1, end - equals - 1);
    }
}

} // namespace request
