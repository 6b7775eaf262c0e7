// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "diagnosis/diagnosis.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <string>

// Tests a connection that a URL describes.
class Trial
{
public:
    explicit Trial(const std::string &url)
        : m_manifests(m_registry.manifests())
        , m_profile(connector::profileFromUrl(url, m_manifests))
    {
        limits.answer = std::chrono::seconds(30); // only silence is waited for
        limits.probe = std::chrono::seconds(10);
    }

    bool isUnderstood() const { return m_profile.ok(); }
    connector::Profile &profile() { return m_profile.value(); }

    const diagnosis::Report &run(const std::function<void(const diagnosis::Step &)> &told = {}, std::stop_token stop = {})
    {
        auto connector = m_registry.connector(m_profile->connectorId);
        diagnosis::Observer observer;
        observer.step = [this, told](const diagnosis::Step &step) {
            m_told << QStringLiteral("%1 %2").arg(QLatin1String(diagnosis::word(step.id)), QLatin1String(diagnosis::word(step.status)));
            if (told)
                told(step);
        };
        m_report = diagnosis::diagnose({*m_profile, *connector.value(), m_manifests}, observer, stop, limits);
        return m_report;
    }

    const diagnosis::Step &step(diagnosis::StepId id) const { return m_report.steps.at(static_cast<std::size_t>(id)); }
    // "profile ok", "name ok", "address ok", "tcp failed", …
    QString failing() const { return m_report.failed() ? QLatin1String(diagnosis::word(m_report.failed()->id)) : QString(); }
    QString seen() const { return m_report.failed() ? m_report.failed()->error->message : QString(); }
    QString advice() const { return m_report.failed() ? m_report.failed()->error->hint : QString(); }
    QStringList told() const { return m_told; }

    diagnosis::Limits limits;

private:
    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    const std::vector<connector::Manifest> m_manifests;
    core::Result<connector::Profile> m_profile;
    diagnosis::Report m_report;
    QStringList m_told;
};

inline std::string answer(const std::string &body, const std::string &status = "200 OK",
    const std::string &headers = "Content-Type: application/json\r\n")
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
