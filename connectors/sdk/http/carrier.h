// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/tlswatch.h"

#include <curl/curl.h>

namespace http {

// A libcurl transfer with the one connection that it keeps, its TLS session and its read certificates. One request at
// a time, on one thread at a time.
class Carrier
{
public:
    Carrier();
    ~Carrier();
    Carrier(const Carrier &) = delete;
    Carrier &operator=(const Carrier &) = delete;

    bool isUsable() const { return m_multi && m_easy; }
    CURL *easy() const { return m_easy; }
    CURLM *multi() const { return m_multi; }
    TlsWatch &tls() { return m_tls; }

    // start() once all options are set; stop() puts the handle back to its defaults. The connection stays open if the
    // answer was read to its end, and is closed otherwise.
    bool start();
    void stop();

private:
    TlsWatch m_tls; // OpenSSL refers to it as long as a connection lives
    CURLM *m_multi = nullptr;
    CURL *m_easy = nullptr;
    bool m_isRunning = false;
};

// The idle carriers of one client, by route. Thread-safe; nothing of libcurl is called under its lock.
class CarrierPool
{
public:
    // The one used last for this route (Route::key), or a new one. Those that have been idle for so long that something
    // on the way may have forgotten their connection are closed; the time that the computer slept counts.
    std::unique_ptr<Carrier> take(const std::string &route);
    void giveBack(const std::string &route, std::unique_ptr<Carrier> carrier);

    static constexpr std::size_t kMostIdle = 8;
    static constexpr std::chrono::seconds kLongestIdle { 90 };

private:
    struct Idle {
        std::string route;
        std::unique_ptr<Carrier> carrier;
        std::chrono::seconds since; // as secondsAwakeOrNot()
    };
    std::mutex m_mutex;
    std::vector<Idle> m_idle; // the one used last at the end
};

} // namespace http
