// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/exportoptions.h"

#include "common/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace desktop {

ExportOptions::ExportOptions(QWidget *parent)
    : QWidget(parent)
    , m_format(choice(tr("Format"), {{QStringLiteral("CSV"), QStringLiteral("csv")}, {QStringLiteral("TSV"), QStringLiteral("tsv")},
          {QStringLiteral("JSON"), QStringLiteral("json")}, {tr("NDJSON (an object a line)"), QStringLiteral("ndjson")},
          {QStringLiteral("Markdown"), QStringLiteral("markdown")}, {tr("SQL (INSERT a row)"), QStringLiteral("sql")},
          {tr("Excel workbook (XLSX)"), QStringLiteral("xlsx")}}))
    , m_separator(choice(tr("Separator"), {{tr("Comma"), QStringLiteral(",")}, {tr("Semicolon"), QStringLiteral(";")},
          {tr("Tab"), QStringLiteral("\t")}, {tr("Vertical bar"), QStringLiteral("|")}}))
    , m_quote(choice(tr("Quote"), {{tr("Double, where needed"), QStringLiteral("\"")}, {tr("Double, always"), QStringLiteral("\"!")},
          {tr("Single, where needed"), QStringLiteral("'")}, {tr("Single, always"), QStringLiteral("'!")}}))
    , m_lineEnd(choice(tr("Line end"), {{tr("LF (Unix)"), QStringLiteral("\n")}, {tr("CR LF (Windows)"), QStringLiteral("\r\n")}}))
    , m_null(new QLineEdit(this))
    , m_table(new QLineEdit(QStringLiteral("result"), this))
    , m_header(check(tr("Column names first"), tr("The first line holds the names of the columns")))
    , m_comma(check(tr("Decimal comma"), tr("1,5 in the place of 1.5, as spreadsheets of many languages read it")))
    , m_mark(check(tr("Byte order mark"), tr("Tells Excel that the text is UTF-8")))
    , m_guard(check(tr("Guard against formulas"), tr("A text that begins with = + - @ tab or CR gets an apostrophe in front, so that a spreadsheet does not calculate it")))
    , m_gzip(check(tr("Compress (gzip)"), tr("The file gets the extension .gz")))
{
    m_header->setChecked(true);
    m_null->setPlaceholderText(tr("Nothing"));
    m_null->setAccessibleName(tr("Text for NULL"));
    m_table->setAccessibleName(tr("Table of the INSERT statements"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(3 * common::kStep);
    form->setVerticalSpacing(common::kStep);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Separator"), m_separator);
    form->addRow(tr("Quote"), m_quote);
    form->addRow(tr("Line end"), m_lineEnd);
    form->addRow(tr("NULL as"), m_null);
    form->addRow(tr("Table"), m_table);
    auto *checks = new QGridLayout;
    checks->setHorizontalSpacing(4 * common::kStep);
    checks->setVerticalSpacing(common::kStep);
    checks->addWidget(m_header, 0, 0);
    checks->addWidget(m_mark, 0, 1);
    checks->addWidget(m_comma, 1, 0);
    checks->addWidget(m_gzip, 1, 1);
    checks->addWidget(m_guard, 2, 0, 1, 2);
    form->addRow(checks);
    for (QLineEdit *edit : {m_null, m_table})
        connect(edit, &QLineEdit::textChanged, this, &ExportOptions::changed);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportOptions::refresh);
    refresh();
}

void ExportOptions::addFirst(const QString &label, QWidget *field)
{
    static_cast<QFormLayout *>(layout())->insertRow(0, label, field);
}

QComboBox *ExportOptions::choice(const QString &name, const QList<QPair<QString, QString>> &values)
{
    auto *box = new QComboBox(this);
    box->setAccessibleName(name);
    for (const auto &[label, value] : values)
        box->addItem(label, value);
    connect(box, &QComboBox::currentIndexChanged, this, &ExportOptions::changed);
    return box;
}

QCheckBox *ExportOptions::check(const QString &text, const QString &tip)
{
    auto *box = new QCheckBox(text, this);
    box->setToolTip(tip);
    connect(box, &QCheckBox::toggled, this, &ExportOptions::changed);
    return box;
}

void ExportOptions::refresh()
{
    const table::FileFormat chosen = format();
    const bool isCsv = chosen == table::FileFormat::Csv;
    const bool isSeparated = isCsv || chosen == table::FileFormat::Tsv;
    auto *form = static_cast<QFormLayout *>(layout());
    const auto showRow = [form](QWidget *field, bool isShown) {
        field->setVisible(isShown);
        form->labelForField(field)->setVisible(isShown);
    };
    for (QWidget *field : {static_cast<QWidget *>(m_separator), static_cast<QWidget *>(m_quote), static_cast<QWidget *>(m_null)})
        showRow(field, isCsv);
    showRow(m_lineEnd, isSeparated);
    showRow(m_table, chosen == table::FileFormat::Sql);
    for (QCheckBox *box : {m_header, m_mark, m_comma, m_guard})
        box->setVisible(isSeparated);
    m_gzip->setVisible(chosen != table::FileFormat::Xlsx);
}

table::FileFormat ExportOptions::format() const
{
    return table::formatByName(m_format->currentData().toString().toStdString()).value_or(table::FileFormat::Csv);
}

void ExportOptions::setFormat(table::FileFormat format)
{
    for (int i = 0; i < m_format->count(); ++i) {
        if (table::formatByName(m_format->itemData(i).toString().toStdString()) == format)
            m_format->setCurrentIndex(i);
    }
}

bool ExportOptions::isCompressed() const
{
    return m_gzip->isChecked() && format() != table::FileFormat::Xlsx;
}

table::WriterOptions ExportOptions::writerOptions() const
{
    table::WriterOptions options;
    options.tableName = m_table->text().toStdString();
    const table::FileFormat chosen = format();
    if (chosen != table::FileFormat::Csv && chosen != table::FileFormat::Tsv)
        return options;
    options.hasHeader = m_header->isChecked();
    options.hasByteOrderMark = m_mark->isChecked();
    options.endsLinesWithCr = m_lineEnd->currentData().toString().size() > 1;
    options.dialect.decimalComma = m_comma->isChecked();
    options.dialect.guardsFormulas = m_guard->isChecked();
    if (chosen == table::FileFormat::Csv) {
        const QString quote = m_quote->currentData().toString();
        options.dialect.separator = m_separator->currentData().toString().at(0).toLatin1();
        options.dialect.quote = quote.at(0).toLatin1();
        options.dialect.quotesAll = quote.size() > 1;
        options.dialect.nullText = m_null->text().toStdString();
    }
    return options;
}

QString ExportOptions::extension() const
{
    switch (format()) {
    case table::FileFormat::Markdown:
        return isCompressed() ? QStringLiteral(".md.gz") : QStringLiteral(".md");
    default:
        return QLatin1Char('.') + m_format->currentData().toString() + (isCompressed() ? QStringLiteral(".gz") : QString());
    }
}

} // namespace desktop

#include "moc_exportoptions.cpp"
