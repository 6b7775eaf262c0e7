// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogdelegate.h"

#include "catalog/catalogmodel.h"
#include "common/environment.h"
#include "common/theme.h"

#include <QPainter>
#include <QWidget>

namespace catalog {

void CatalogDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const common::Theme &theme = common::Theme::of(option.widget);
    const bool isSelected = option.state & QStyle::State_Selected;
    if (isSelected)
        painter->fillRect(option.rect, theme.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.raised);

    QRect rect = option.rect.adjusted(common::kStep, 0, -common::kStep, 0);
    const int colour = index.data(CatalogModel::ColourRole).toInt();
    if (index.data(CatalogModel::ColourRole).isValid() && colour >= 0 && colour < static_cast<int>(theme.series.size()))
        painter->fillRect(QRect(option.rect.left(), option.rect.top() + common::kStep / 2, 3, option.rect.height() - common::kStep),
            theme.series[static_cast<std::size_t>(colour)]);
    const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
    QRect picture(rect.left(), 0, 16, 16);
    picture.moveTop(rect.center().y() - 7);
    icon.paint(painter, picture);
    rect.setLeft(picture.right() + 1 + 2 * common::kStep);

    const QString kind = index.data(CatalogModel::KindRole).toString();
    const bool isMuted = index.data(CatalogModel::SystemRole).toBool() || kind == QLatin1String("busy");
    const QFontMetrics metrics(option.font);
    const QString name = metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, rect.width());
    painter->setFont(option.font);
    painter->setPen(kind == QLatin1String("error") ? theme.danger : isMuted ? theme.muted : theme.text);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);

    QString detail = index.data(CatalogModel::DetailRole).toString();
    rect.setLeft(rect.left() + metrics.horizontalAdvance(name) + 2 * common::kStep);
    if (const QString word = index.data(CatalogModel::EnvironmentTextRole).toString(); !word.isEmpty()) {
        QFont small = option.font;
        small.setPointSizeF(small.pointSizeF() * 0.9);
        const QString environment = index.data(CatalogModel::EnvironmentRole).toString();
        if (const int width = common::paintPill(*painter, rect, small, word, common::environmentColor(theme, environment)))
            rect.setLeft(rect.left() + width + 2 * common::kStep);
        if (detail.endsWith(word))
            detail.chop(word.size() + 3); // " · " and the word, which stands in the pill
        painter->setFont(option.font);
    }
    if (detail.isEmpty() || rect.width() < 6 * common::kStep)
        return;
    painter->setPen(theme.muted);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        metrics.elidedText(detail, Qt::ElideRight, rect.width()));
}

QSize CatalogDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {50 * common::kStep, qMax(6 * common::kStep, option.fontMetrics.height() + common::kStep)};
}

} // namespace catalog

#include "moc_catalogdelegate.cpp"
