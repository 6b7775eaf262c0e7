// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/exportsheet.h"

#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"
#include "desktop/exportoptions.h"
#include "desktop/exportrows.h"
#include "desktop/resultpage.h"
#include "desktop/statusline.h"
#include "grid/gridview.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr qint64 kPreviewRows = 20;
constexpr int kPreviewDelayMs = 60;
constexpr int kFollowMs = 100;
constexpr int kProgressSteps = 1000;
}

ExportSheet::ExportSheet(Workers &workers, QWidget *parent)
    : QFrame(parent)
    , m_workers(workers)
    , m_job(new ExportJob(workers, this))
    , m_options(new ExportOptions(this))
    , m_scope(new QComboBox(this))
    , m_completeness(new QLabel(this))
    , m_zoneLabel(new QLabel(this))
    , m_preview(new QPlainTextEdit(this))
    , m_path(new QLineEdit(this))
    , m_progress(new QProgressBar(this))
    , m_start(new QPushButton(tr("Export"), this))
    , m_message(new common::MessageBar(this))
{
    setAutoFillBackground(true);
    auto *title = new QLabel(tr("Export to a file"), this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *close = new QToolButton(this);
    close->setAutoRaise(true);
    close->setIcon(common::icon(QStringLiteral("close"), common::Tint::Muted));
    close->setToolTip(tr("Close the export (a running one goes on)"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addStretch();
    head->addWidget(close);
    m_preview->setReadOnly(true);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setFont(common::dataFont());
    m_preview->setAccessibleName(tr("The first rows as they will be written"));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(4 * common::kStep);
    middle->addWidget(makeForm());
    middle->addWidget(m_preview, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * common::kStep, 2 * common::kStep, 2 * common::kStep, 2 * common::kStep);
    column->setSpacing(2 * common::kStep);
    column->addLayout(head);
    column->addLayout(middle, 1);
    column->addWidget(makeTarget());
    column->addWidget(m_message);
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(kPreviewDelayMs);
    m_followTimer.setSingleShot(true);
    m_followTimer.setInterval(kFollowMs);
    connect(&m_previewTimer, &QTimer::timeout, this, &ExportSheet::showPreview);
    connect(&m_followTimer, &QTimer::timeout, this, &ExportSheet::onGrew);
    connect(m_options, &ExportOptions::changed, this, &ExportSheet::onFormatChanged);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ExportSheet::refreshPreview);
    connect(m_start, &QPushButton::clicked, this, &ExportSheet::start);
    connect(m_path, &QLineEdit::returnPressed, this, &ExportSheet::start);
    connect(m_job, &ExportJob::finished, this, &ExportSheet::onFinished);
    connect(m_job, &ExportJob::progressed, this, [this] { refreshState(); });
    hide();
}

QWidget *ExportSheet::makeForm()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(common::kStep);
    m_scope->setAccessibleName(tr("Rows"));
    m_options->addFirst(tr("Rows"), m_scope);
    column->addWidget(m_options);
    for (QLabel *label : {m_zoneLabel, m_completeness}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_zoneLabel->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_zoneLabel);
    column->addWidget(m_completeness);
    column->addStretch();
    side->setFixedWidth(84 * common::kStep);
    return side;
}

QWidget *ExportSheet::makeTarget()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * common::kStep);
    m_path->setAccessibleName(tr("File to write"));
    auto *browse = new QPushButton(tr("Choose…"), line);
    connect(browse, &QPushButton::clicked, this, &ExportSheet::browse);
    m_progress->setRange(0, kProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(30 * common::kStep);
    m_progress->hide();
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    row->addWidget(m_progress);
    row->addWidget(m_start);
    return line;
}

void ExportSheet::openFor(ResultPage *page, const QString &zone)
{
    if (m_page)
        m_page->run()->disconnect(this);
    m_page = page;
    setZone(zone);
    if (!m_job->isRunning())
        m_message->hide();
    connect(page->run(), &StatementRun::stateChanged, this, &ExportSheet::refreshState);
    connect(page->run(), &StatementRun::finished, this, &ExportSheet::refreshScopes);
    connect(page->gridView(), &grid::GridView::selectionChanged, this, &ExportSheet::refreshScopes, Qt::UniqueConnection);
    refreshScopes();
    if (m_path->text().isEmpty())
        suggestPath();
    refreshState();
    show();
    m_options->formatBox()->setFocus();
}

void ExportSheet::setZone(const QString &zone)
{
    m_zone = zone;
    m_zoneLabel->setText(tr("Instants are written in the tab's time zone: %1").arg(zone));
    if (isVisible())
        refreshPreview();
}

void ExportSheet::refreshScopes()
{
    if (!m_page)
        return;
    const QVariant chosen = m_scope->currentData();
    const ExportRows rows(*m_page->gridView());
    const QSignalBlocker blocker(m_scope);
    m_scope->clear();
    m_scope->addItem(m_page->run()->isRunning() ? tr("All, also those that still arrive") : tr("All: %1").arg(rowsText(m_page->table().table().rowCount())), All);
    if (rows.isRearranged())
        m_scope->addItem(tr("As shown, sorted and filtered: %1").arg(rowsText(rows.shownCount())), Shown);
    if (const qint64 selected = rows.selectedCount(); selected > 0)
        m_scope->addItem(tr("Selected rows and columns: %1").arg(rowsText(selected)), Selected);
    m_scope->setCurrentIndex(qMax(0, m_scope->findData(chosen)));
    refreshPreview();
    refreshState();
}

void ExportSheet::onFormatChanged()
{
    QString path = m_path->text();
    const qsizetype slash = path.lastIndexOf(QLatin1Char('/'));
    const qsizetype dot = path.indexOf(QLatin1Char('.'), slash + 2);
    if (slash >= 0 && dot > slash)
        m_path->setText(path.left(dot) + m_options->extension());
    refreshPreview();
}

void ExportSheet::suggestPath()
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    if (folder.isEmpty() || !QDir(folder).exists())
        folder = QDir::homePath();
    m_path->setText(QDir(folder).filePath(QStringLiteral("result") + m_options->extension()));
}

void ExportSheet::browse()
{
    auto *dialog = new QFileDialog(this, tr("Export to"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_path->text());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { m_path->setText(path); });
    dialog->open();
}

core::Result<ExportRequest> ExportSheet::request() const
{
    if (!m_page || !m_page->run()->state().isResultSet) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = tr("There is no result to export.");
        return error;
    }
    ExportRequest request;
    request.table = m_page->table().table();
    request.format = m_options->format();
    request.options = m_options->writerOptions();
    request.isCompressed = m_options->isCompressed();
    request.path = m_path->text();
    if (auto zone = table::Zone::fromName(m_zone.toStdString()))
        request.options.zone = *zone;
    const ExportRows rows(*m_page->gridView());
    const int scope = m_scope->currentData().toInt();
    request.follows = scope == All && m_page->run()->isRunning();
    request.hasOrder = scope != All;
    if (scope == Shown)
        rows.chooseShown(request);
    else if (scope == Selected)
        rows.chooseSelected(request);
    return request;
}

void ExportSheet::refreshPreview()
{
    m_previewTimer.start();
}

void ExportSheet::showPreview()
{
    auto shown = request();
    if (!shown) {
        m_preview->setPlainText(shown.error().message);
        return;
    }
    const quint64 number = ++m_previewNumber;
    m_workers.ask<QString>(
        this, [request = *shown](const std::stop_token &) { return exportPreview(request, kPreviewRows); },
        [this, number](const QString &text) {
            if (number == m_previewNumber)
                m_preview->setPlainText(text);
        });
}

void ExportSheet::start()
{
    if (m_job->isRunning()) {
        m_job->cancel();
        return;
    }
    auto wanted = request();
    if (wanted && wanted->path.trimmed().isEmpty()) {
        m_path->setFocus();
        return;
    }
    if (!wanted) {
        m_message->showMessage(common::MessageBar::Kind::Danger, wanted.error().message, wanted.error().hint);
        return;
    }
    m_message->hide();
    if (wanted->follows) {
        m_exported = m_page;
        connect(m_page->run(), &StatementRun::finished, this, &ExportSheet::onGrew);
        m_followTimer.start();
    }
    m_job->start(std::move(*wanted));
    refreshState();
}

// The rows that have come since go to the worker; a result that is gone (its tab runs something else) ends the export.
void ExportSheet::onGrew()
{
    if (!m_job->isRunning())
        return;
    if (!m_exported) {
        m_job->cancel();
        return;
    }
    const bool isLast = !m_exported->run()->isRunning();
    m_job->update(m_exported->table().table(), isLast);
    if (!isLast)
        m_followTimer.start();
}

void ExportSheet::onFinished(const core::Result<ExportJob::Result> &result)
{
    m_followTimer.stop();
    using Kind = common::MessageBar::Kind;
    if (!result) {
        const bool isCancelled = result.error().kind == core::ErrorKind::Cancelled;
        m_message->showMessage(isCancelled ? Kind::Info : Kind::Danger, result.error().message, result.error().hint);
    } else {
        const QString said = tr("%1 written to %2 (%3).").arg(rowsText(result->rows), m_path->text(), bytesText(result->bytes));
        QStringList hints = result->warnings;
        const ResultPage *page = m_exported ? m_exported : m_page;
        const bool isCut = page && page->run()->state().outcome.completeness == connector::Completeness::Cut;
        if (isCut)
            hints.prepend(tr("The result itself is cut: %1").arg(completenessExplanation(page->run()->state().outcome)));
        m_message->showMessage(hints.isEmpty() ? Kind::Good : Kind::Warning, said, hints.join(QLatin1Char('\n')));
    }
    m_exported = nullptr;
    refreshState();
}

QString ExportSheet::completeness() const
{
    return m_completeness->text();
}

void ExportSheet::refreshState()
{
    const bool isRunning = m_job->isRunning();
    m_start->setText(isRunning ? tr("Cancel") : tr("Export"));
    m_progress->setVisible(isRunning);
    if (!m_page)
        return;
    const qint64 rows = m_page->table().table().rowCount();
    if (isRunning && rows > 0)
        m_progress->setValue(static_cast<int>(m_job->rowsWritten() * kProgressSteps / rows));
    const RunState &state = m_page->run()->state();
    QPalette::ColorRole role = QPalette::PlaceholderText;
    if (state.phase != RunState::Phase::Finished) {
        m_completeness->setText(tr("Rows still arrive; the export goes on to the last one."));
    } else if (state.outcome.completeness == connector::Completeness::Complete) {
        m_completeness->setText(tr("The result is complete."));
    } else if (state.outcome.completeness == connector::Completeness::Cut) {
        m_completeness->setText(tr("This result is cut: %1").arg(completenessExplanation(state.outcome)));
        role = QPalette::WindowText;
    } else {
        m_completeness->setText(completenessExplanation(state.outcome));
    }
    m_completeness->setForegroundRole(role);
}

} // namespace desktop

#include "moc_exportsheet.cpp"
