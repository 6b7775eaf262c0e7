// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"
#include "diagnosis/step.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <vector>

namespace diagnosis {

// What is tested. All outlive the run.
struct Subject {
    const connector::Profile &profile;
    connector::Connector &connector;
    const std::vector<connector::Manifest> &manifests; // that of the profile's connector among them
};

struct Limits {
    std::chrono::milliseconds answer{60000}; // without a byte of an answer; a function's or a cluster's cold start is waited for
    std::chrono::milliseconds probe{3000}; // of requests that only find out who answers there
};

// Told on the thread that runs the test.
struct Observer {
    std::function<void(const Step &step)> step; // as a step begins (Running) and ends, each once
    std::function<void(const http::Exchange &exchange)> exchange; // as connector::Sink has it
};

// Tries a connection step by step, on connections and with a log-in of its own: nothing is reused, so that each step takes
// place. Blocks on a worker thread. A stop ends it at once: the step on its way fails with Cancelled. Sends what reads
// only; where the server turns out to be another, requests without a log-in ask it what it is.
Report diagnose(const Subject &subject, const Observer &observer, std::stop_token stop, const Limits &limits = {});

// The report on a connection whose settings do not do: nothing was sent.
Report reportOf(const QString &connection, const core::Error &error, const Observer &observer);

} // namespace diagnosis
