// SPDX-License-Identifier: GPL-3.0-or-later
#include "apiserver.h"
#include "support/ondotest.h"

using Texts = std::vector<std::optional<std::string>>;

// Forms of tables, deployments and procedures, and the requests that they become.
class OpenmldbCallsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiServer> m_server;
    support::KeepingSink m_sink;

    connector::CallForm form(const std::string &name)
    {
        auto form = m_server->session->callForm({"demo_db", name}, m_sink, {});
        return form ? *form : connector::CallForm();
    }
    QString put(const Texts &values)
    {
        return request("all", {{values}, {}, false});
    }
    QString request(const std::string &name, const connector::CallValues &values)
    {
        const auto text = m_server->session->callStatement({"demo_db", name}, form(name), values);
        return text ? QString::fromStdString(*text) : QLatin1String(core::kindName(text.error().kind)) + QLatin1String(": ") + text.error().message;
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ApiServer>();
        m_server->answer("GET /dbs/demo_db/tables/all",
            R"({"code":0,"msg":"ok","table":{"name":"all","db":"demo_db","column_desc":[{"name":"b","data_type":"kBool"},{"name":"i2","data_type":"kSmallInt"},
{"name":"i4","data_type":"kInt","not_null":true},{"name":"i8","data_type":"kBigInt"},{"name":"f","data_type":"kFloat"},{"name":"g","data_type":"kDouble"},
{"name":"s","data_type":"kVarchar"},{"name":"d","data_type":"kDate"},{"name":"t","data_type":"kTimestamp"}]}})");
        m_server->answer("GET /dbs/demo_db/deployments/d",
            R"({"code":0,"msg":"ok","data":{"name":"d","input_schema":[{"name":"k","type":"string"},{"name":"n","type":"int32"}],"input_common_cols":[]}})");
        m_server->answer("GET /dbs/demo_db/procedures/p",
            R"({"code":0,"msg":"ok","data":{"name":"p","input_schema":[{"name":"k","type":"string"},{"name":"n","type":"int32"},{"name":"d","type":"date"}],"input_common_cols":["k","d"]}})");
        m_server->answer("GET /dbs/demo_db/procedures/q",
            R"({"code":0,"msg":"ok","data":{"name":"q","input_schema":[{"name":"n","type":"int32"}],"input_common_cols":[]}})");
    }

    void describesATablesRow()
    {
        const connector::CallForm all = form("all");
        QCOMPARE(all.title, QStringLiteral("Put a row into demo_db.all"));
        QVERIFY(all.writes && !all.takesSeveralRows && !all.takesObjects && all.sharedFields.empty());
        QCOMPARE(all.fields.size(), std::size_t(9));
        QCOMPARE(all.fields[2].type, QStringLiteral("INT"));
        QVERIFY(all.fields[2].isRequired && !all.fields[3].isRequired);
    }
    void putsValuesByTheirTypes()
    {
        QCOMPARE(put({"true", "-32768", "2147483647", "-9223372036854775808", "1.10", "NaN", "a\"b\n中", "2021-5-1", "2021-10-26T11:23:47Z"}),
            QStringLiteral("PUT /dbs/demo_db/tables/all\nContent-Type: application/json\n\n"
                           "{\"value\":[[true,-32768,2147483647,-9223372036854775808,1.10,NaN,\"a\\\"b\\n中\",\"2021-5-1\",1635247427000]]}"));
        QCOMPARE(put({"FALSE", "0", "0", "1", "1e5", "-Infinity", "", "1900-01-01", "1635247427000"}).section(QLatin1Char('\n'), -1),
            QStringLiteral("{\"value\":[[false,0,0,1,1e5,-Infinity,\"\",\"1900-01-01\",1635247427000]]}"));
        QCOMPARE(put({{}, {}, "0", {}, {}, "Inf", {}, {}, {}}).section(QLatin1Char('\n'), -1),
            QStringLiteral("{\"value\":[[null,null,0,null,null,Inf,null,null,null]]}"));
    }
    void refusesWhatTheServerWouldNotTake_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("value");
        const auto add = [](int column, const char *value) { QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(column).arg(QLatin1String(value)))) << column << QString::fromUtf8(value); };
        for (const char *value : {"1", "yes", ""})
            add(0, value);
        for (const char *value : {"32768", "1.0", "+1", " 1", "x"})
            add(1, value);
        add(2, "2147483648");
        for (const char *value : {"9223372036854775808", "1e3"})
            add(3, value);
        for (const char *value : {"nan", "+Inf", "1.", ".5", "1e1000", "inf", "0x1"})
            add(5, value);
        for (const char *value : {"2021-02-30", "2021-13-01", "1899-12-31", "20210501", "2021-05-01 ", "21-5-1"})
            add(7, value);
        for (const char *value : {"2021-10-26", "2021-10-26T11:23:47", "2021-10-26T11:23:47.0001Z", "1.5"})
            add(8, value);
    }
    void refusesWhatTheServerWouldNotTake()
    {
        QFETCH(int, column);
        QFETCH(QString, value);
        Texts values{"true", "0", "0", "0", "0", "0", "", "2020-01-01", "0"};
        values[static_cast<std::size_t>(column)] = value.toStdString();
        QVERIFY2(put(values).startsWith(QLatin1String("usage: \"")), qPrintable(put(values)));
    }
    void namesRowAndFieldOfAWrongValue()
    {
        QCOMPARE(put({{}, {}, {}, {}, {}, {}, {}, {}, {}}), QStringLiteral("usage: \"i4\": the column takes no NULL."));
        QCOMPARE(request("d", {{{"a", "1"}, {"b", "x"}}, {}, false}), QStringLiteral("usage: Row 2, \"n\": the value is no INT."));
        QVERIFY(request("all", {{{}, {}}, {}, false}).startsWith(QLatin1String("usage: Exactly one row")));
        QVERIFY(request("d", {{}, {}, false}).startsWith(QLatin1String("usage")));
    }
    void callsADeploymentWithArraysAndObjects()
    {
        const connector::CallForm d = form("d");
        QVERIFY(d.takesSeveralRows && d.takesObjects && !d.writes);
        QCOMPARE(request("d", {{{"a", "1"}, {std::nullopt, "2"}}, {}, false}),
            QStringLiteral("POST /dbs/demo_db/deployments/d\nContent-Type: application/json\n\n"
                           "{\"input\":[[\"a\",1],\n  [null,2]],\n \"need_schema\":true}"));
        QCOMPARE(request("d", {{{"a", "1"}}, {}, true}).section(QStringLiteral("\n\n"), 1),
            QStringLiteral("{\"input\":[{\"k\":\"a\",\"n\":1}],\n \"need_schema\":true}"));
    }
    void givesAProceduresCommonColumnsOnce()
    {
        const connector::CallForm p = form("p");
        QCOMPARE(p.sharedFields.size(), std::size_t(2));
        QCOMPARE(p.fields.size(), std::size_t(1));
        QCOMPARE(request("p", {{{"1"}, {"2"}}, {"bb", "2021-08-01"}, false}),
            QStringLiteral("POST /dbs/demo_db/procedures/p\nContent-Type: application/json\n\n"
                           "{\"input\":[[1],\n  [2]],\n \"common_cols\":[\"bb\",\"2021-08-01\"],\n \"need_schema\":true}"));
        QVERIFY(request("q", {{{"1"}}, {}, false}).startsWith(QLatin1String("POST /dbs/demo_db/procedures/q\n")));
    }
    void runsWhatItWrote()
    {
        m_server->answer("POST /dbs/demo_db/deployments/d",
            R"({"code":0,"msg":"ok","data":{"schema":[{"name":"n","type":"int64"}],"data":[[9223372036854775807]]}})");
        const auto text = m_server->session->callStatement({"demo_db", "d"}, form("d"), {{{"a", "1"}}, {}, false});
        const connector::Outcome outcome = m_server->run(*text, m_sink);
        QVERIFY(!outcome.error);
        QCOMPARE(m_sink.rows(), (std::vector<std::string>{"9223372036854775807"}));
    }
    void hasNoFormForAnythingElse()
    {
        QVERIFY(!m_server->session->callForm({"demo_db"}, m_sink, {}).ok());
        const auto missing = m_server->session->callForm({"demo_db", "nope"}, m_sink, {});
        QVERIFY(!missing.ok());
        QCOMPARE(missing.error().kind, core::ErrorKind::Statement);
    }
};

ONDO_TEST(OpenmldbCallsTest)
#include "tst_calls.moc"
