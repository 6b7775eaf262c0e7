// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogdelegate.h"

#include "catalog/catalogmodel.h"
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

    const QString detail = index.data(CatalogModel::DetailRole).toString();
    rect.setLeft(rect.left() + metrics.horizontalAdvance(name) + 2 * common::kStep);
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
