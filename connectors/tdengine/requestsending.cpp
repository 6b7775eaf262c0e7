// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/request.h"
#include "runner.h"

#include <algorithm>

namespace tdengine {

namespace {

// The form of /rest/sql is streamed; whatever else an endpoint may say is read as a whole.
bool hasStatementForm(std::string_view path)
{
    const std::string_view bare = path.substr(0, path.find_first_of("?#"));
    return bare.starts_with("/rest/sql") && !bare.ends_with("/vgid");
}

// Hides the password in /rest/login/{user}/{password}, which gives a token.
void hideLogin(std::string_view path, http::Request &request)
{
    constexpr std::string_view kLogin = "/rest/login/";
    if (!path.starts_with(kLogin))
        return;
    request.secretAnswer = true;
    const std::size_t slash = path.find('/', kLogin.size());
    const std::size_t end = std::min(path.find_first_of("?#"), path.size());
    if (slash == std::string_view::npos || slash + 1 >= end)
        return;
    const std::size_t offset = request.url.size() - path.size();
    request.urlSecrets.emplace_back(offset + slash + 1, end - slash - 1);
}

} // namespace

Runner::Sending Runner::requestSending(const connector::RequestText &text) const
{
    const connector::RequestTarget target = connector::resolveTarget(m_settings.baseUrl, text.target);
    Sending sending;
    sending.request = connector::requestOf(text, target);
    sending.hasLogin = target.isOwnOrigin && !connector::hasHeader(text.headers, "Authorization");
    if (!target.isOwnOrigin) {
        sending.isBuffered = true;
        return sending;
    }
    const std::size_t authority = target.url.find("://");
    const std::size_t slash = authority == std::string::npos ? 0 : target.url.find('/', authority + 3);
    const std::string_view path = slash == std::string::npos ? std::string_view() : std::string_view(target.url).substr(slash);
    sending.isBuffered = !hasStatementForm(path);
    hideLogin(path, sending.request);
    return sending;
}

} // namespace tdengine
