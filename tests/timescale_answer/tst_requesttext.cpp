// SPDX-License-Identifier: GPL-3.0-or-later
#include "requesttext.h"
#include "resources.h"

#include "support/ondotest.h"

using timescale::RecordColumn;

class TimescaleRequestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsGoInParts()
    {
        const std::string body = "{\"records\": [ {\"b\":1.50,\"a\":1e6} , {\"b\":null,\"a\":\"]\"},{\"b\":3,\"a\":\"x\"} ]}";
        const auto parts = timescale::recordParts(body, 2, 1000);
        QCOMPARE(parts.size(), std::size_t(2));
        QCOMPARE(parts[0].body, std::string("{\"records\":[{\"b\":1.50,\"a\":1e6},{\"b\":null,\"a\":\"]\"}]}"));
        QCOMPARE(parts[0].records, std::size_t(2));
        QCOMPARE(parts[1].body, std::string("{\"records\":[{\"b\":3,\"a\":\"x\"}]}"));
        QCOMPARE(timescale::recordParts(body, 3, 1000).at(0).body, body); // untouched where it fits
        for (const auto &part : timescale::recordParts(body, 100, 45))
            QVERIFY(part.body.size() <= 45 || part.records == 1);
    }
    void otherBodiesStayWhole()
    {
        for (const char *body : {"", "[]", "x", "{\"records\":[1,2,3],\"table\":\"t\"}", "{\"rows\":[1,2,3]}", "{\"records\":[1,2"}) {
            const auto parts = timescale::recordParts(body, 1, 1000);
            QCOMPARE(parts.size(), std::size_t(1));
            QCOMPARE(parts[0].body, std::string(body));
        }
    }
    void anotherOrderIsWarnedOf()
    {
        const std::vector<RecordColumn> columns{{"time", true}, {"symbol", true}, {"price", false}};
        QVERIFY(timescale::recordOrderWarning("{\"records\":[{\"time\":\"x\",\"symbol\":\"y\",\"price\":1}]}", columns).isEmpty());
        QVERIFY(timescale::recordOrderWarning("{\"records\":[{\"time\":\"x\",\"symbol\":\"y\",\"price\":1},{\"time\":\"x\",\"price\":1,\"symbol\":\"y\"}]}", columns)
                    .contains(QStringLiteral("Record 2")));
        QVERIFY(!timescale::recordOrderWarning("{\"records\":[{\"time\":\"x\",\"symbol\":\"y\"}]}", columns).isEmpty());
    }
    void valuesAreAsTyped()
    {
        const auto value = [](const char *text, bool isText) {
            std::string out;
            timescale::appendRecordValue(out, {"c", isText}, text ? std::optional<std::string>(text) : std::nullopt);
            return out;
        };
        QCOMPARE(value("149.80", false), std::string("149.80"));
        QCOMPARE(value("1e6", false), std::string("1e6"));
        QCOMPARE(value("9007199254740993", false), std::string("9007199254740993"));
        QCOMPARE(value("007", false), std::string("\"007\""));
        QCOMPARE(value("true", false), std::string("true"));
        QCOMPARE(value("42", true), std::string("\"42\""));
        QCOMPARE(value("a\"b", false), std::string("\"a\\\"b\""));
        QCOMPARE(value(nullptr, true), std::string("null"));
    }
    void openApi3()
    {
        const timescale::JsonDocument document("{\"openapi\":\"3.0.1\",\"paths\":{\"/ticker/{day}\":{\"parameters\":[{\"name\":\"day\",\"in\":\"path\"}],"
            "\"get\":{\"parameters\":[{\"name\":\"symbol\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}},{\"$ref\":\"#/components/parameters/limit\"},{\"name\":\"x\",\"in\":\"header\"}],"
            "\"responses\":{\"400\":{},\"200\":{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Rows\"}}}}}},\"post\":{\"responses\":{}},\"summary\":\"x\"}},"
            "\"components\":{\"parameters\":{\"limit\":{\"name\":\"limit\",\"in\":\"query\",\"required\":true,\"schema\":{\"type\":\"integer\"}}},"
            "\"schemas\":{\"Rows\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Row\"}},\"Row\":{\"type\":\"object\",\"properties\":{\"z\":{\"type\":\"string\",\"format\":\"date-time\"},\"a\":{\"type\":\"number\"}}}}}}");
        QVERIFY(document.isValid());
        const auto resources = timescale::resourcesOfOpenApi(document.root());
        QCOMPARE(resources.size(), std::size_t(1));
        QCOMPARE(resources[0].path, std::string("/ticker/{day}"));
        QCOMPARE(resources[0].methods.size(), std::size_t(2));
        const timescale::Method *get = resources[0].find("GET");
        QVERIFY(get && get->find("symbol") && get->find("limit") && get->find("day") && !get->find("x"));
        QVERIFY(get->find("limit")->isRequired && !get->find("symbol")->isRequired && get->find("day")->isInPath);
        QCOMPARE(get->columns.size(), std::size_t(2));
        QCOMPARE(get->columns[0].name, std::string("z")); // in the order of the document
        QCOMPARE(get->columns[0].type, std::string("string (date-time)"));
    }
    void swagger2()
    {
        const timescale::JsonDocument document("{\"swagger\":\"2.0\",\"paths\":{\"/t\":{\"get\":{\"parameters\":[{\"name\":\"s\",\"in\":\"query\",\"type\":\"string\"}],"
            "\"responses\":{\"200\":{\"schema\":{\"$ref\":\"#/definitions/Wrapped\"}}}}}},\"definitions\":{\"Wrapped\":{\"properties\":{\"count\":{\"type\":\"integer\"},\"rows\":{\"type\":\"array\",\"items\":{\"properties\":{\"v\":{\"type\":\"number\"}}}}}}}}");
        const auto resources = timescale::resourcesOfOpenApi(document.root());
        QCOMPARE(resources.at(0).methods.at(0).parameters.at(0).type, std::string("string"));
        QCOMPARE(resources[0].methods[0].columns.at(0).name, std::string("v"));
    }
    void referencesInACircleEnd()
    {
        const timescale::JsonDocument document("{\"a\":{\"$ref\":\"#/b\"},\"b\":{\"$ref\":\"#/a\"}}");
        QVERIFY(timescale::columnsOfSchema(document.root()["a"], document.root()).empty());
    }
};

ONDO_TEST(TimescaleRequestTest)
#include "tst_requesttext.moc"
