// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <QAbstractButton>
#include <QWidget>

#include <functional>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace desktop {

// One line of a form: label, something to enter a value with, and below it a hint or what is wrong. What it is made of
// follows the type of a connector's field.
class FieldRow : public QWidget
{
    Q_OBJECT
public:
    explicit FieldRow(const connector::Field &field, QWidget *parent = nullptr);
    // For what is no field of a connector: any editor, which the row owns.
    FieldRow(const QString &label, const QString &hint, QWidget *editor, QWidget *parent = nullptr);

    const connector::Field &field() const { return m_field; }
    QString text() const;
    void setText(const QString &text); // tells nobody
    void setPlaceholder(const QString &text);
    void setProblem(const QString &problem); // empty: the hint comes back
    QString problem() const { return m_problem; }
    QLineEdit *line() const { return m_line; }
    void focusEditor();

Q_SIGNALS:
    void edited(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build(const QString &label, const QString &hint, QWidget *editor);
    QWidget *makeEditor();
    QWidget *makeFileLine();
    void followReference();
    void showNote();

    connector::Field m_field;
    QString m_hint;
    QString m_problem;
    QWidget *m_editor = nullptr;
    QLineEdit *m_line = nullptr;
    QComboBox *m_choice = nullptr;
    QCheckBox *m_flag = nullptr;
    QLabel *m_note = nullptr;
};

// A title over rows, which can be folded in.
class FormSection : public QWidget
{
    Q_OBJECT
public:
    FormSection(const QString &title, bool isFoldable, QWidget *parent = nullptr);

    void addRow(QWidget *row);
    void clearRows();
    void setOpen(bool isOpen);
    bool isOpen() const;
    // Hidden where none of its rows is to be seen.
    void hideIfEmpty();

private:
    QAbstractButton *m_title = nullptr;
    QWidget *m_body;
    QVBoxLayout *m_rows;
};

// One colour of the theme's series, or none, as a round mark to choose.
class ColourChoice : public QWidget
{
    Q_OBJECT
public:
    explicit ColourChoice(QWidget *parent = nullptr);

    void setColour(const std::string &name);
    std::string colour() const;

Q_SIGNALS:
    void edited();

private:
    QButtonGroup *m_group;
};

// Development, test, production or none, side by side.
class EnvironmentChoice : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentChoice(QWidget *parent = nullptr);

    void setEnvironment(const std::string &name);
    std::string environment() const;

Q_SIGNALS:
    void edited();

private:
    QButtonGroup *m_group;
};

} // namespace desktop
