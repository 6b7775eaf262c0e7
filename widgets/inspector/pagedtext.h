// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <memory>
#include <string_view>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace inspector {

// Bytes as text, hexadecimal or base64, a part at a time: fifty megabytes cost what is shown. Searching looks through
// all of them.
class PagedText : public QWidget
{
    Q_OBJECT
public:
    enum class Form { Text, Hex, Base64 };

    explicit PagedText(QWidget *parent = nullptr);

    // owner keeps the bytes alive.
    void setBytes(std::shared_ptr<const void> owner, std::string_view bytes, Form form);
    // All of it, not only the part that shows.
    QString wholeText() const;
    void focusSearch();

    QPlainTextEdit *view() const { return m_view; }
    QLineEdit *searchField() const { return m_search; }
    int part() const { return m_part; }
    int partCount() const;

public Q_SLOTS:
    void findNext();
    void showPart(int part);

private:
    std::size_t partBytes() const;
    std::size_t partBegin(int part) const;
    QString textOf(std::size_t begin, std::size_t size) const;

    std::shared_ptr<const void> m_owner;
    std::string_view m_bytes;
    Form m_form = Form::Text;
    int m_part = 0;
    std::size_t m_foundAt = 0; // where the next search begins
    QPlainTextEdit *m_view;
    QLineEdit *m_search;
    QToolButton *m_next;
    QWidget *m_pager;
    QLabel *m_place;
};

} // namespace inspector
