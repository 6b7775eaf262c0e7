// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chartview.h"

#include "chart/controlbar.h"
#include "chart/legend.h"
#include "chart/plot.h"

#include "common/resulttable.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace chart {

ChartView::ChartView(QWidget *parent)
    : QWidget(parent)
    , m_engine(new Engine(this))
    , m_bar(new ControlBar(this))
    , m_plot(new Plot(this))
    , m_legend(new Legend(this))
    , m_zone(QTimeZone::systemTimeZone())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_plot, 1);
    row->addWidget(m_legend);
    column->addLayout(row, 1);
    setFocusProxy(m_plot);
    setTabOrder(m_plot, m_legend);
    setTabOrder(m_legend, m_bar);

    connect(m_engine, &Engine::indexed, this, &ChartView::takeIndexed);
    connect(m_engine, &Engine::reduced, this, &ChartView::takeReduced);
    connect(m_plot, &Plot::looked, this, &ChartView::requestReduction);
    connect(m_plot, &Plot::crosshairMoved, this, [this] { m_legend->showReadings(m_plot->state()); });
    connect(m_plot, &Plot::historyChanged, this, [this] { m_bar->setHistory(m_plot->canGoBack(), m_plot->canGoForward()); });
    connect(m_legend, &Legend::toggled, this, &ChartView::setSeriesShown);
    connect(m_bar, &ControlBar::rolesChosen, this, &ChartView::setRoles);
    connect(m_bar, &ControlBar::gapFactorChosen, this, &ChartView::setGapFactor);
    connect(m_bar, &ControlBar::fitWanted, m_plot, &Plot::fit);
    connect(m_bar, &ControlBar::backWanted, m_plot, &Plot::goBack);
    connect(m_bar, &ControlBar::forwardWanted, m_plot, &Plot::goForward);
    startOver();
}

ChartView::~ChartView() = default;

void ChartView::setResult(common::ResultTable *result)
{
    if (m_result)
        m_result->disconnect(this);
    m_result = result;
    if (result != nullptr) {
        connect(result, &common::ResultTable::wasReset, this, &ChartView::startOver);
        connect(result, &common::ResultTable::wasRetyped, this, &ChartView::startOver);
        connect(result, &common::ResultTable::grew, this, &ChartView::readMore);
        connect(result, &QObject::destroyed, this, &ChartView::startOver);
    }
    startOver();
}

void ChartView::startOver()
{
    m_engine->startOver();
    m_indexed.reset();
    m_chosen.reset();
    m_shown.clear();
    m_isStale = false;
    PlotState &state = m_plot->scene().state();
    state.theme = common::Theme::of(this);
    state.font = font();
    state.indexed.reset();
    state.reduction.reset();
    state.emptyText = emptyText();
    m_plot->setWhole(std::nullopt);
    m_plot->refresh();
    m_bar->setState({}, gapFactor());
    m_legend->setIndexed({}, {}, state);
    describe();
    readMore();
}

void ChartView::readMore()
{
    if (!m_result || m_result->table().columnCount() == 0)
        return;
    m_isStale = true;
    if (!isVisible() || m_engine->isIndexing())
        return;
    m_isStale = false;
    m_engine->index(m_result->table(), m_chosen);
}

void ChartView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        readMore();
}

void ChartView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange)
        return;
    PlotState &state = m_plot->scene().state();
    state.theme = common::Theme::of(this);
    state.font = font();
    m_plot->refresh();
    m_legend->setIndexed(m_indexed, m_shown, state);
}

// The first lines of each y column go on, as many as can be told apart.
void ChartView::chooseShown(const Indexed &indexed)
{
    const bool isSameSet = m_indexed && m_indexed->roles == indexed.roles;
    const std::size_t known = isSameSet ? m_indexed->set.series.size() : 0;
    if (!isSameSet)
        m_shown.clear();
    for (std::size_t i = known; i < indexed.set.series.size() && m_shown.size() < kShownAtFirst; ++i)
        m_shown.push_back(i);
}

void ChartView::takeIndexed(std::shared_ptr<const Indexed> indexed)
{
    const bool isOtherX = !m_indexed || !(m_indexed->roles.x == indexed->roles.x);
    chooseShown(*indexed);
    m_indexed = std::move(indexed);
    PlotState &state = m_plot->scene().state();
    state.indexed = m_indexed;
    state.emptyText = emptyText();
    state.time.unitDigits = m_indexed->set.unitDigits;
    state.time.zone = m_indexed->roles.x.kind == XRole::Kind::LocalDateTime ? QTimeZone::utc() : m_zone;
    if (isOtherX) {
        state.reduction.reset();
        m_plot->forgetHistory();
    }
    m_bar->setState(m_indexed, gapFactor());
    m_legend->setIndexed(m_indexed, m_shown, state);
    m_plot->setWhole(fittedX(*m_indexed, m_shown));
    m_plot->refresh();
    if (m_isStale)
        readMore();
}

void ChartView::requestReduction()
{
    if (m_indexed)
        m_engine->reduce(m_indexed, m_shown, m_plot->look().x, m_plot->columns());
}

void ChartView::takeReduced(std::shared_ptr<const Reduction> reduction)
{
    if (!m_indexed)
        return;
    const bool isCurrent = reduction->range == m_plot->look().x && reduction->columns == m_plot->columns();
    m_plot->setReduction(std::move(reduction));
    m_legend->showReadings(m_plot->state());
    describe();
    if (isCurrent && !m_isStale && !m_engine->isIndexing())
        Q_EMIT settled();
}

void ChartView::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    PlotState &state = m_plot->scene().state();
    if (!m_indexed || m_indexed->roles.x.kind != XRole::Kind::LocalDateTime)
        state.time.zone = zone;
    m_plot->refresh();
    m_legend->showReadings(state);
}

std::optional<Roles> ChartView::roles() const
{
    return m_indexed ? std::optional(m_indexed->roles) : m_chosen;
}

void ChartView::setRoles(const Roles &roles)
{
    m_chosen = roles;
    if (!m_result)
        return;
    m_isStale = !isVisible();
    if (isVisible())
        m_engine->index(m_result->table(), m_chosen);
}

void ChartView::setGapFactor(double factor)
{
    m_plot->scene().state().gapFactor = factor;
    m_bar->setState(m_indexed, factor);
    m_plot->refresh();
}

double ChartView::gapFactor() const
{
    return m_plot->state().gapFactor;
}

void ChartView::setSeriesShown(std::size_t series, bool shown)
{
    const auto at = std::lower_bound(m_shown.begin(), m_shown.end(), series);
    const bool isShown = at != m_shown.end() && *at == series;
    if (!m_indexed || isShown == shown)
        return;
    if (shown)
        m_shown.insert(at, series);
    else
        m_shown.erase(at);
    m_legend->setIndexed(m_indexed, m_shown, m_plot->state());
    m_plot->setWhole(fittedX(*m_indexed, m_shown));
}

} // namespace chart

#include "moc_chartview.cpp"
