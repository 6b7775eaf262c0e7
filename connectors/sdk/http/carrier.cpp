// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/carrier.h"

#include <algorithm>
#include <ctime>
#include <iterator>
#include <utility>

namespace http {

namespace {

// Unlike the steady clock it runs on while the computer sleeps.
std::chrono::seconds secondsAwakeOrNot()
{
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::seconds(now.tv_sec);
}

CURLcode onTlsContext(CURL *, void *context, void *watch)
{
    static_cast<TlsWatch *>(watch)->attachTo(static_cast<SSL_CTX *>(context));
    return CURLE_OK;
}

} // namespace

Carrier::Carrier()
    : m_multi(curl_multi_init())
    , m_easy(curl_easy_init())
{
    if (m_multi) {
        curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 1L);
        curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
    }
}

Carrier::~Carrier()
{
    if (m_isRunning)
        curl_multi_remove_handle(m_multi, m_easy);
    curl_easy_cleanup(m_easy);
    if (m_multi)
        curl_multi_cleanup(m_multi);
}

bool Carrier::start()
{
    curl_easy_setopt(m_easy, CURLOPT_SSL_CTX_FUNCTION, &onTlsContext);
    curl_easy_setopt(m_easy, CURLOPT_SSL_CTX_DATA, &m_tls);
    m_isRunning = curl_multi_add_handle(m_multi, m_easy) == CURLM_OK;
    return m_isRunning;
}

void Carrier::stop()
{
    if (m_isRunning)
        curl_multi_remove_handle(m_multi, m_easy);
    m_isRunning = false;
    curl_easy_reset(m_easy);
}

std::unique_ptr<Carrier> CarrierPool::take(const std::string &route)
{
    const std::chrono::seconds now = secondsAwakeOrNot();
    std::vector<Idle> stale; // closed after the lock is gone
    {
        const std::lock_guard lock(m_mutex);
        const auto fresh = std::ranges::stable_partition(m_idle, [now](const Idle &idle) { return now - idle.since > kLongestIdle; });
        stale.assign(std::move_iterator(m_idle.begin()), std::move_iterator(fresh.begin()));
        m_idle.erase(m_idle.begin(), fresh.begin());
        for (auto idle = m_idle.rbegin(); idle != m_idle.rend(); ++idle) {
            if (idle->route != route)
                continue;
            std::unique_ptr<Carrier> carrier = std::move(idle->carrier);
            m_idle.erase(std::next(idle).base());
            return carrier;
        }
    }
    return std::make_unique<Carrier>();
}

void CarrierPool::giveBack(const std::string &route, std::unique_ptr<Carrier> carrier)
{
    std::unique_ptr<Carrier> surplus; // closed after the lock is gone
    const std::lock_guard lock(m_mutex);
    m_idle.push_back({ route, std::move(carrier), secondsAwakeOrNot() });
    if (m_idle.size() > kMostIdle) {
        surplus = std::move(m_idle.front().carrier);
        m_idle.erase(m_idle.begin());
    }
}

} // namespace http
