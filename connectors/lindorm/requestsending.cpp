// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/readsonly.h"
#include "runner.h"

namespace lindorm {

namespace {

// The path of a URL, without its query.
std::string_view pathOf(std::string_view url)
{
    const std::size_t authority = url.find("://");
    const std::size_t slash = url.find('/', authority == std::string_view::npos ? 0 : authority + 3);
    if (slash == std::string_view::npos)
        return {};
    const std::string_view path = url.substr(slash);
    return path.substr(0, path.find_first_of("?#"));
}

} // namespace

// The form of /api/v2/sql is streamed; whatever else an endpoint may say is read as a whole.
Runner::Sending Runner::requestSending(const connector::RequestText &text) const
{
    const connector::RequestTarget target = connector::resolveTarget(m_settings.baseUrl, text.target);
    Sending sending;
    sending.request = connector::requestOf(text, target);
    sending.hasLogin = target.isOwnOrigin && !connector::hasHeader(text.headers, "Authorization");
    const bool isStatement = target.isOwnOrigin && text.method == "POST" && pathOf(target.url) == "/api/v2/sql";
    sending.isBuffered = !isStatement;
    sending.text = text.body;
    if (isStatement) {
        // The last line's end is the editor's, not the statement's.
        while (sending.request.body.ends_with('\n') || sending.request.body.ends_with('\r'))
            sending.request.body.pop_back();
        sending.text = sending.request.body;
        connector::Statement statement;
        statement.text = sending.request.body;
        sending.request.safeToRepeat = connector::readsOnly(statement, m_settings.language);
    }
    return sending;
}

} // namespace lindorm
