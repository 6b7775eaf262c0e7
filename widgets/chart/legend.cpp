// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/legend.h"

#include "chart/legendmodel.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace chart {

namespace {

constexpr int kSwatch = 10;

// Swatch, name and value on one line; what is switched off is hollow and muted.
class LegendDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {160, option.fontMetrics.height() + 2 * common::kStep};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const common::Theme &theme = common::Theme::of(option.widget);
        const bool isShown = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        const QRect row = option.rect.adjusted(2 * common::kStep, 0, -2 * common::kStep, 0);
        if (option.state & (QStyle::State_HasFocus | QStyle::State_MouseOver))
            painter->fillRect(option.rect, theme.raised);
        const QColor color = index.data(Qt::DecorationRole).value<QColor>();
        const QRect swatch(row.left(), row.center().y() - kSwatch / 2, kSwatch, kSwatch);
        painter->setPen(isShown ? color : theme.muted);
        painter->setBrush(isShown ? QBrush(color) : QBrush(Qt::NoBrush));
        painter->drawRect(swatch);
        const QString value = index.data(LegendModel::ValueRole).toString();
        const QFont data = common::dataFont();
        const int valueWidth = value.isEmpty() ? 0 : QFontMetrics(data).horizontalAdvance(value) + 2 * common::kStep;
        const QRect name = row.adjusted(kSwatch + 2 * common::kStep, 0, -valueWidth, 0);
        painter->setPen(isShown ? theme.text : theme.muted);
        painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, name.width()));
        painter->setFont(data);
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, value);
        painter->setFont(option.font);
    }
};

} // namespace

Legend::Legend(QWidget *parent)
    : QListView(parent)
    , m_model(new LegendModel(this))
{
    setModel(m_model);
    setItemDelegate(new LegendDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Legend"));
    setToolTip(tr("Click, or press Space, to switch a line on or off"));
    connect(this, &QListView::clicked, m_model, [this](const QModelIndex &index) {
        m_model->setData(index, index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
            Qt::CheckStateRole);
    });
    connect(m_model, &LegendModel::toggled, this, &Legend::toggled);
}

QSize Legend::sizeHint() const
{
    return {m_width, 100};
}

// Wide enough for the names and a value of usual length, so that it does not move while the crosshair does.
int Legend::fittingWidth() const
{
    constexpr int kLeast = 160;
    constexpr int kMost = 340;
    const QFontMetrics names(font());
    int widest = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        widest = std::max(widest, names.horizontalAdvance(m_model->index(row).data().toString()));
    const int value = QFontMetrics(common::dataFont()).horizontalAdvance(QStringLiteral("-00000.0000"));
    return std::clamp(widest + value + kSwatch + 9 * common::kStep, kLeast, kMost);
}

void Legend::setIndexed(
    std::shared_ptr<const Indexed> indexed, const std::vector<std::size_t> &shown, const PlotState &state)
{
    m_model->setIndexed(std::move(indexed), shown, state);
    if (const int width = fittingWidth(); width != m_width) {
        m_width = width;
        updateGeometry();
    }
    setVisible(m_model->rowCount() > 0);
}

void Legend::showReadings(const PlotState &state)
{
    m_model->showReadings(state);
}

} // namespace chart

#include "moc_legend.cpp"
