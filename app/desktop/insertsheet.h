// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/connectionservice.h"
#include "desktop/insertjob.h"
#include "desktop/insertsource.h"

#include <QFrame>
#include <QTimer>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace common {
class MessageBar;
}

namespace desktop {

// Where rows are put into a table: typed as a form, or from the clipboard, a file or another result, with columns
// matched by name. What is wrong with them is told with row and column before anything is sent, what will be sent is
// shown, and in the end what became of every row.
class InsertSheet : public QFrame
{
    Q_OBJECT
public:
    InsertSheet(ConnectionService &connections, Workers &workers, QWidget *parent = nullptr);

    // Asks what a row of the table takes, and shows itself.
    void openFor(const QString &connection, const std::vector<std::string> &path);
    // What "this tab's result" is.
    void setResult(std::function<std::optional<table::Table>()> result) { m_result = std::move(result); }

    void useForm();
    void useText(const QString &title, const QByteArray &text);
    void useClipboard();
    void useFile(const QString &path);
    void useResult();

    QTableWidget *fields() const { return m_fields; }
    QPlainTextEdit *preview() const { return m_preview; }
    QPushButton *startButton() const { return m_start; }
    common::MessageBar *messages() const { return m_message; }
    bool isReady() const { return m_prepared && m_prepared->complaints.empty(); }

public Q_SLOTS:
    void start();

Q_SIGNALS:
    void finished();

private:
    struct Prepared {
        std::shared_ptr<const InsertRows> rows;
        std::vector<connector::InsertComplaint> complaints;
        QString preview;
    };

    QWidget *makeSources();
    void showFields();
    void addField(int line);
    void setSource(InsertSource source);
    InsertSource typedRow() const;
    std::vector<int> chosenColumns() const;
    void refresh();
    void prepare();
    void showPrepared(const Prepared &prepared);
    void browse();
    void fail(const core::Error &error);
    void onFinished(const InsertAccount &account);
    static Prepared prepared(const connector::Session &session, const std::vector<std::string> &path, const connector::CallForm &form,
        const InsertSource &source, const std::vector<int> &columns);

    ConnectionService &m_connections;
    Workers &m_workers;
    InsertJob *m_job;
    QString m_connectionName;
    std::shared_ptr<workspace::Connection> m_connection;
    std::vector<std::string> m_path;
    connector::CallForm m_form;
    std::shared_ptr<const InsertSource> m_source; // null: typed
    std::shared_ptr<const Prepared> m_prepared; // null: not yet
    std::function<std::optional<table::Table>()> m_result;
    quint64 m_number = 0; // of the latest preparation
    bool m_isConfirmed = false;
    QLabel *m_title;
    QLabel *m_said;
    QTableWidget *m_fields;
    QPlainTextEdit *m_preview;
    QPushButton *m_start;
    common::MessageBar *m_message;
    QTimer m_timer;
};

} // namespace desktop
