// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/insert.h"
#include "table/separated.h"

#include "support/ondotest.h"

namespace {

connector::CallForm formOf(std::initializer_list<std::pair<const char *, const char *>> fields)
{
    connector::CallForm form;
    for (const auto &[name, type] : fields) {
        connector::CallField field;
        field.name = name;
        field.type = QString::fromLatin1(type);
        field.isRequired = false;
        form.fields.push_back(field);
    }
    return form;
}

connector::InsertStyle smallStyle(std::size_t bytes, std::size_t rows)
{
    return {bytes, rows, [](const std::string &name) { return name; }, ", "};
}

} // namespace

class InsertTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void complaints_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("isGood");
        const auto add = [](const char *type, const char *value, bool isGood) {
            QTest::addRow("%s %s", type, value) << QString::fromUtf8(type) << QString::fromUtf8(value) << isGood;
        };
        add("INT", "2147483647", true);
        add("INT", "2147483648", false);
        add("INT", "-2147483648", true);
        add("INT", "1.5", false);
        add("INT", "", false);
        add("INT UNSIGNED", "4294967295", true);
        add("INT UNSIGNED", "-1", false);
        add("BIGINT", "9223372036854775807", true);
        add("BIGINT", "9223372036854775808", false);
        add("BIGINT UNSIGNED", "18446744073709551615", true);
        add("BIGINT UNSIGNED", "18446744073709551616", false);
        add("tinyint", "-128", true);
        add("tinyint", "128", false);
        add("DOUBLE", "1e400", true);
        add("DOUBLE", "abc", false);
        add("DOUBLE", "inf", false);
        add("DECIMAL(5,2)", "999.99", true);
        add("DECIMAL(5,2)", "1000", false);
        add("DECIMAL(5,2)", "0000.5", true);
        add("VARCHAR(3)", "abc", true);
        add("VARCHAR(3)", "abcd", false);
        add("VARCHAR(3)", "上海", false); // bytes
        add("NCHAR(2)", "上海", true); // characters
        add("BOOL", "True", true);
        add("BOOL", "2", false);
        add("DATE", "2024-02-29", true);
        add("DATE", "2023-02-29", false);
        add("TIMESTAMP", "2024-05-17T08:30:00Z", true);
        add("TIMESTAMP", "2024-13-17 08:30:00", false);
        add("TIMESTAMP", "1538548685000", true);
        add("TIMESTAMP", "NOW", true);
        add("GEOMETRY", "whatever", true);
    }
    void complaints()
    {
        QFETCH(QString, type);
        QFETCH(QString, value);
        QFETCH(bool, isGood);
        const std::vector<connector::InsertRow> rows{{std::nullopt}, {value.toStdString()}};
        const auto found = connector::checkInsert(formOf({{"c", type.toLatin1().constData()}}), rows, 10, 5);
        QCOMPARE(found.empty(), isGood);
        if (!isGood) {
            QCOMPARE(found[0].row, std::size_t(11));
            QCOMPARE(found[0].field, std::size_t(0));
            QVERIFY(!found[0].what.isEmpty());
        }
    }
    void requiredAndMost()
    {
        connector::CallForm form = formOf({{"a", "INT"}, {"b", "INT"}});
        form.fields[1].isRequired = true;
        const std::vector<connector::InsertRow> rows(50, connector::InsertRow{std::string("x"), std::nullopt});
        QCOMPARE(connector::checkInsert(form, rows, 0, 1000).size(), std::size_t(100));
        QCOMPARE(connector::checkInsert(form, rows, 0, 7).size(), std::size_t(7));
    }
    void literals()
    {
        connector::Language language;
        const auto literal = [&](const char *type, const std::optional<std::string> &value) {
            connector::CallField field;
            field.type = QString::fromLatin1(type);
            return QString::fromStdString(connector::insertLiteral(field, value, language));
        };
        QCOMPARE(literal("INT", "5"), QStringLiteral("5"));
        QCOMPARE(literal("VARCHAR(9)", "5"), QStringLiteral("'5'"));
        QCOMPARE(literal("VARCHAR(9)", "it's"), QStringLiteral("'it''s'"));
        QCOMPARE(literal("VARCHAR(9)", "a\\"), QStringLiteral("'a\\'"));
        QCOMPARE(literal("INT", std::nullopt), QStringLiteral("NULL"));
        QCOMPARE(literal("TIMESTAMP", "2024-05-17 00:00:00"), QStringLiteral("'2024-05-17 00:00:00'"));
        QCOMPARE(literal("TIMESTAMP", "17"), QStringLiteral("17"));
        QCOMPARE(literal("", "1); DROP TABLE t; --"), QStringLiteral("'1); DROP TABLE t; --'"));
        language.backslashEscapes = true;
        QCOMPARE(literal("VARCHAR(9)", "a\\'b"), QStringLiteral("'a\\\\\\'b'"));
    }
    void batches()
    {
        const connector::CallForm form = formOf({{"a", "INT"}, {"b", "VARCHAR(9)"}});
        const std::vector<connector::InsertRow> rows{{"1", "x"}, {"2", std::nullopt}, {"3", "z"}};
        auto made = connector::insertSql("t", form, rows, {}, smallStyle(1000, 2));
        QVERIFY(made.ok());
        QCOMPARE(made->size(), std::size_t(2));
        QCOMPARE((*made)[0].statement, std::string("INSERT INTO t (a, b) VALUES (1, 'x'), (2, NULL)"));
        QCOMPARE((*made)[1].statement, std::string("INSERT INTO t (a, b) VALUES (3, 'z')"));
        QCOMPARE((*made)[1].first, std::size_t(2));
        made = connector::insertSql("t", form, rows, {}, smallStyle(40, 100));
        QVERIFY(made.ok());
        QCOMPARE(made->size(), std::size_t(3));
        for (const connector::InsertBatch &batch : *made)
            QVERIFY(batch.statement.size() <= 40);
        QVERIFY(!connector::insertSql("t", form, rows, {}, smallStyle(30, 100)));
        QVERIFY(!connector::insertSql("t", form, std::vector<connector::InsertRow>{{"1"}}, {}, smallStyle(1000, 9)));
    }
    void separated()
    {
        const auto read = table::readSeparated("\xEF\xBB\xBF" "a;b;c\r\n1;\"x;\"\"y\"\"\r\nz\";\r\n;\"\";3\r\n");
        QVERIFY(read.ok());
        QCOMPARE(read->separator, ';');
        QCOMPARE(read->names, (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(read->rows.size(), std::size_t(2));
        QCOMPARE(read->rows[0][1].value(), std::string("x;\"y\"\r\nz"));
        QVERIFY(!read->rows[0][2]);
        QVERIFY(!read->rows[1][0]);
        QCOMPARE(read->rows[1][1].value(), std::string());
        const auto tabs = table::readSeparated("a\tb\n\\N\t1,5\n");
        QVERIFY(tabs.ok());
        QVERIFY(!tabs->rows[0][0]);
        QCOMPARE(tabs->rows[0][1].value(), std::string("1,5"));
        const auto uneven = table::readSeparated("a,b\n1,2\n3\n");
        QVERIFY(!uneven);
        QCOMPARE(uneven.error().position.line.value(), 3);
        QVERIFY(!table::readSeparated("a,b\n\"1,2\n"));
        QVERIFY(table::readSeparated("").ok());
    }
};

ONDO_TEST(InsertTest)
#include "tst_insert.moc"
