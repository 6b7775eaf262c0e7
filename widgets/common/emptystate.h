// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QVBoxLayout;

namespace common {

// What a view shows when there is nothing to show: a picture, what is missing, and what to do next.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setContents(const QString &iconName, const QString &title, const QString &text);
    // Offers an action as a button with its shortcut; the action is not owned.
    void addAction(QAction *action);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    QString m_iconName;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_text;
    QVBoxLayout *m_buttons;
};

} // namespace common
