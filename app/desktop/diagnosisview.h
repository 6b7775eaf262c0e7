// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/workers.h"
#include "diagnosis/diagnosis.h"
#include "workspace/connections.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace desktop {

class StepRow;

// The test of a connection as a list of steps: each shows as it begins and ends, with its time; the one that fails is
// unfolded with what was seen, what to try, and the certificate where that is the matter.
class DiagnosisView : public QWidget
{
    Q_OBJECT
public:
    // Both outlive the view. manifests: of all connectors, so that a foreign server is recognised.
    DiagnosisView(const std::vector<connector::Manifest> &manifests, Workers &workers, QWidget *parent = nullptr);
    ~DiagnosisView() override;

    // Starts a test on a worker; one that runs is cancelled and forgotten. name: as it is shown.
    void start(const QString &name, std::shared_ptr<workspace::Connection> connection);
    // A connection that could not be opened: its settings are the step that failed.
    void showFailure(const QString &name, const core::Error &error);
    // Cancels at once.
    void stop();

    QString name() const { return m_report.connection; }
    bool isRunning() const { return m_isRunning; }
    const diagnosis::Report &report() const { return m_report; } // whole once finished has come
    QString reportText() const;
    // Shows a button in the head that closes the view: it hides, and cancels a test that runs.
    void setClosable(bool isClosable);
    QPushButton *acceptButton() const; // nullptr: no certificate waits to be accepted

Q_SIGNALS:
    void finished();
    // "Test again" was pressed: whoever hosts the view opens the connection anew and starts.
    void againWanted();
    // SHA-256 of the certificate that is to be accepted, 64 hex digits: the connection's network setting "fingerprint".
    void fingerprintAccepted(const QString &fingerprint);

private:
    void reset(const QString &name);
    void stepCame(const diagnosis::Step &step);
    void ended(const diagnosis::Report &report);
    void showState();
    void copyReport();

    const std::vector<connector::Manifest> &m_manifests;
    Workers &m_workers;
    QLabel *m_title;
    QLabel *m_state;
    QToolButton *m_close;
    QPushButton *m_again;
    QPushButton *m_stop;
    QPushButton *m_copy;
    QScrollArea *m_scroll;
    QVBoxLayout *m_list;
    std::vector<StepRow *> m_rows; // by StepId
    diagnosis::Report m_report;
    std::stop_source m_stopSource{std::nostopstate};
    std::uint64_t m_run = 0; // tells a test from its successor
    bool m_isRunning = false;
};

} // namespace desktop
