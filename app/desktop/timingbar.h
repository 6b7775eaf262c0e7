// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/exchange.h"

#include <QWidget>

namespace desktop {

// Where the time of an exchange went: name, connect, TLS, waiting, receiving, drawn to scale and written out.
class TimingBar : public QWidget
{
    Q_OBJECT
public:
    explicit TimingBar(QWidget *parent = nullptr);

    void setTimings(const http::Timings &timings, bool keptConnection);
    QSize sizeHint() const override;

    struct Step {
        QString name;
        qint64 microseconds;
        int series; // colour
    };
    // Those that took place, in order.
    std::vector<Step> steps() const { return m_steps; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<Step> m_steps;
    QString m_note;
};

} // namespace desktop
