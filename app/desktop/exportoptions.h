// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/writers.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace desktop {

// The choices of how an export is written: format, and what that format leaves open. What a format does not know is
// not shown.
class ExportOptions : public QWidget
{
    Q_OBJECT
public:
    explicit ExportOptions(QWidget *parent = nullptr);

    // A line of somebody else above the others.
    void addFirst(const QString &label, QWidget *field);

    table::FileFormat format() const;
    void setFormat(table::FileFormat format);
    // All but zone and columns.
    table::WriterOptions writerOptions() const;
    bool isCompressed() const;
    // ".csv", ".csv.gz"
    QString extension() const;

    QComboBox *formatBox() const { return m_format; }
    QComboBox *separatorBox() const { return m_separator; }
    QComboBox *quoteBox() const { return m_quote; }
    QComboBox *lineEndBox() const { return m_lineEnd; }
    QLineEdit *nullText() const { return m_null; }
    QLineEdit *tableName() const { return m_table; }
    QCheckBox *header() const { return m_header; }
    QCheckBox *decimalComma() const { return m_comma; }
    QCheckBox *byteOrderMark() const { return m_mark; }
    QCheckBox *formulaGuard() const { return m_guard; }
    QCheckBox *compression() const { return m_gzip; }

Q_SIGNALS:
    void changed();

private:
    QComboBox *choice(const QString &name, const QList<QPair<QString, QString>> &values);
    QCheckBox *check(const QString &text, const QString &tip);
    void refresh();

    QComboBox *m_format;
    QComboBox *m_separator;
    QComboBox *m_quote;
    QComboBox *m_lineEnd;
    QLineEdit *m_null;
    QLineEdit *m_table;
    QCheckBox *m_header;
    QCheckBox *m_comma;
    QCheckBox *m_mark;
    QCheckBox *m_guard;
    QCheckBox *m_gzip;
};

} // namespace desktop
