// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/diagnosis.h"

#include <chrono>

namespace diagnosis {

// Keeps the steps of a run and tells of each as it begins and ends.
class StepRecorder
{
public:
    StepRecorder(QString connection, std::function<void(const Step &)> told);

    // The steps that follow belong to the one that began last and has not ended.
    void begin(StepId id);
    void ok(const QString &detail = {});
    void failed(core::Error error);
    void skipped(const QString &why);
    void keepTls(std::shared_ptr<const http::TlsFacts> tls) { m_step.tls = std::move(tls); }
    bool isRunning() const { return m_isRunning; }
    StepId current() const { return m_step.id; }
    // The time from which the step that runs counts, where it did not begin just now.
    void startedAt(std::chrono::steady_clock::time_point at) { m_begin = at; }

    // Not taken at all.
    void skip(StepId id, const QString &why = {});
    // All that were not taken are skipped.
    Report finish();

private:
    void end(Status status, const QString &detail);

    Report m_report;
    const std::function<void(const Step &)> m_told;
    Step m_step;
    bool m_isRunning = false;
    std::chrono::steady_clock::time_point m_begin;
};

} // namespace diagnosis
