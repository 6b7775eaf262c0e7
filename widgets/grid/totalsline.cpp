// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/totalsline.h"

#include "common/icons.h"
#include "grid/celltext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QStringList>
#include <QToolButton>

namespace grid {

namespace {

constexpr int kTotalsDelayMs = 60;

QString count(qint64 number)
{
    return QLocale().toString(number);
}

QToolButton *lineButton(QWidget *parent, const QString &icon, const QString &name)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(common::icon(icon, common::Tint::Muted));
    button->setIconSize({14, 14});
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->hide();
    return button;
}

} // namespace

TotalsLine::TotalsLine(GridView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_arrangement(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_stop(lineButton(this, QStringLiteral("stop"), tr("Stop")))
    , m_clear(lineButton(this, QStringLiteral("close"), tr("No sorting, no filters")))
    , m_totals(new QLabel(this))
    , m_job(this, [this](const core::Result<table::Totals> &totals) { showTotals(totals); })
{
    setAutoFillBackground(true);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setFixedWidth(24 * common::kStep);
    m_progress->setMaximumHeight(common::kStep);
    m_progress->hide();
    m_arrangement->setForegroundRole(QPalette::PlaceholderText);
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_totals->setAccessibleName(tr("What the selected cells come to"));
    m_arrangement->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2 * common::kStep, common::kStep / 2, 2 * common::kStep, common::kStep / 2);
    row->setSpacing(2 * common::kStep);
    row->addWidget(m_clear);
    row->addWidget(m_arrangement, 1);
    row->addWidget(m_progress);
    row->addWidget(m_stop);
    row->addWidget(m_totals);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kTotalsDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &TotalsLine::startTotals);
    connect(m_stop, &QToolButton::clicked, this, [this] { m_view->arranger().cancel(); });
    connect(m_clear, &QToolButton::clicked, this, [this] { m_view->arranger().clear(); });
    connect(&view->arranger(), &Arranger::changed, this, &TotalsLine::showArrangement);
    connect(&view->arranger(), &Arranger::progressed, this, &TotalsLine::showArrangement);
    connect(&view->state(), &State::wasReset, this, &TotalsLine::showArrangement);
    connect(&view->state(), &State::columnsChanged, this, &TotalsLine::showArrangement);
    connect(view, &GridView::selectionChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(&view->state(), &State::rowMapChanged, &m_delay, qOverload<>(&QTimer::start));
    hide();
}

void TotalsLine::showArrangement()
{
    Arranger &arranger = m_view->arranger();
    const State &state = m_view->state();
    const int permille = arranger.permille();
    m_progress->setVisible(permille >= 0);
    m_stop->setVisible(permille >= 0);
    m_progress->setValue(permille);
    m_clear->setVisible(arranger.isActive());
    QStringList said;
    if (!arranger.conditions().empty() && state.isMapped())
        said << tr("%1 of the %2 rows loaded").arg(count(state.rowCount()), count(arranger.rowsArranged()));
    QStringList names;
    for (const table::OrderKey &key : arranger.keys())
        names << QString(lineText(state.table().schema().columns[key.column].name, 40).text % (key.isDescending ? QStringLiteral(" ↓") : QStringLiteral(" ↑")));
    if (!names.isEmpty())
        said << tr("loaded rows sorted by %1").arg(names.join(QStringLiteral(", ")));
    if (const auto hidden = state.table().columnCount() - state.columns().size(); hidden > 0)
        said << tr("%1 columns hidden").arg(hidden);
    m_arrangement->setText(said.join(QStringLiteral(" · ")));
    m_arrangement->setToolTip(m_arrangement->text());
    setVisible(!said.isEmpty() || permille >= 0 || !m_totals->text().isEmpty());
}

// What rectangles share counts once.
std::vector<table::ViewRange> TotalsLine::rangesOf() const
{
    const Range whole{0, m_view->state().rowCount() - 1, 0, m_view->state().columnCount() - 1};
    std::vector<table::ViewRange> ranges;
    for (const Range &range : m_view->selection().disjoint()) {
        const Range held = range.intersected(whole);
        if (!held.isEmpty())
            ranges.push_back({held.top, held.bottom, held.left, held.right});
    }
    return ranges;
}

void TotalsLine::startTotals()
{
    std::vector<table::ViewRange> ranges = rangesOf();
    const bool isMore = ranges.size() > 1 || (ranges.size() == 1 && (ranges[0].top != ranges[0].bottom || ranges[0].left != ranges[0].right));
    if (!isMore) {
        m_job.stop();
        m_totals->clear();
        showArrangement();
        return;
    }
    m_job.start([view = m_view->state().view(), ranges = std::move(ranges)](const std::stop_token &stop) {
        return table::totalsOf(view, ranges, {stop});
    });
}

void TotalsLine::showTotals(const core::Result<table::Totals> &found)
{
    if (!found)
        return;
    const table::Totals *totals = &*found;
    QStringList said;
    if (totals->numbers > 0) {
        said << tr("Sum %1").arg(QString::fromStdString(totals->sum)) << tr("Mean %1").arg(QString::fromStdString(totals->mean))
             << tr("Min %1").arg(QString::fromStdString(totals->min)) << tr("Max %1").arg(QString::fromStdString(totals->max));
    }
    said << (totals->values == totals->cells ? tr("%1 cells").arg(count(totals->cells))
                                             : tr("%1 cells, %2 NULL").arg(count(totals->cells), count(totals->cells - totals->values)));
    m_totals->setText(said.join(QStringLiteral("   ")));
    m_totals->setToolTip(totals->numbers == 0 ? QString()
            : totals->isExact                 ? tr("%1 numbers, added exactly").arg(count(totals->numbers))
                                              : tr("%1 numbers, floating point among them").arg(count(totals->numbers)));
    showArrangement();
}

} // namespace grid

#include "moc_totalsline.cpp"
