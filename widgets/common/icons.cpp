// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/icons.h"

#include "common/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace common {

namespace {

constexpr int kLarge = 24;

QColor tintColor(Tint tint, const Theme &theme)
{
    switch (tint) {
    case Tint::Muted:
        return theme.muted;
    case Tint::Accent:
        return theme.accent;
    case Tint::Good:
        return theme.good;
    case Tint::Warning:
        return theme.warning;
    case Tint::Danger:
        return theme.danger;
    case Tint::Text:
        break;
    }
    return theme.text;
}

class TintedEngine : public QIconEngine
{
public:
    TintedEngine(QByteArray svg, Tint tint)
        : m_svg(std::move(svg))
        , m_tint(tint)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = m_svg;
        svg.replace("currentColor", color(mode).name(QColor::HexRgb).toLatin1());
        if (rect.width() > kLarge) // large ones keep fine strokes instead of growing fat
            svg.replace("stroke-width=\"1.5\"", QByteArray("stroke-width=\"" + QByteArray::number(28.0 / rect.width()) + "\""));
        QSvgRenderer renderer(svg);
        renderer.render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        const QString key = QStringLiteral("ondo-icon-%1-%2-%3x%4@%5")
                                .arg(qHash(m_svg), 0, 16)
                                .arg(color(mode).name())
                                .arg(size.width())
                                .arg(size.height())
                                .arg(scale);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(&painter, QRect(QPoint(), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine *clone() const override { return new TintedEngine(*this); }

private:
    QColor color(QIcon::Mode mode) const
    {
        const Theme &theme = Theme::current();
        if (mode == QIcon::Disabled) {
            return QColor::fromRgb((theme.muted.red() + theme.surface.red()) / 2,
                (theme.muted.green() + theme.surface.green()) / 2, (theme.muted.blue() + theme.surface.blue()) / 2);
        }
        return tintColor(m_tint, theme);
    }

    QByteArray m_svg;
    Tint m_tint;
};

} // namespace

QIcon icon(const QString &name, Tint tint)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new TintedEngine(file.readAll(), tint));
}

QIcon iconFromSvg(const QString &svg, Tint tint)
{
    return svg.isEmpty() ? icon(QStringLiteral("connection"), tint) : QIcon(new TintedEngine(svg.toUtf8(), tint));
}

QIcon applicationIcon()
{
    return QIcon(QStringLiteral(":/ondograph.svg"));
}

} // namespace common
