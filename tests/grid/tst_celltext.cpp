// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/celltext.h"

#include "samples.h"
#include "support/ondotest.h"

using grid::CellText;
using table::Kind;

class CellTextTest : public QObject
{
    Q_OBJECT

    // The column's only cell.
    static CellText of(Kind kind, const std::function<void(table::ColumnBuilder &)> &append, const table::Zone *zone = nullptr)
    {
        const auto schema = gridtest::schemaOf({gridtest::column("c", kind)});
        table::ChunkBuilder builder(schema);
        append(builder.column(0));
        builder.finishRow();
        table::Table table(schema);
        table.append(builder.seal());
        return grid::cellText(table, {0, 0}, zone);
    }
    static CellText ofText(std::string_view bytes)
    {
        return of(Kind::Text, [&](table::ColumnBuilder &column) { column.appendBytes(bytes); });
    }
    static QString mutedPart(const CellText &text, std::size_t index)
    {
        return text.text.mid(text.muted[index].begin, text.muted[index].end - text.muted[index].begin);
    }

private Q_SLOTS:
    void tellsNothingFromSomething()
    {
        const CellText null = of(Kind::Text, [](table::ColumnBuilder &column) { column.appendNull(); });
        QCOMPARE(null.look, CellText::Look::Null);
        QCOMPARE(null.text, QStringLiteral("NULL"));
        QCOMPARE(ofText("NULL").look, CellText::Look::Plain);
        QCOMPARE(ofText("").look, CellText::Look::Empty);
        QCOMPARE(ofText("\"\"").look, CellText::Look::Plain);
        QCOMPARE(of(Kind::Null, [](table::ColumnBuilder &column) { column.appendNull(); }).look, CellText::Look::Null);
    }
    void keepsNumbersExact()
    {
        QCOMPARE(of(Kind::Int, [](auto &c) { c.appendInt(std::numeric_limits<std::int64_t>::min()); }).text,
            QStringLiteral("-9223372036854775808"));
        QCOMPARE(of(Kind::UInt, [](auto &c) { c.appendUInt(18446744073709551615ULL); }).text,
            QStringLiteral("18446744073709551615"));
        QCOMPARE(of(Kind::Double, [](auto &c) { c.appendDouble(0.1 + 0.2); }).text, QStringLiteral("0.30000000000000004"));
        QCOMPARE(of(Kind::Float, [](auto &c) { c.appendFloat(0.1F); }).text, QStringLiteral("0.1"));
        QCOMPARE(of(Kind::Double, [](auto &c) { c.appendDouble(std::nan("")); }).text, QStringLiteral("NaN"));
        QCOMPARE(of(Kind::Decimal, [](auto &c) { c.appendBytes("0012345678901234567890.10"); }).text,
            QStringLiteral("0012345678901234567890.10"));
    }
    void marksWhatDoesNotFit()
    {
        const CellText text = of(Kind::Int, [](table::ColumnBuilder &c) { c.appendLiteral("9223372036854775808"); });
        QCOMPARE(text.look, CellText::Look::Literal);
        QCOMPARE(text.text, QStringLiteral("9223372036854775808"));
    }
    void showsInstantsWithTheDigitsSent()
    {
        const auto at = [](std::int64_t value, int digits, const table::Zone *zone) {
            return of(Kind::Instant, [&](table::ColumnBuilder &c) { c.appendTime(value, digits, ""); }, zone);
        };
        QCOMPARE(at(1538548685123456789, 9, nullptr).text, QStringLiteral("2018-10-03 06:38:05.123456789Z"));
        QCOMPARE(at(1538548685, 0, nullptr).text, QStringLiteral("2018-10-03 06:38:05Z"));
        const CellText zoned = at(1538548685000, 3, &*table::Zone::fromName("Asia/Shanghai"));
        QCOMPARE(zoned.text, QStringLiteral("2018-10-03 14:38:05.000+08:00"));
        QCOMPARE(mutedPart(zoned, 0), QStringLiteral("+08:00"));
        QCOMPARE(at(-1, 3, nullptr).text, QStringLiteral("1969-12-31 23:59:59.999Z"));
    }
    void keepsOneLine()
    {
        const CellText text = ofText("a\nb\t\x01\x7f\r\n");
        QCOMPARE(text.text, QString::fromUtf8("a↵b⇥^A^?^M↵"));
        QCOMPARE(text.muted.size(), std::size_t(2));
        QCOMPARE(mutedPart(text, 0), QString::fromUtf8("↵"));
        QCOMPARE(mutedPart(text, 1), QString::fromUtf8("⇥^A^?^M↵"));
        QCOMPARE(ofText(std::string_view("x\0y", 3)).text, QStringLiteral("x^@y"));
    }
    void letsNoValueTurnTheLine()
    {
        const CellText text = ofText("gpj.\u202eexe");
        QCOMPARE(text.text, QStringLiteral("gpj.<U+202E>exe"));
        // Scripts that run from right to left, and joiners, are left as they are.
        QCOMPARE(ofText("שלום").text, QString::fromUtf8("שלום"));
        QVERIFY(ofText("می\u200cخواهم").muted.empty());
    }
    void replacesWhatIsNotUtf8()
    {
        QCOMPARE(ofText("a\xff\xfe" "b").text, QString::fromUtf8("a\uFFFD\uFFFDb"));
        QVERIFY(ofText("\xe4\xb8").text.contains(QChar(0xFFFD)));
        QCOMPARE(ofText("电表").text, QString::fromUtf8("电表"));
    }
    void cutsLongValues()
    {
        const CellText ascii = ofText(std::string(50'000'000, 'x'));
        QCOMPARE(ascii.text.size(), grid::kMostCharsDrawn + 1);
        QVERIFY(ascii.isCut);
        QVERIFY(ascii.text.endsWith(u'…'));
        QVERIFY(!ofText(std::string(grid::kMostCharsDrawn, 'x')).isCut);
        std::string wide;
        for (int i = 0; i < 100'000; ++i)
            wide.append(i % 2 == 0 ? "电" : "\U0001F600");
        const CellText cut = ofText(wide);
        QVERIFY(cut.isCut);
        QVERIFY(cut.text.size() <= grid::kMostCharsDrawn + 1);
        QVERIFY(!cut.text.contains(QChar(0xFFFD)));
        QVERIFY(!cut.text.at(cut.text.size() - 2).isHighSurrogate());
        const CellText hex = of(Kind::Binary, [](table::ColumnBuilder &c) { c.appendBytes(std::string(1'000'000, '\xab')); });
        QVERIFY(hex.isCut);
        QVERIFY(hex.text.startsWith(QStringLiteral("abab")));
        QCOMPARE(of(Kind::Binary, [](auto &c) { c.appendBytes(std::string(150, '\x01')); }).isCut, false);
    }
};

ONDO_TEST(CellTextTest)
#include "tst_celltext.moc"
