// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/carrier.h"

#include <utility>

namespace http {

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

std::unique_ptr<Carrier> CarrierPool::take(const std::string &origin)
{
    {
        const std::lock_guard lock(m_mutex);
        for (auto idle = m_idle.rbegin(); idle != m_idle.rend(); ++idle) {
            if (idle->origin != origin)
                continue;
            std::unique_ptr<Carrier> carrier = std::move(idle->carrier);
            m_idle.erase(std::next(idle).base());
            return carrier;
        }
    }
    return std::make_unique<Carrier>();
}

void CarrierPool::giveBack(const std::string &origin, std::unique_ptr<Carrier> carrier)
{
    std::unique_ptr<Carrier> surplus; // closed after the lock is gone
    const std::lock_guard lock(m_mutex);
    m_idle.push_back({ origin, std::move(carrier) });
    if (m_idle.size() > kMostIdle) {
        surplus = std::move(m_idle.front().carrier);
        m_idle.erase(m_idle.begin());
    }
}

} // namespace http
