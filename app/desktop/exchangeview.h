// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/exchange.h"

#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTreeWidget;

namespace common {
class EmptyState;
}

namespace desktop {

class TimingBar;

// The requests of one run and their answers as they went over the wire. Secrets were blanked before they got here.
class ExchangeView : public QWidget
{
    Q_OBJECT
public:
    explicit ExchangeView(QWidget *parent = nullptr);

    // Shows a new exchange or what has become of a known one.
    void show(const http::Exchange &exchange);
    using QWidget::show;

    int count() const { return static_cast<int>(m_exchanges.size()); }
    QAction *copyAsCurl() const { return m_copyCurl; }
    QAction *copyAsText() const { return m_copyText; }
    QString requestText() const;
    QString answerText() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    const http::Exchange *current() const;
    void refreshRow(std::size_t index);
    void refreshTexts();

    std::vector<http::Exchange> m_exchanges;
    QStackedWidget *m_stack;
    common::EmptyState *m_empty;
    QTreeWidget *m_list;
    TimingBar *m_timings;
    QPlainTextEdit *m_request;
    QPlainTextEdit *m_answer;
    QAction *m_copyCurl;
    QAction *m_copyText;
    bool m_isStale = false; // texts are made when they are looked at
};

} // namespace desktop
