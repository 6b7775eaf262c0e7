// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/exchangeview.h"

#include "common/emptystate.h"
#include "common/icons.h"
#include "common/theme.h"
#include "desktop/statusline.h"
#include "desktop/timingbar.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace desktop {

namespace {

constexpr std::size_t kBodyShown = 48 * 1024; // laid out at once; more of it is in the exchange and in what is copied

enum ExchangeColumn { PurposeColumn, RequestColumn, StatusColumn, SizeColumn, TimeColumn, ColumnCount };

QString lossyText(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QPlainTextEdit *wireText(QWidget *parent, const QString &name)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setReadOnly(true);
    edit->setFrameShape(QFrame::NoFrame);
    edit->setFont(common::dataFont());
    edit->setWordWrapMode(QTextOption::WrapAnywhere);
    edit->document()->setDocumentMargin(2 * common::kStep);
    edit->setAccessibleName(name);
    return edit;
}

QWidget *titled(const QString &title, QWidget *widget, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *label = new QLabel(title, box);
    label->setContentsMargins(2 * common::kStep, common::kStep, 2 * common::kStep, common::kStep);
    label->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(label);
    column->addWidget(widget);
    return box;
}

void appendHeaders(QString &text, const std::vector<http::Header> &headers)
{
    for (const http::Header &header : headers)
        text += lossyText(header.name) + QStringLiteral(": ") + (header.secret ? QStringLiteral("***") : lossyText(header.value)) + QLatin1Char('\n');
}

void appendBody(QString &text, std::string_view body, qint64 size)
{
    if (size == 0)
        return;
    const std::string_view shown = body.substr(0, kBodyShown);
    text += QLatin1Char('\n') + lossyText(shown);
    if (const qint64 left = size - static_cast<qint64>(shown.size()); left > 0)
        text += QLatin1Char('\n') + ExchangeView::tr("… %1 more").arg(bytesText(left));
}

} // namespace

ExchangeView::ExchangeView(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_empty(new common::EmptyState(this))
    , m_list(new QTreeWidget(this))
    , m_timings(new TimingBar(this))
    , m_copyCurl(new QAction(common::icon(QStringLiteral("copy")), tr("Copy request as cURL"), this))
    , m_copyText(new QAction(common::icon(QStringLiteral("copy")), tr("Copy request and answer"), this))
{
    m_empty->setContents(QStringLiteral("exchange"), tr("No request yet"),
        tr("Each statement is an HTTP request. Once one has run, the request and its answer are shown here as they went "
           "over the wire."));
    m_request = wireText(this, tr("Request"));
    m_answer = wireText(this, tr("Answer"));
    m_list->setColumnCount(ColumnCount);
    m_list->setHeaderLabels({tr("Purpose"), tr("Request"), tr("Status"), tr("Size"), tr("Time")});
    for (const int column : {StatusColumn, SizeColumn, TimeColumn})
        m_list->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(RequestColumn, QHeaderView::Stretch);
    m_list->setAccessibleName(tr("Requests of this run"));

    auto *texts = new QSplitter(Qt::Horizontal, this);
    texts->addWidget(titled(tr("Request"), m_request, texts));
    texts->addWidget(titled(tr("Answer"), m_answer, texts));
    texts->setChildrenCollapsible(false);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(2 * common::kStep, common::kStep, 2 * common::kStep, common::kStep);
    buttons->addWidget(m_timings, 1);
    for (QAction *action : {m_copyCurl, m_copyText}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        buttons->addWidget(button);
    }
    auto *below = new QWidget(this);
    auto *belowColumn = new QVBoxLayout(below);
    belowColumn->setContentsMargins(0, 0, 0, 0);
    belowColumn->setSpacing(0);
    belowColumn->addLayout(buttons);
    belowColumn->addWidget(texts, 1);
    auto *halves = new QSplitter(Qt::Vertical, this);
    halves->addWidget(m_list);
    halves->addWidget(below);
    halves->setStretchFactor(1, 1);
    halves->setSizes({24 * common::kStep, 100 * common::kStep});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(halves);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);

    m_copyCurl->setEnabled(false);
    m_copyText->setEnabled(false);
    connect(m_copyCurl, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(lossyText(http::toCurl(*current()))); });
    connect(m_copyText, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(lossyText(http::toText(*current()))); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ExchangeView::refreshTexts);
}

void ExchangeView::show(const http::Exchange &exchange)
{
    const auto same = [&](const http::Exchange &known) { return known.id == exchange.id; };
    const auto known = std::find_if(m_exchanges.begin(), m_exchanges.end(), same);
    const auto index = static_cast<std::size_t>(known - m_exchanges.begin());
    const bool isCurrent = known != m_exchanges.end() && current() == &*known;
    if (known == m_exchanges.end()) {
        m_exchanges.push_back(exchange);
        new QTreeWidgetItem(m_list);
    } else {
        *known = exchange;
    }
    m_stack->setCurrentIndex(1);
    refreshRow(index);
    if (known == m_exchanges.end() || index + 1 == m_exchanges.size())
        m_list->setCurrentItem(m_list->topLevelItem(static_cast<int>(m_exchanges.size()) - 1));
    if (isCurrent)
        refreshTexts();
}

const http::Exchange *ExchangeView::current() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row < 0 ? nullptr : &m_exchanges[static_cast<std::size_t>(row)];
}

void ExchangeView::refreshRow(std::size_t index)
{
    const http::Exchange &exchange = m_exchanges[index];
    QTreeWidgetItem *item = m_list->topLevelItem(static_cast<int>(index));
    item->setText(PurposeColumn, exchange.purpose);
    item->setText(RequestColumn, lossyText(exchange.method + " " + exchange.url));
    item->setText(StatusColumn, exchange.head ? QString::number(exchange.head->status) : exchange.finished ? tr("failed") : QString());
    item->setText(SizeColumn, bytesText(exchange.wireBytes));
    item->setText(TimeColumn, exchange.timings.end < 0 ? QString() : durationText(exchange.timings.end / 1000));
    for (const int column : {StatusColumn, SizeColumn, TimeColumn})
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

void ExchangeView::refreshTexts()
{
    const http::Exchange *exchange = current();
    m_copyCurl->setEnabled(exchange);
    m_copyText->setEnabled(exchange);
    m_isStale = !isVisible();
    if (!exchange || m_isStale)
        return;
    m_timings->setTimings(exchange->timings, exchange->keptConnection);
    m_request->setPlainText(requestText());
    m_answer->setPlainText(answerText());
}

QString ExchangeView::requestText() const
{
    const http::Exchange *exchange = current();
    if (!exchange)
        return {};
    QString text = lossyText(exchange->method + " " + exchange->url) + QLatin1Char('\n');
    appendHeaders(text, exchange->requestHeaders);
    appendBody(text, exchange->requestBody, static_cast<qint64>(exchange->requestBody.size()));
    return text;
}

QString ExchangeView::answerText() const
{
    const http::Exchange *exchange = current();
    if (!exchange)
        return {};
    QString text;
    if (exchange->head) {
        const http::Head &head = *exchange->head;
        text = QStringLiteral("HTTP/%1 %2 %3\n").arg(lossyText(head.version)).arg(head.status).arg(lossyText(head.reason));
        appendHeaders(text, head.headers);
        appendBody(text, exchange->bodyStart, exchange->bodyBytes);
    }
    if (exchange->error)
        text += (text.isEmpty() ? QString() : QStringLiteral("\n\n")) + core::toText(*exchange->error);
    else if (!exchange->finished)
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + tr("The answer has not ended yet.");
    return text;
}

void ExchangeView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        refreshTexts();
}

} // namespace desktop

#include "moc_exchangeview.cpp"
