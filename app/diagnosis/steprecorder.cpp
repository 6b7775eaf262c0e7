// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/steprecorder.h"

#include <algorithm>

namespace diagnosis {

StepRecorder::StepRecorder(QString connection, std::function<void(const Step &)> told)
    : m_told(std::move(told))
{
    m_report.connection = std::move(connection);
}

void StepRecorder::begin(StepId id)
{
    m_step = Step();
    m_step.id = id;
    m_isRunning = true;
    m_begin = std::chrono::steady_clock::now();
    m_told(m_step);
}

void StepRecorder::ok(const QString &detail)
{
    end(Status::Ok, detail);
}

void StepRecorder::failed(core::Error error)
{
    m_step.error = std::move(error);
    end(Status::Failed, m_step.error->message);
}

void StepRecorder::skipped(const QString &why)
{
    end(Status::Skipped, why);
}

void StepRecorder::end(Status status, const QString &detail)
{
    m_step.status = status;
    m_step.detail = detail;
    m_step.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - m_begin).count();
    m_isRunning = false;
    m_report.steps.push_back(m_step);
    m_told(m_step);
}

void StepRecorder::skip(StepId id, const QString &why)
{
    Step step;
    step.id = id;
    step.status = Status::Skipped;
    step.detail = why;
    m_report.steps.push_back(step);
    m_told(step);
}

Report StepRecorder::finish()
{
    for (std::size_t i = 0; i <= static_cast<std::size_t>(kLastStep); ++i) {
        const StepId id = static_cast<StepId>(i);
        const bool isTaken = std::any_of(
            m_report.steps.begin(), m_report.steps.end(), [id](const Step &step) { return step.id == id; });
        if (!isTaken)
            skip(id);
    }
    std::stable_sort(m_report.steps.begin(), m_report.steps.end(), [](const Step &left, const Step &right) { return left.id < right.id; });
    return std::move(m_report);
}

} // namespace diagnosis
