// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

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

    // start() once all options are set; stop() puts the handle back to its defaults. The connection stays open if the
    // answer was read to its end, and is closed otherwise.
    bool start();
    void stop();

private:
    CURLM *m_multi = nullptr;
    CURL *m_easy = nullptr;
    bool m_isRunning = false;
};

// The idle carriers of one client, by origin. Thread-safe; nothing of libcurl is called under its lock.
class CarrierPool
{
public:
    // The one used last for this origin ("http://host:port"), or a new one.
    std::unique_ptr<Carrier> take(const std::string &origin);
    void giveBack(const std::string &origin, std::unique_ptr<Carrier> carrier);

    static constexpr std::size_t kMostIdle = 8;

private:
    struct Idle {
        std::string origin;
        std::unique_ptr<Carrier> carrier;
    };
    std::mutex m_mutex;
    std::vector<Idle> m_idle; // the one used last at the end
};

} // namespace http
