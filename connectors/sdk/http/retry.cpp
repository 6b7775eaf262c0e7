// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/retry.h"

#include <algorithm>
#include <charconv>
#include <string>

#include <curl/curl.h>

namespace http {

using std::chrono::milliseconds;

namespace {

std::int64_t currentMs()
{
    return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

constexpr std::int64_t kMostSeconds = 1'000'000'000;

} // namespace

std::optional<milliseconds> retryAfter(std::string_view value, std::int64_t nowMs)
{
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (end == value.data() + value.size() && problem != std::errc::invalid_argument && seconds >= 0)
        return std::chrono::seconds(problem == std::errc() ? std::min(seconds, kMostSeconds) : kMostSeconds);
    const time_t date = curl_getdate(std::string(value).c_str(), nullptr);
    if (date < 0 || value.empty())
        return std::nullopt;
    return std::max(milliseconds(0), milliseconds(static_cast<std::int64_t>(date) * 1000 - nowMs));
}

bool asksToComeBack(const Head &head)
{
    return head.status == 503 || head.status == 429;
}

milliseconds backOff(int attempt, const Transport &transport)
{
    constexpr int kMostDoublings = 16;
    return std::min(transport.firstBackOff * (1 << std::min(attempt, kMostDoublings)), Transport::kLongestWait);
}

std::optional<milliseconds> waitAfter(const Head &head, int attempt, const Transport &transport)
{
    const auto asked = retryAfter(head.header("Retry-After"), currentMs());
    if (asked && *asked > Transport::kLongestWait)
        return std::nullopt;
    return asked ? *asked : backOff(attempt, transport);
}

} // namespace http
