// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/outcome.h"
#include "desktop/exportjob.h"

#include <QFrame>
#include <QPointer>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace common {
class MessageBar;
}

namespace desktop {

class ExportOptions;
class ResultPage;

// Where a result becomes a file: which rows, the format and what it leaves open, the first rows as they will stand
// there, and the file. Part of the tab, above the result; it stays while an export runs and tells its end.
class ExportSheet : public QFrame
{
    Q_OBJECT
public:
    explicit ExportSheet(Workers &workers, QWidget *parent = nullptr);

    // Shows itself for this result; zone is the tab's, an IANA name.
    void openFor(ResultPage *page, const QString &zone);
    void setZone(const QString &zone);

    ExportOptions *options() const { return m_options; }
    QComboBox *scope() const { return m_scope; }
    QLineEdit *path() const { return m_path; }
    QPlainTextEdit *preview() const { return m_preview; }
    QPushButton *startButton() const { return m_start; }
    common::MessageBar *messages() const { return m_message; }
    QString completeness() const;
    ExportJob *job() const { return m_job; }

public Q_SLOTS:
    void start();

private:
    enum Scope { All, Shown, Selected };

    QWidget *makeForm();
    QWidget *makeTarget();
    void refreshScopes();
    void refreshPreview();
    void showPreview();
    void refreshState();
    void suggestPath();
    void browse();
    void onFormatChanged();
    void onGrew();
    void onFinished(const core::Result<ExportJob::Result> &result);
    core::Result<ExportRequest> request() const;

    Workers &m_workers;
    ExportJob *m_job;
    QPointer<ResultPage> m_page;
    QPointer<ResultPage> m_exported; // whose rows the job follows
    QString m_zone;
    ExportOptions *m_options;
    QComboBox *m_scope;
    QLabel *m_completeness;
    QLabel *m_zoneLabel;
    QPlainTextEdit *m_preview;
    QLineEdit *m_path;
    QProgressBar *m_progress;
    QPushButton *m_start;
    common::MessageBar *m_message;
    QTimer m_previewTimer;
    QTimer m_followTimer;
    quint64 m_previewNumber = 0;
};

} // namespace desktop
