// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/diagnosisview.h"

#include "common/icons.h"
#include "common/theme.h"
#include "desktop/steprow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace desktop {

DiagnosisView::DiagnosisView(const std::vector<connector::Manifest> &manifests, Workers &workers, QWidget *parent)
    : QWidget(parent)
    , m_manifests(manifests)
    , m_workers(workers)
    , m_title(new QLabel(this))
    , m_state(new QLabel(this))
    , m_close(new QToolButton(this))
    , m_again(new QPushButton(common::icon(QStringLiteral("refresh")), tr("Test again"), this))
    , m_stop(new QPushButton(common::icon(QStringLiteral("stop")), tr("Stop"), this))
    , m_copy(new QPushButton(common::icon(QStringLiteral("copy")), tr("Copy report"), this))
    , m_scroll(new QScrollArea(this))
    , m_list(new QVBoxLayout)
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    for (QLabel *label : {m_title, m_state}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_state->setForegroundRole(QPalette::PlaceholderText);
    auto *content = new QWidget(m_scroll);
    content->setLayout(m_list);
    m_list->setContentsMargins(0, common::kStep, 0, common::kStep);
    m_list->setSpacing(0);
    for (std::size_t i = 0; i <= static_cast<std::size_t>(diagnosis::kLastStep); ++i) {
        auto *row = new StepRow(static_cast<diagnosis::StepId>(i), content);
        connect(row, &StepRow::fingerprintAccepted, this, &DiagnosisView::fingerprintAccepted);
        m_list->addWidget(row);
        m_rows.push_back(row);
    }
    m_list->addStretch();
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Steps"));

    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(3 * common::kStep, common::kStep, 3 * common::kStep, 2 * common::kStep);
    buttons->setSpacing(2 * common::kStep);
    buttons->addWidget(m_again);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    auto *head = new QVBoxLayout;
    head->setContentsMargins(3 * common::kStep, 2 * common::kStep, 3 * common::kStep, common::kStep);
    head->setSpacing(common::kStep / 2);
    auto *line = new QHBoxLayout;
    line->addWidget(m_title, 1);
    line->addWidget(m_close, 0, Qt::AlignTop);
    head->addLayout(line);
    head->addWidget(m_state);
    m_close->setAutoRaise(true);
    m_close->setIcon(common::icon(QStringLiteral("close"), common::Tint::Muted));
    m_close->setToolTip(tr("Close the test"));
    m_close->setAccessibleName(m_close->toolTip());
    m_close->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    column->addLayout(buttons);
    connect(m_again, &QPushButton::clicked, this, &DiagnosisView::againWanted);
    connect(m_close, &QToolButton::clicked, this, &DiagnosisView::stop);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_stop, &QPushButton::clicked, this, &DiagnosisView::stop);
    connect(m_copy, &QPushButton::clicked, this, &DiagnosisView::copyReport);
    showState();
}

DiagnosisView::~DiagnosisView()
{
    m_stopSource.request_stop();
}

void DiagnosisView::reset(const QString &name)
{
    m_stopSource.request_stop();
    ++m_run;
    m_report = {};
    m_report.connection = name;
    m_title->setText(name.isEmpty() ? tr("Test of the settings above") : tr("Test of %1").arg(name));
    for (StepRow *row : m_rows)
        row->clear();
}

void DiagnosisView::start(const QString &name, std::shared_ptr<workspace::Connection> connection)
{
    reset(name);
    m_isRunning = true;
    showState();
    // Steps come from the worker in order; those of a test that was given up are of an older run.
    const auto tell = [this, view = QPointer<DiagnosisView>(this), run = m_run](auto task) {
        m_workers.post([view, run, task] {
            if (view && view->m_run == run)
                task(*view);
        });
    };
    m_stopSource = m_workers.start([tell, name, connection, manifests = m_manifests](std::stop_token stop) {
        const diagnosis::Subject subject{connection->profile, *connection->connector, manifests};
        diagnosis::Observer observer;
        observer.step = [&tell](const diagnosis::Step &step) { tell([step](DiagnosisView &view) { view.stepCame(step); }); };
        diagnosis::Report report = diagnosis::diagnose(subject, observer, stop);
        report.connection = name;
        tell([report = std::move(report)](DiagnosisView &view) { view.ended(report); });
    });
}

void DiagnosisView::showFailure(const QString &name, const core::Error &error)
{
    reset(name);
    diagnosis::Observer observer;
    observer.step = [this](const diagnosis::Step &step) { stepCame(step); };
    ended(diagnosis::reportOf(name, error, observer));
}

void DiagnosisView::stop()
{
    m_stopSource.request_stop();
}

void DiagnosisView::stepCame(const diagnosis::Step &step)
{
    StepRow *row = m_rows[static_cast<std::size_t>(step.id)];
    row->show(step);
    if (step.status != diagnosis::Status::Running)
        m_report.steps.push_back(step);
    std::int64_t longest = 0;
    for (const diagnosis::Step &known : m_report.steps)
        longest = qMax(longest, known.microseconds.value_or(0));
    for (StepRow *known : m_rows)
        known->setLongest(longest);
    showState();
}

void DiagnosisView::ended(const diagnosis::Report &report)
{
    m_report = report;
    m_isRunning = false;
    showState();
    if (const diagnosis::Step *failed = m_report.failed())
        m_scroll->ensureWidgetVisible(m_rows[static_cast<std::size_t>(failed->id)], 0, 0);
    Q_EMIT finished();
}

void DiagnosisView::showState()
{
    const diagnosis::Step *failed = m_report.failed();
    const bool isEmpty = m_report.steps.empty() && !m_isRunning;
    if (m_isRunning)
        m_state->setText(tr("The steps to the first row are tried one after the other …"));
    else if (failed)
        m_state->setText(tr("It does not work: %1").arg(diagnosis::title(failed->id)));
    else
        m_state->setText(isEmpty ? QString() : tr("Everything works."));
    m_again->setEnabled(!m_isRunning && !isEmpty);
    m_stop->setEnabled(m_isRunning);
    m_copy->setEnabled(!m_isRunning && !isEmpty);
}

void DiagnosisView::setClosable(bool isClosable)
{
    m_close->setVisible(isClosable);
}

QString DiagnosisView::reportText() const
{
    return diagnosis::toText(m_report);
}

void DiagnosisView::copyReport()
{
    QGuiApplication::clipboard()->setText(reportText());
}

QPushButton *DiagnosisView::acceptButton() const
{
    return m_rows[static_cast<std::size_t>(diagnosis::StepId::Tls)]->acceptButton();
}

} // namespace desktop

#include "moc_diagnosisview.cpp"
