// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/pagedtext.h"

#include "common/icons.h"
#include "common/theme.h"
#include "inspector/cellfacts.h"
#include "json/writer.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace inspector {

namespace {

// What a text view lays out well within a frame.
constexpr std::size_t kTextPart = 32 * 1024;
constexpr std::size_t kHexPart = 8 * 1024;
constexpr std::size_t kBase64Part = 57 * 512; // whole lines of 76 characters

QToolButton *pagerButton(QWidget *parent, const QString &iconName, const QString &tip)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(common::icon(iconName));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

} // namespace

PagedText::PagedText(QWidget *parent)
    : QWidget(parent)
    , m_view(new QPlainTextEdit(this))
    , m_search(new QLineEdit(this))
    , m_next(pagerButton(this, QStringLiteral("down"), tr("Find the next place (Return)")))
    , m_pager(new QWidget(this))
    , m_place(new QLabel(m_pager))
{
    m_view->setReadOnly(true);
    m_view->setFont(common::dataFont());
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Value"));
    m_search->setPlaceholderText(tr("Search in the value"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    auto *before = pagerButton(m_pager, QStringLiteral("up"), tr("The part before"));
    auto *after = pagerButton(m_pager, QStringLiteral("down"), tr("The part behind"));
    auto *pager = new QHBoxLayout(m_pager);
    pager->setContentsMargins(0, 0, 0, 0);
    pager->addWidget(m_place, 1);
    pager->addWidget(before);
    pager->addWidget(after);
    auto *search = new QHBoxLayout;
    search->setContentsMargins(2 * common::kStep, common::kStep, common::kStep, common::kStep);
    search->addWidget(m_search, 1);
    search->addWidget(m_next);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(search);
    column->addWidget(m_view, 1);
    m_pager->setContentsMargins(2 * common::kStep, 0, common::kStep, 0);
    column->addWidget(m_pager);
    connect(before, &QToolButton::clicked, this, [this] { showPart(m_part - 1); });
    connect(after, &QToolButton::clicked, this, [this] { showPart(m_part + 1); });
    connect(m_next, &QToolButton::clicked, this, &PagedText::findNext);
    connect(m_search, &QLineEdit::returnPressed, this, &PagedText::findNext);
    connect(m_search, &QLineEdit::textEdited, this, [this] { m_foundAt = 0; });
}

std::size_t PagedText::partBytes() const
{
    return m_form == Form::Text ? kTextPart : m_form == Form::Hex ? kHexPart : kBase64Part;
}

int PagedText::partCount() const
{
    return static_cast<int>((m_bytes.size() + partBytes() - 1) / partBytes());
}

// A text's part begins with a character, not within one.
std::size_t PagedText::partBegin(int part) const
{
    std::size_t begin = std::min(static_cast<std::size_t>(part) * partBytes(), m_bytes.size());
    for (int i = 0; m_form == Form::Text && i < 3 && begin > 0 && begin < m_bytes.size() && (m_bytes[begin] & '\xC0') == '\x80'; ++i)
        --begin;
    return begin;
}

QString PagedText::textOf(std::size_t begin, std::size_t size) const
{
    const std::string_view part = m_bytes.substr(begin, size);
    if (m_form == Form::Hex)
        return hexText(part, begin);
    if (m_form == Form::Text) {
        std::string valid;
        json::appendUtf8(valid, part);
        return QString::fromStdString(valid);
    }
    const QByteArray base64 = QByteArray::fromRawData(part.data(), static_cast<qsizetype>(part.size())).toBase64();
    constexpr qsizetype kLine = 76;
    QString text;
    text.reserve(base64.size() + base64.size() / kLine);
    for (qsizetype at = 0; at < base64.size(); at += kLine)
        text += QString::fromLatin1(base64.mid(at, kLine)) + QLatin1Char('\n');
    return text;
}

QString PagedText::wholeText() const
{
    if (m_form == Form::Base64)
        return QString::fromLatin1(QByteArray::fromRawData(m_bytes.data(), static_cast<qsizetype>(m_bytes.size())).toBase64());
    return textOf(0, m_bytes.size());
}

void PagedText::setBytes(std::shared_ptr<const void> owner, std::string_view bytes, Form form)
{
    m_owner = std::move(owner);
    m_bytes = bytes;
    m_form = form;
    m_foundAt = 0;
    m_view->setLineWrapMode(form == Form::Text ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    m_search->setEnabled(form != Form::Base64);
    m_next->setEnabled(form != Form::Base64);
    showPart(0);
}

void PagedText::showPart(int part)
{
    const int count = partCount();
    m_part = std::clamp(part, 0, std::max(0, count - 1));
    const std::size_t begin = partBegin(m_part);
    const std::size_t end = partBegin(m_part + 1);
    m_view->setPlainText(textOf(begin, end - begin));
    m_pager->setVisible(count > 1);
    m_place->setText(tr("Bytes %L1 to %L2 of %L3").arg(begin).arg(end).arg(m_bytes.size()));
}

void PagedText::findNext()
{
    const std::string wanted = m_search->text().toStdString();
    if (wanted.empty())
        return;
    std::size_t at = m_bytes.find(wanted, m_foundAt);
    if (at == std::string_view::npos && m_foundAt > 0)
        at = m_bytes.find(wanted); // once more from the start
    if (at == std::string_view::npos) {
        m_place->setText(tr("Not found"));
        m_pager->show();
        return;
    }
    m_foundAt = at + 1;
    int part = static_cast<int>(at / partBytes());
    if (part > 0 && partBegin(part) > at)
        --part;
    showPart(part);
    if (m_form != Form::Text)
        return;
    const std::size_t begin = partBegin(m_part);
    const qsizetype before = textOf(begin, at - begin).size();
    QTextCursor cursor = m_view->textCursor();
    cursor.setPosition(static_cast<int>(before));
    const int most = m_view->document()->characterCount() - 1;
    cursor.setPosition(std::min(static_cast<int>(before + m_search->text().size()), most), QTextCursor::KeepAnchor);
    m_view->setTextCursor(cursor);
}

void PagedText::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

} // namespace inspector

#include "moc_pagedtext.cpp"
