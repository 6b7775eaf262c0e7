// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/icons.h"
#include "common/theme.h"

#include <QWidget>

class QPainter;

namespace common {

// How an environment ("development", "test", "production"; others have none) is shown everywhere: a colour, and a word
// for those who cannot tell colours.
Tint environmentTint(const QString &environment); // Muted for none
QColor environmentColor(const Theme &theme, const QString &environment);
QString environmentWord(const QString &environment); // translated; empty for none

// A word in a rounded frame of a colour, vertically centred in rect from its left edge. Returns its width; draws nothing
// and returns 0 where it does not fit.
int paintPill(QPainter &painter, const QRect &rect, const QFont &font, const QString &word, const QColor &color);

// The same as a widget. Takes no room while there is no environment.
class EnvironmentChip : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentChip(QWidget *parent = nullptr);

    void setEnvironment(const QString &environment, bool isReadOnly = false);
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_environment;
    bool m_isReadOnly = false;
};

} // namespace common
