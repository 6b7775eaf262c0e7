// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/plot.h"

#include <algorithm>
#include <cmath>

namespace chart {

namespace {

constexpr std::size_t kMostHistory = 100;
constexpr long double kLeastSpan = 8; // counts of x: below, there is nothing more to see
constexpr long double kMostSpan = 3.6e19L; // all of 64 bits, and air

} // namespace

Plot::Plot(QWidget *parent)
    : QGraphicsView(parent)
{
    setScene(&m_scene);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
    setOptimizationFlag(QGraphicsView::DontSavePainterState);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
}

int Plot::columns() const
{
    return std::max(1, static_cast<int>(std::lround(state().area.width() * state().dpr)));
}

XRange Plot::limited(XRange range) const
{
    const long double middle = (range.low + range.high) / 2;
    const long double half = std::clamp(range.span(), kLeastSpan, kMostSpan) / 2;
    if (range.span() < kLeastSpan || range.span() > kMostSpan)
        range = {middle - half, middle + half};
    if (!m_whole)
        return range;
    // Some of the data stays in sight.
    if (range.low > m_whole->high)
        range = {m_whole->high - range.span() / 2, m_whole->high + range.span() / 2};
    if (range.high < m_whole->low)
        range = {m_whole->low - range.span() / 2, m_whole->low + range.span() / 2};
    return range;
}

void Plot::apply(const Look &look)
{
    m_look = look;
    m_look.x = limited(m_look.x);
    PlotState &now = m_scene.state();
    now.x = m_look.x;
    if (m_look.y)
        now.y = *m_look.y;
    m_scene.refresh();
    Q_EMIT looked();
}

void Plot::remember()
{
    if (!m_whole)
        return;
    if (m_back.empty() || !(m_back.back() == m_look))
        m_back.push_back(m_look);
    if (m_back.size() > kMostHistory)
        m_back.erase(m_back.begin());
    m_forward.clear();
    Q_EMIT historyChanged();
}

void Plot::setLook(const Look &look)
{
    remember();
    m_isFitted = false;
    apply(look);
}

void Plot::fit()
{
    if (!m_whole)
        return;
    if (!m_isFitted)
        remember();
    m_isFitted = true;
    apply({*m_whole, std::nullopt});
}

void Plot::goBack()
{
    if (m_back.empty())
        return;
    m_forward.push_back(m_look);
    const Look look = m_back.back();
    m_back.pop_back();
    m_isFitted = m_whole && look == Look{*m_whole, std::nullopt};
    apply(look);
    Q_EMIT historyChanged();
}

void Plot::goForward()
{
    if (m_forward.empty())
        return;
    m_back.push_back(m_look);
    const Look look = m_forward.back();
    m_forward.pop_back();
    m_isFitted = m_whole && look == Look{*m_whole, std::nullopt};
    apply(look);
    Q_EMIT historyChanged();
}

void Plot::forgetHistory()
{
    m_back.clear();
    m_forward.clear();
    m_isFitted = true;
    m_scene.state().crosshair.reset();
    Q_EMIT historyChanged();
}

void Plot::setWhole(const std::optional<XRange> &whole)
{
    const bool isNew = m_whole != whole;
    m_whole = whole;
    if (!whole)
        forgetHistory();
    if (whole && m_isFitted && isNew)
        apply({*whole, std::nullopt});
    else
        Q_EMIT looked();
}

void Plot::setReduction(std::shared_ptr<const Reduction> reduction)
{
    PlotState &now = m_scene.state();
    now.reduction = std::move(reduction);
    if (now.reduction && !m_look.y)
        now.y = fittedY(*now.reduction, now.y);
    m_scene.refresh();
}

} // namespace chart

#include "moc_plot.cpp"
