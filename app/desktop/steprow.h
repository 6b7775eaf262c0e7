// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/step.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace desktop {

// One step of the test of a connection: icon, title, time as number and bar, and below what was found.
class StepRow : public QWidget
{
    Q_OBJECT
public:
    explicit StepRow(diagnosis::StepId id, QWidget *parent = nullptr);

    // Not begun.
    void clear();
    void show(const diagnosis::Step &step);
    using QWidget::show;
    // The longest time of all steps: a bar as long as there is room.
    void setLongest(std::int64_t microseconds);
    QPushButton *acceptButton() const { return m_accept; }

Q_SIGNALS:
    void fingerprintAccepted(const QString &fingerprint);

protected:
    void changeEvent(QEvent *event) override;

private:
    class Bar;
    void applyTheme();
    void unfold();
    void addCertificates(const http::TlsFacts &facts, QVBoxLayout *column);

    const diagnosis::StepId m_id;
    std::optional<diagnosis::Step> m_step;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_time;
    Bar *m_bar;
    QLabel *m_detail;
    QVBoxLayout *m_column;
    QWidget *m_unfolded = nullptr;
    QPushButton *m_accept = nullptr;
};

} // namespace desktop
