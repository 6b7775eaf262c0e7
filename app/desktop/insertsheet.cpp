// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/insertsheet.h"

#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"
#include "desktop/silentsink.h"
#include "desktop/statusline.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr std::size_t kMostComplaints = 100;
constexpr std::size_t kPreviewedRows = 200;
constexpr qsizetype kPreviewChars = 20000;
constexpr int kPrepareDelayMs = 120;
constexpr int kValueColumn = 2;
}

InsertSheet::InsertSheet(ConnectionService &connections, Workers &workers, QWidget *parent)
    : QFrame(parent)
    , m_connections(connections)
    , m_workers(workers)
    , m_job(new InsertJob(workers, this))
    , m_title(new QLabel(this))
    , m_said(new QLabel(this))
    , m_fields(new QTableWidget(this))
    , m_preview(new QPlainTextEdit(this))
    , m_start(new QPushButton(tr("Insert"), this))
    , m_message(new common::MessageBar(this))
{
    setAutoFillBackground(true);
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    auto *close = new QToolButton(this);
    close->setAutoRaise(true);
    close->setIcon(common::icon(QStringLiteral("close"), common::Tint::Muted));
    close->setToolTip(tr("Close (rows that are on their way are still sent)"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close);
    m_fields->setColumnCount(3);
    m_fields->verticalHeader()->hide();
    m_fields->horizontalHeader()->setStretchLastSection(true);
    m_fields->horizontalHeader()->setHighlightSections(false);
    m_fields->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_fields->setAccessibleName(tr("Columns of the table, and what goes into them"));
    m_preview->setReadOnly(true);
    m_preview->setFont(common::dataFont());
    m_preview->setAccessibleName(tr("What will be sent"));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(3 * common::kStep);
    middle->addWidget(m_fields, 1);
    middle->addWidget(m_preview, 1);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setForegroundRole(QPalette::PlaceholderText);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_said, 1);
    foot->addWidget(m_start);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * common::kStep, 2 * common::kStep, 2 * common::kStep, 2 * common::kStep);
    column->setSpacing(2 * common::kStep);
    column->addLayout(head);
    column->addWidget(makeSources());
    column->addLayout(middle, 1);
    column->addLayout(foot);
    column->addWidget(m_message);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kPrepareDelayMs);
    connect(&m_timer, &QTimer::timeout, this, &InsertSheet::prepare);
    connect(m_fields, &QTableWidget::cellChanged, this, &InsertSheet::refresh);
    connect(m_start, &QPushButton::clicked, this, &InsertSheet::start);
    connect(m_job, &InsertJob::finished, this, &InsertSheet::onFinished);
    connect(m_job, &InsertJob::progressed, this, [this](qint64 written, qint64 batches) {
        m_said->setText(tr("%1 written in %2 requests…").arg(rowsText(written), countText(batches)));
    });
    hide();
}

QWidget *InsertSheet::makeSources()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * common::kStep);
    const auto add = [&](const QString &text, auto slot) {
        auto *button = new QPushButton(text, bar);
        connect(button, &QPushButton::clicked, this, slot);
        row->addWidget(button);
    };
    add(tr("Type one row"), &InsertSheet::useForm);
    add(tr("From the clipboard"), &InsertSheet::useClipboard);
    add(tr("From a CSV file…"), &InsertSheet::browse);
    add(tr("From this tab's result"), &InsertSheet::useResult);
    row->addStretch();
    return bar;
}

void InsertSheet::openFor(const QString &connection, const std::vector<std::string> &path)
{
    m_connectionName = connection;
    m_path = path;
    m_title->setText(tr("Insert"));
    m_said->setText(tr("Asking the server for the columns…"));
    m_start->setEnabled(false);
    m_message->hide();
    show();
    m_connections.open(connection, this, [this](const ConnectionResult &opened) {
        if (!opened) {
            fail(opened.error());
            return;
        }
        m_connection = opened.value();
        using Form = core::Result<connector::CallForm>;
        m_workers.ask<Form>(
            this,
            [open = m_connection, path = m_path](std::stop_token stop) {
                SilentSink sink;
                return open->session->insertForm(path, sink, std::move(stop));
            },
            [this](const Form &form) {
                if (!form) {
                    fail(form.error());
                    return;
                }
                m_form = *form;
                m_title->setText(m_form.title);
                useForm();
            });
    });
}

void InsertSheet::fail(const core::Error &error)
{
    m_said->clear();
    m_start->setEnabled(false);
    m_message->showMessage(common::MessageBar::Kind::Danger, error.message, error.hint);
}

void InsertSheet::useForm()
{
    m_source.reset();
    showFields();
}

void InsertSheet::useText(const QString &title, const QByteArray &text)
{
    using Read = core::Result<InsertSource>;
    m_workers.ask<Read>(
        this,
        [title, text](const std::stop_token &) {
            return InsertSource::fromText(title, std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        },
        [this](Read read) {
            if (read)
                setSource(std::move(read).value());
            else
                fail(read.error());
        });
}

void InsertSheet::useClipboard()
{
    useText(tr("the clipboard"), QGuiApplication::clipboard()->text().toUtf8());
}

void InsertSheet::useFile(const QString &path)
{
    using Read = core::Result<InsertSource>;
    m_workers.ask<Read>(
        this,
        [path](const std::stop_token &) -> Read {
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly)) {
                core::Error error;
                error.kind = core::ErrorKind::Usage;
                error.message = tr("%1 cannot be read: %2").arg(path, file.errorString());
                return error;
            }
            const QByteArray text = file.readAll();
            return InsertSource::fromText(QFileInfo(path).fileName(), std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        },
        [this](Read read) {
            if (read)
                setSource(std::move(read).value());
            else
                fail(read.error());
        });
}

void InsertSheet::useResult()
{
    const std::optional<table::Table> table = m_result ? m_result() : std::nullopt;
    if (!table) {
        core::Error error;
        error.message = tr("This tab has no result yet.");
        error.hint = tr("Run a statement whose columns have the names of the table's.");
        fail(error);
        return;
    }
    m_workers.ask<InsertSource>(
        this, [table = *table](const std::stop_token &) { return InsertSource::fromTable(tr("the result of this tab"), table); },
        [this](InsertSource source) { setSource(std::move(source)); });
}

void InsertSheet::browse()
{
    auto *dialog = new QFileDialog(this, tr("Rows to insert"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Separated values (*.csv *.tsv *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &InsertSheet::useFile);
    dialog->open();
}

void InsertSheet::setSource(InsertSource source)
{
    m_source = std::make_shared<const InsertSource>(std::move(source));
    m_message->hide();
    showFields();
}

void InsertSheet::showFields()
{
    const QSignalBlocker blocker(m_fields);
    m_fields->clear();
    m_fields->setHorizontalHeaderLabels({tr("Column"), tr("Type"), m_source ? tr("From %1").arg(m_source->title) : tr("Value (empty: not given, '' an empty text)")});
    m_fields->setRowCount(static_cast<int>(m_form.fields.size()));
    for (int line = 0; line < m_fields->rowCount(); ++line)
        addField(line);
    m_fields->resizeColumnToContents(0);
    m_fields->resizeColumnToContents(1);
    refresh();
}

void InsertSheet::addField(int line)
{
    const connector::CallField &field = m_form.fields[static_cast<std::size_t>(line)];
    for (const int column : {0, 1}) {
        auto *item = new QTableWidgetItem(column == 0 ? QString::fromStdString(field.name) : field.type);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setToolTip(field.hint);
        m_fields->setItem(line, column, item);
    }
    if (!m_source) {
        m_fields->removeCellWidget(line, kValueColumn);
        m_fields->setItem(line, kValueColumn, new QTableWidgetItem(QString::fromStdString(field.value)));
        return;
    }
    auto *box = new QComboBox(m_fields);
    box->setFrame(false);
    box->addItem(field.isRequired ? tr("choose a column") : tr("not given"));
    for (const std::string &name : m_source->names)
        box->addItem(QString::fromStdString(name));
    box->setCurrentIndex(matchColumns(m_form, m_source->names)[static_cast<std::size_t>(line)] + 1);
    connect(box, &QComboBox::currentIndexChanged, this, &InsertSheet::refresh);
    m_fields->setCellWidget(line, kValueColumn, box);
}

// A row of what was typed: only fields with something in them are columns of it.
InsertSource InsertSheet::typedRow() const
{
    InsertSource source;
    source.rows.emplace_back();
    for (int line = 0; line < m_fields->rowCount(); ++line) {
        const QTableWidgetItem *item = m_fields->item(line, kValueColumn);
        const QString text = item ? item->text() : QString();
        source.names.push_back(m_form.fields[static_cast<std::size_t>(line)].name);
        source.rows[0].push_back(text.isEmpty() ? std::nullopt
                                                : std::optional<std::string>(text == QLatin1String("''") ? std::string() : text.toStdString()));
    }
    return source;
}

std::vector<int> InsertSheet::chosenColumns() const
{
    std::vector<int> columns;
    for (int line = 0; line < m_fields->rowCount(); ++line) {
        if (const auto *box = qobject_cast<QComboBox *>(m_fields->cellWidget(line, kValueColumn))) {
            columns.push_back(box->currentIndex() - 1);
        } else {
            const QTableWidgetItem *item = m_fields->item(line, kValueColumn);
            columns.push_back(item && !item->text().isEmpty() ? line : -1);
        }
    }
    return columns;
}

void InsertSheet::refresh()
{
    m_prepared.reset();
    m_isConfirmed = false;
    m_start->setText(tr("Insert"));
    m_start->setEnabled(false);
    m_timer.start();
}

InsertSheet::Prepared InsertSheet::prepared(const connector::Session &session, const std::vector<std::string> &path,
    const connector::CallForm &form, const InsertSource &source, const std::vector<int> &columns)
{
    Prepared made;
    ArrangedRows arranged = arrange(form, source, columns);
    auto rows = std::make_shared<InsertRows>(InsertRows{path, std::move(arranged.form), std::move(arranged.rows)});
    made.complaints = connector::checkInsert(rows->form, rows->rows, 0, kMostComplaints);
    const std::span<const connector::InsertRow> all(rows->rows);
    if (rows->form.fields.empty()) {
        made.preview = tr("No column has a value yet.");
    } else if (made.complaints.empty()) {
        const auto batches = session.insertStatements(path, rows->form, all.subspan(0, std::min(all.size(), kPreviewedRows)));
        if (!batches)
            made.preview = core::toText(batches.error());
        else if (!batches->empty())
            made.rows = rows;
        for (std::size_t i = 0; batches && i < batches->size() && made.preview.size() < kPreviewChars; ++i)
            made.preview += QString::fromStdString((*batches)[i].statement) + QStringLiteral("\n\n");
    }
    for (const connector::InsertComplaint &complaint : made.complaints) {
        made.preview += tr("Row %1, %2: %3").arg(countText(static_cast<qint64>(complaint.row) + 1),
                            QString::fromStdString(rows->form.fields[complaint.field].name), complaint.what)
            + QLatin1Char('\n');
    }
    made.preview.truncate(kPreviewChars);
    if (made.rows == nullptr && made.complaints.empty())
        made.complaints.emplace_back(); // nothing to send
    return made;
}

void InsertSheet::prepare()
{
    if (!m_connection)
        return;
    const quint64 number = ++m_number;
    auto source = m_source ? m_source : std::make_shared<const InsertSource>(typedRow());
    m_workers.ask<Prepared>(
        this,
        [open = m_connection, path = m_path, form = m_form, source, columns = chosenColumns()](const std::stop_token &) {
            return prepared(*open->session, path, form, *source, columns);
        },
        [this, number](const Prepared &made) {
            if (number == m_number)
                showPrepared(made);
        });
}

void InsertSheet::showPrepared(const Prepared &made)
{
    m_prepared = std::make_shared<const Prepared>(made);
    m_preview->setPlainText(made.preview);
    const qint64 rows = made.rows ? static_cast<qint64>(made.rows->rows.size()) : 0;
    if (made.complaints.empty())
        m_said->setText(tr("%1 to insert; at the right what is sent first.").arg(rowsText(rows)));
    else
        m_said->setText(tr("Nothing can be sent yet: see at the right."));
    m_start->setEnabled(made.complaints.empty() && !m_job->isRunning());
}

void InsertSheet::start()
{
    if (m_job->isRunning()) {
        m_job->cancel();
        return;
    }
    if (!isReady())
        return;
    if (m_connection->isReadOnly) {
        m_message->showMessage(common::MessageBar::Kind::Warning, tr("The connection is read-only."), tr("Nothing was sent. Use another connection for it."));
        return;
    }
    if (m_connection->environment == "production" && !m_isConfirmed) {
        m_isConfirmed = true;
        m_start->setText(tr("Insert into production"));
        m_message->showMessage(common::MessageBar::Kind::Warning, tr("%1 is a production connection.").arg(m_connectionName),
            tr("Press once more to insert %1.").arg(rowsText(static_cast<qint64>(m_prepared->rows->rows.size()))));
        return;
    }
    m_message->hide();
    m_start->setText(tr("Stop"));
    m_job->start(m_connection, m_prepared->rows);
}

void InsertSheet::onFinished(const InsertAccount &account)
{
    m_isConfirmed = false;
    m_start->setText(tr("Insert"));
    m_start->setEnabled(isReady());
    QStringList parts{tr("%1 written").arg(rowsText(account.written))};
    if (account.refused > 0)
        parts << tr("%1 refused by the server").arg(rowsText(account.refused));
    if (account.unknown > 0)
        parts << tr("%1 may have been written: the answer was lost").arg(rowsText(account.unknown));
    if (account.unsent > 0)
        parts << tr("%1 not sent").arg(rowsText(account.unsent));
    const QString said = parts.join(QStringLiteral(", ")) + QStringLiteral(". ") + tr("Requests: %1").arg(countText(account.batches));
    m_said->setText(said);
    if (account.error)
        m_message->showMessage(common::MessageBar::Kind::Danger, said, core::toText(*account.error));
    else
        m_message->showMessage(account.unsent > 0 ? common::MessageBar::Kind::Warning : common::MessageBar::Kind::Good, said);
    Q_EMIT finished();
}

} // namespace desktop

#include "moc_insertsheet.cpp"
