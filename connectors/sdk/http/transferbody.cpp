// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/transfer.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <strings.h>

// The body: from libcurl's buffer, through the content coding, to whoever reads.
namespace http {

namespace {

struct BodyTr {
    Q_DECLARE_TR_FUNCTIONS(HttpTransfer)
};

constexpr std::size_t kPackedRoom = 64 * 1024;

} // namespace

core::Result<void> Transfer::chooseDecoding()
{
    const std::string_view coding = m_headParser.head().header("content-encoding");
    const bool isIdentity = coding.size() == 8 && strncasecmp(coding.data(), "identity", 8) == 0;
    if (coding.empty() || isIdentity || m_request.method == "HEAD")
        return {};
    for (const std::string_view known : { "gzip", "x-gzip", "deflate" }) {
        if (coding.size() == known.size() && strncasecmp(coding.data(), known.data(), known.size()) == 0) {
            m_inflater = std::make_unique<Inflater>();
            m_packed.resize(kPackedRoom);
            return {};
        }
    }
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = BodyTr::tr("%1 sent its answer in the content coding \"%2\", which was not asked for.")
                        .arg(QString::fromStdString(m_peer.hostAndPort()), QString::fromUtf8(coding));
    error.httpStatus = m_headParser.head().status;
    fail(std::move(error));
    return *m_failure;
}

core::Result<Answer::ReadResult> Transfer::read(std::span<char> into, Clock::time_point deadline)
{
    if (m_isDelivered)
        return m_failure ? core::Result<ReadResult>(*m_failure) : core::Result<ReadResult>(ReadResult {});
    if (m_stop.stop_requested() || m_isOverLimit) {
        fail(m_isOverLimit ? overLimitError() : cancelledError(m_peer));
        m_isDelivered = true;
        return *m_failure;
    }
    auto result = m_inflater ? receiveInflated(into, deadline) : receive(into, deadline);
    if (result && result->state == Read::Data)
        cutAtLimit(*result);
    if (result && m_isOverLimit && result->size == 0)
        return read(into, deadline);
    if (!result || result->state == Read::End)
        m_isDelivered = true;
    else if (result->state == Read::Data)
        noteDelivered(into.first(result->size));
    return result;
}

core::Result<Answer::ReadResult> Transfer::receive(std::span<char> into, Clock::time_point deadline)
{
    if (m_overflowAt == m_overflow.size() && !m_isEnded) {
        m_overflow.clear();
        m_overflowAt = 0;
        m_into = into;
        m_filled = 0;
        advance(deadline);
        const std::size_t filled = std::exchange(m_filled, 0);
        m_into = {};
        if (filled > 0)
            return ReadResult { Read::Data, filled };
    }
    if (const std::size_t size = std::min(into.size(), m_overflow.size() - m_overflowAt); size > 0) {
        std::copy_n(m_overflow.data() + m_overflowAt, size, into.data());
        m_overflowAt += size;
        return ReadResult { Read::Data, size };
    }
    if (m_failure)
        return *m_failure;
    return ReadResult { m_isEnded ? Read::End : Read::Waiting, 0 };
}

core::Result<Answer::ReadResult> Transfer::receiveInflated(std::span<char> into, Clock::time_point deadline)
{
    for (;;) {
        const std::span<const char> packed(m_packed.data() + m_packedAt, m_packedEnd - m_packedAt);
        const Inflater::Step step = m_inflater->inflate(packed, into);
        m_packedAt += step.used;
        if (step.made > 0)
            return ReadResult { Read::Data, step.made };
        if (step.isDamaged) {
            core::Error error;
            error.kind = core::ErrorKind::Decode;
            error.message = BodyTr::tr("The compressed answer from %1 is damaged after %2 bytes.")
                                .arg(QString::fromStdString(m_peer.hostAndPort()))
                                .arg(m_exchange.bodyBytes);
            error.position.byte = m_exchange.bodyBytes;
            fail(std::move(error));
            return *m_failure;
        }
        if (m_packedAt < m_packedEnd)
            continue;
        auto received = receive(m_packed, deadline);
        if (!received || received->state == Read::Waiting)
            return received;
        if (received->state == Read::End && !m_inflater->isAtEnd()) {
            core::Error error;
            error.kind = core::ErrorKind::Network;
            error.message = BodyTr::tr("The compressed answer from %1 ends early, after %2 bytes.")
                                .arg(QString::fromStdString(m_peer.hostAndPort()))
                                .arg(m_exchange.bodyBytes);
            fail(std::move(error));
            return *m_failure;
        }
        if (received->state == Read::End)
            return received;
        m_packedAt = 0;
        m_packedEnd = received->size;
    }
}

void Transfer::noteDelivered(std::span<const char> bytes)
{
    m_exchange.bodyBytes += static_cast<std::int64_t>(bytes.size());
    const std::size_t kept = m_exchange.bodyStart.size();
    if (!m_request.secretAnswer && kept < Exchange::kBodyKept)
        m_exchange.bodyStart.append(bytes.data(), std::min(bytes.size(), Exchange::kBodyKept - kept));
}

// What is over the limit is not handed on; the next read says so.
void Transfer::cutAtLimit(ReadResult &result)
{
    const auto left = static_cast<std::size_t>(m_bodyLimit - m_exchange.bodyBytes);
    if (m_bodyLimit <= 0 || result.size <= left)
        return;
    result.size = left;
    m_isOverLimit = true;
}

core::Error Transfer::overLimitError() const
{
    core::Error error;
    error.kind = core::ErrorKind::Limit;
    error.message = BodyTr::tr("The answer from %1 is longer than this connection's limit of %2 bytes; the rest was not read.")
                        .arg(QString::fromStdString(m_peer.hostAndPort()))
                        .arg(m_bodyLimit);
    error.hint = BodyTr::tr("Raise max_body of the connection (0: no limit), or ask for less.");
    return error;
}

} // namespace http
