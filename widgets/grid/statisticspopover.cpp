// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/statisticspopover.h"

#include "common/theme.h"
#include "grid/celltext.h"
#include "grid/gridview.h"

#include <QFormLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

namespace grid {

namespace {

// Bars of equal width, the value under the pointer told.
class HistogramView : public QWidget
{
public:
    HistogramView(std::vector<table::HistogramBar> bars, QWidget *parent)
        : QWidget(parent)
        , m_bars(std::move(bars))
    {
        setMinimumSize(80 * common::kStep, 24 * common::kStep);
        for (const table::HistogramBar &bar : m_bars)
            m_most = std::max(m_most, bar.count);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const common::Theme &theme = common::Theme::of(this);
        painter.fillRect(0, height() - 1, width(), 1, theme.line);
        for (std::size_t i = 0; i < m_bars.size(); ++i) {
            const int left = edge(i);
            const int tall = static_cast<int>(static_cast<double>(height() - 2) * static_cast<double>(m_bars[i].count) / static_cast<double>(m_most));
            // What is there is seen, however little it is.
            const int shown = m_bars[i].count > 0 ? std::max(1, tall) : 0;
            painter.fillRect(left, height() - 1 - shown, edge(i + 1) - left - 1, shown, theme.series[0]);
        }
    }
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::ToolTip)
            return QWidget::event(event);
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto index = static_cast<std::size_t>(std::clamp<qint64>(help->pos().x() * qint64(m_bars.size()) / std::max(1, width()), 0, qint64(m_bars.size()) - 1));
        const table::HistogramBar &bar = m_bars[index];
        QToolTip::showText(help->globalPos(), QStringLiteral("%1 … %2: %3").arg(QString::fromStdString(bar.from), QString::fromStdString(bar.to), QLocale().toString(static_cast<qlonglong>(bar.count))), this);
        return true;
    }

private:
    int edge(std::size_t i) const { return static_cast<int>(static_cast<std::size_t>(width()) * i / m_bars.size()); }

    const std::vector<table::HistogramBar> m_bars;
    std::int64_t m_most = 1;
};

QString counted(std::int64_t number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

QString statisticsTitle(GridView &view, int column)
{
    const table::ColumnInfo &info = view.state().info(column);
    const QString type = lineText(info.serverType, 40).text;
    const QString name = lineText(info.name, 60).text;
    return type.isEmpty() ? name : name % QStringLiteral(" · ") % type;
}

} // namespace

StatisticsPopover::StatisticsPopover(GridView *view, int column)
    : Popover(view, column, statisticsTitle(*view, column))
    , m_state(new QLabel(tr("Sorting the values …"), this))
    , m_lines(new QFormLayout)
    , m_job(this, [this](const core::Result<table::ColumnStatistics> &found) { showFound(found); })
{
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_lines->setHorizontalSpacing(4 * common::kStep);
    m_lines->setVerticalSpacing(common::kStep);
    rows()->addLayout(m_lines);
    rows()->addWidget(m_state);
    setMinimumWidth(80 * common::kStep);
    m_job.start([snapshot = view->state().view(), column, zone = view->state().sharedZone()](const std::stop_token &stop) {
        return table::statisticsOf(snapshot, static_cast<std::size_t>(column), zone ? &*zone : nullptr, {stop});
    });
}

void StatisticsPopover::add(const QString &name, const QString &value)
{
    auto *title = new QLabel(name, this);
    title->setForegroundRole(QPalette::PlaceholderText);
    auto *text = new QLabel(lineText(value.toStdString(), 60).text, this);
    text->setTextFormat(Qt::PlainText);
    text->setFont(common::dataFont());
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_lines->addRow(title, text);
}

void StatisticsPopover::showFound(const core::Result<table::ColumnStatistics> &answer)
{
    if (!answer)
        return;
    const table::ColumnStatistics *found = &*answer;
    const auto text = [](const std::string &value) { return QString::fromStdString(value); };
    add(tr("Rows"), counted(found->rows));
    add(tr("NULL"), counted(found->nulls));
    if (found->notNumbers > 0)
        add(tr("NaN"), counted(found->notNumbers));
    if (found->literals > 0)
        add(tr("Do not fit the type"), counted(found->literals));
    add(tr("Different values"), counted(found->distinct));
    if (found->min) {
        add(tr("Least"), text(*found->min));
        for (const auto &[percent, value] : found->quantiles)
            add(percent == 50 ? tr("Median") : QStringLiteral("%1 %").arg(percent), text(value));
        add(tr("Greatest"), text(*found->max));
    }
    if (found->mean) {
        add(tr("Mean"), text(*found->mean));
        add(tr("Sum"), text(*found->sum));
    }
    if (!found->histogram.empty())
        rows()->insertWidget(1, new HistogramView(found->histogram, this));
    m_state->setText(view()->state().isMapped() ? tr("Of the rows shown; read off the sorted values") : tr("Of the rows loaded; read off the sorted values"));
    adjustSize();
    showAtHead();
}

} // namespace grid

#include "moc_statisticspopover.cpp"
