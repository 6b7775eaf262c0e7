// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace common {

// A line inside a view that says what happened and offers what to do: instead of a dialog. Text is shown as plain
// text. Hidden until something is shown.
class MessageBar : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Info, Good, Warning, Danger };

    explicit MessageBar(QWidget *parent = nullptr);

    // Replaces what was shown before, its buttons too.
    void showMessage(Kind kind, const QString &text, const QString &hint = {});
    // A button for the message that is shown; pressed() tells which.
    void addButton(const QString &id, const QString &label);
    void focusButton(const QString &id);
    QString text() const;

Q_SIGNALS:
    void pressed(const QString &id);
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyTheme();

    Kind m_kind = Kind::Info;
    QLabel *m_picture;
    QLabel *m_text;
    QLabel *m_hint;
    QHBoxLayout *m_buttons;
    QToolButton *m_close;
};

} // namespace common
