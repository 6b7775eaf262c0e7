// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/environment.h"

#include <QCoreApplication>
#include <QPainter>

namespace common {

namespace {

struct EnvironmentTr {
    Q_DECLARE_TR_FUNCTIONS(Environment)
};

constexpr int kPillPadding = 6;

} // namespace

Tint environmentTint(const QString &environment)
{
    if (environment == QLatin1String("production"))
        return Tint::Danger;
    if (environment == QLatin1String("test"))
        return Tint::Warning;
    return environment == QLatin1String("development") ? Tint::Good : Tint::Muted;
}

QColor environmentColor(const Theme &theme, const QString &environment)
{
    switch (environmentTint(environment)) {
    case Tint::Danger:
        return theme.danger;
    case Tint::Warning:
        return theme.warning;
    case Tint::Good:
        return theme.good;
    default:
        return theme.muted;
    }
}

QString environmentWord(const QString &environment)
{
    if (environment == QLatin1String("production"))
        return EnvironmentTr::tr("production");
    if (environment == QLatin1String("test"))
        return EnvironmentTr::tr("test");
    return environment == QLatin1String("development") ? EnvironmentTr::tr("development") : QString();
}

int paintPill(QPainter &painter, const QRect &rect, const QFont &font, const QString &word, const QColor &color)
{
    const QFontMetrics metrics(font);
    const int width = metrics.horizontalAdvance(word) + 2 * kPillPadding;
    if (word.isEmpty() || width > rect.width())
        return 0;
    const int height = metrics.height() + 2;
    const QRectF pill(rect.left() + 0.5, rect.center().y() - height / 2 + 0.5, width - 1, height - 1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor wash = color;
    wash.setAlphaF(0.12f);
    painter.setPen(QPen(color, 1));
    painter.setBrush(wash);
    painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter.setFont(font);
    painter.drawText(pill, Qt::AlignCenter, word);
    painter.restore();
    return width;
}

EnvironmentChip::EnvironmentChip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void EnvironmentChip::setEnvironment(const QString &environment, bool isReadOnly)
{
    m_environment = environment;
    m_isReadOnly = isReadOnly;
    setAccessibleName(text());
    setToolTip(environment == QLatin1String("production") ? EnvironmentTr::tr("What changes something on this connection is asked for twice.") : QString());
    setVisible(!text().isEmpty());
    updateGeometry();
    update();
}

QString EnvironmentChip::text() const
{
    QStringList words;
    if (const QString word = environmentWord(m_environment); !word.isEmpty())
        words << word;
    if (m_isReadOnly)
        words << EnvironmentTr::tr("read-only");
    return words.join(QStringLiteral(" · "));
}

QSize EnvironmentChip::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2 * kPillPadding, fontMetrics().height() + 2};
}

void EnvironmentChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPill(painter, rect(), font(), text(), environmentColor(Theme::of(this), m_environment));
}

} // namespace common

#include "moc_environment.cpp"
