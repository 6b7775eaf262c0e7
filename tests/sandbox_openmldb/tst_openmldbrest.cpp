// SPDX-License-Identifier: GPL-3.0-or-later
#include "apisandbox.h"
#include "support/ondotest.h"

// The endpoints' wire format, byte by byte.
class OpenmldbRestTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiSandbox> m_api;

    void compare(const ApiSandbox::Answer &answer, const std::string &body)
    {
        QCOMPARE(answer.status, 200); // always
        QCOMPARE(QString::fromStdString(answer.body), QString::fromStdString(body));
    }
    void refused(const ApiSandbox::Answer &answer, int code, const std::string &msg)
    {
        compare(answer, "{\"code\":" + std::to_string(code) + ",\"msg\":\"" + msg + "\"}");
    }

private Q_SLOTS:
    void initTestCase() { m_api = std::make_unique<ApiSandbox>(); }
    void cleanupTestCase() { m_api.reset(); }

    void answersTheDocumentsExamples()
    {
        compare(m_api->send("PUT", "/dbs/db/tables/trans", R"({"value": [["bb",24,34,1.5,2.5,1590738994000,"2020-05-05"]]})"), R"({"code":0,"msg":"ok"})");
        compare(m_api->send("POST", "/dbs/demo_db/deployments/demo_data_service", R"({"input": [["aaa", 11, 22, 1.2, 1.3, 1635247427000, "2021-05-20"]]})"),
            R"({"code":0,"msg":"ok","data":{"data":[["aaa",11,22]]}})");
        compare(m_api->send("POST", "/dbs/demo_db/deployments/demo_data_service",
                    R"({"input": [{"c1":"aaa", "c2":11, "c3":22, "c4":1.2, "c5":1.3, "c6":1635247427000, "c7":"2021-05-20", "foo":"bar"}]})"),
            R"({"code":0,"msg":"ok","data":{"data":[{"c1":"aaa","c2":11,"w1_c3_sum":22}]}})");
        compare(m_api->send("POST", "/dbs/demo_db", R"({"mode": "online", "sql": "select 1"})"),
            R"({"code":0,"msg":"ok","data":{"schema":["Int32"],"data":[[1]]}})");
        compare(m_api->send("POST", "/dbs/demo_db",
                    R"({"mode":"online","sql":"SELECT c1, c2, c3 FROM demo WHERE c1 = ? AND c2 = ?","input":{"schema":["Int32","String"],"data":[1,"aaa"]}})"),
            R"({"code":0,"msg":"ok","data":{"schema":["Int32","String","Float"],"data":[[1,"aaa",1.2000000476837158],[1,"aaa",3.4000000953674316]]}})");
        compare(m_api->send("GET", "/dbs"), R"({"code":0,"msg":"ok","dbs":["db","demo_db","market","power"]})");
        compare(m_api->send("POST", "/refresh"), R"({"code":0,"msg":"ok"})");
        QVERIFY(m_api->send("GET", "/dbs/demo_db/deployments/demo_data_service").body.starts_with(R"({"code":0,"msg":"ok","data":{"name":"demo_data_service",)"));
    }
    void describesItself()
    {
        QVERIFY(m_api->send("GET", "/version").body.find("Ondograph sandbox") != std::string::npos);
        QCOMPARE(m_api->send("GET", "/health").status, 200);
    }
    void knowsItsPaths_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("msg");
        const auto row = [](const char *method, const char *path, const char *msg) { QTest::newRow(qPrintable(QLatin1String(method) + QLatin1String(path))) << QByteArray(method) << QByteArray(path) << QByteArray(msg); };
        row("GET", "/", "no match method");
        row("GET", "/nope", "no match method");
        row("POST", "/dbs", "no match method");
        row("GET", "/dbs/demo_db", "no match method");
        row("PUT", "/dbs/demo_db", "no match method");
        row("POST", "/dbs/demo_db/tables/demo", "no match method");
        row("GET", "/refresh", "no match method");
        row("DELETE", "/dbs", "unsupported method");
        row("HEADLESS", "/dbs", "unsupported method");
        row("GET", "/dbs/a%20b/tables", "invalid url");
        row("GET", "/dbs/a.b/tables", "invalid url");
        row("GET", "/dbs/demo_db/tables/", "invalid url");
        row("GET", "/dbs//tables", "invalid url");
        row("GET", "/dbs?a=b.c", "invalid url");
        row("GET", "/dbs/nope/tables", "DB not found");
        row("GET", "/dbs/nope/tables/t", "DB not found");
        row("GET", "/dbs/demo_db/tables/nope", "Table not found");
        row("GET", "/dbs/demo_db/deployments/nope", "deployment not found");
        row("GET", "/dbs/db/procedures/nope", "procedure not found");
        row("GET", "/dbs/db/deployments/sp", "deployment not found");
        row("GET", "/dbs/demo_db/procedures/demo_data_service", "procedure not found");
    }
    void knowsItsPaths()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, msg);
        refused(m_api->send(method.constData(), path.toStdString()), -1, msg.toStdString());
        QVERIFY(m_api->send("GET", "/dbs?a=b-c").body.starts_with("{\"code\":0"));
    }
    void checksTheBodyOfAStatement_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("msg");
        const auto row = [](const char *body, const char *msg) { QTest::newRow(body) << QByteArray(body) << QByteArray(msg); };
        row("", "Json parse failed, INVALID_ARGUMENT: req is not object");
        row("[]", "Json parse failed, INVALID_ARGUMENT: req is not object");
        row(R"({"mode":"online"})", "Json parse failed, INVALID_ARGUMENT: sql parse failed");
        row(R"({"sql":"select 1"})", "Json parse failed, INVALID_ARGUMENT: mode parse failed");
        row(R"({"mode":1,"sql":"select 1"})", "Json parse failed, INVALID_ARGUMENT: mode parse failed");
        row(R"({"mode":"Offline","sql":"select 1"})", "Invalid mode offline");
        row(R"({"mode":"online","sql":"select 1","timeout":"x"})", "Json parse failed, INVALID_ARGUMENT: timeout parse failed");
        row(R"({"mode":"online","sql":"select ?","input":{"schema":["FOO"],"data":[1]}})", "Json parse failed, INVALID_ARGUMENT: invalid type FOO");
        row(R"({"mode":"online","sql":"select ?","input":{"schema":["varchar"],"data":["a"]}})", "Json parse failed, INVALID_ARGUMENT: invalid type VARCHAR");
        row(R"({"mode":"online","sql":"select ?","input":{"schema":["int","int"],"data":[1,2,3]}})", "Json parse failed, INVALID_ARGUMENT: data size 3 != schema size 2");
        row(R"({"mode":"online","sql":"select ?","input":{"schema":["int","bigint"],"data":[1,"x"]}})", "Json parse failed, INVALID_ARGUMENT: append failed on 1 type 3");
        row(R"({"mode":"online","sql":"select ?","input":{"schema":["int"],"data":[null]}})", "Json parse failed, INVALID_ARGUMENT: append failed on 0 type 2");
        row(R"({"mode":"online","sql":"select ?","input":{"schema":["date"],"data":["2021-05-01"]}})", "Json parse failed, INVALID_ARGUMENT: append failed on 0 type 7");
    }
    void checksTheBodyOfAStatement()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, msg);
        refused(m_api->send("POST", "/dbs/demo_db", body.toStdString()), -1, msg.toStdString());
    }
    void takesParametersByType()
    {
        const std::string input = R"(,"input":{"schema":["BOOL","int16","INT","Int64","float","double","STRING","date","timestamp"],"data":[true,-5,7,9223372036854775807,1.1,NaN,"中",7930881,1635247427000]})";
        QCOMPARE(m_api->sql("select ?, ?, ?, ?, ?, ?, ?, ?, ?", "demo_db", "ONLINE", input),
            std::string(R"({"code":0,"msg":"ok","data":{"schema":["Bool","Int16","Int32","Int64","Float","Double","String","Date","Timestamp"],"data":[[true,-5,7,9223372036854775807,1.100000023841858,NaN,"中","2021-5-1",1635247427000]]}})"));
        QCOMPARE(m_api->sql("select 0.0 / 0, 1 / 0, 1.5", "demo_db", "online", R"(,"write_nan_and_inf_null":true)"),
            std::string(R"({"code":0,"msg":"ok","data":{"schema":["Double","Double","Double"],"data":[[null,null,1.5]]}})"));
    }
    void putsOneRow()
    {
        m_api->sql("CREATE TABLE put (b bool, i smallint, j int not null, k bigint, f float, g double, s string, d date, t timestamp)");
        const std::string path = "/dbs/demo_db/tables/put";
        compare(m_api->send("PUT", path, R"({"value":[[true,-32768,1,9223372036854775807,1.1,-Inf,"a","2021-5-1",0]]})"), R"({"code":0,"msg":"ok"})");
        compare(m_api->send("PUT", path, R"({"value":[[null,null,2,null,NaN,Infinity,"Inf, Inf",null,null]]})"), R"({"code":0,"msg":"ok"})");
        QCOMPARE(m_api->rows("select * from put"),
            std::string(R"(["Bool","Int16","Int32","Int64","Float","Double","String","Date","Timestamp"] [[true,-32768,1,9223372036854775807,1.100000023841858,-Infinity,"a","2021-5-1",0],[null,null,2,null,NaN,Infinity,"Inf, Inf",null,null]])"));
        refused(m_api->send("PUT", path, "{"), -1, "Json parse failed, error code: 3");
        refused(m_api->send("PUT", path, R"({"value":[[1],[2]]})"), -1, "Invalid value in body, only support to put one row");
        refused(m_api->send("PUT", path, R"({"value":[[1]]})"), -1, "column size != schema size");
        refused(m_api->send("PUT", path, R"({"value":[[true,0,0,0,0,0,7,"2021-5-1",0]]})"), -1, "value is not string for col s");
        refused(m_api->send("PUT", path, R"({"value":[[1,0,0,0,0,0,"","2021-5-1",0]]})"), -1, "convertion failed on col b[0] with value ");
        refused(m_api->send("PUT", path, R"({"value":[[true,40000,0,0,0,0,"","2021-5-1",0]]})"), -1, "convertion failed on col i[1] with value ");
        refused(m_api->send("PUT", path, R"({"value":[[true,0,null,0,0,0,"","2021-5-1",0]]})"), -1, "convertion failed on col j[2] with value ");
        refused(m_api->send("PUT", path, R"({"value":[[true,0,0,0,0,0,"","2021-5-32",0]]})"), -1, "convertion failed on col d[7] with value 2021-5-32");
        refused(m_api->send("PUT", "/dbs/demo_db/tables/nope", R"({"value":[[1]]})"), 2000, "Table nope not exists in database [demo_db]");
    }
    void callsComputeForTheRowsSent()
    {
        const std::string path = "/dbs/demo_db/deployments/demo_data_service";
        // The rows of the table within the window count; each row of the request is alone with them.
        compare(m_api->send("POST", path, R"({"input":[["aaa",1,100,1,1,1636097900000,null],["zz",2,7,1,1,0,null]],"need_schema":true})"),
            R"({"code":0,"msg":"ok","data":{"schema":[{"name":"c1","type":"string"},{"name":"c2","type":"int32"},{"name":"w1_c3_sum","type":"int64"}],"data":[["aaa",1,144],["zz",2,7]]}})");
        refused(m_api->send("POST", path, "x"), -1, "Request body json parse failed");
        refused(m_api->send("POST", path, R"({"input":[]})"), -1, "Field input is invalid");
        refused(m_api->send("POST", path, R"({"input":[["a"]]})"), -1, "Invalid input data size in row 0");
        refused(m_api->send("POST", path, R"({"input":[1]})"), -1, "Must be array or map, row 0");
        refused(m_api->send("POST", path, R"({"input":[["a","b",1,1,1,1,null]]})"), -1, "Translate to request row failed in array row 0, INVALID_ARGUMENT: trans failed on c2(2): b");
        refused(m_api->send("POST", path, R"({"input":[{"c1":"a"}]})"), -1, "Translate to request row failed in map row 0, INVALID_ARGUMENT: can't find c2");
    }
    void callsProceduresWithCommonColumns()
    {
        const std::string path = "/dbs/db/procedures/sp";
        compare(m_api->send("POST", path, R"({"common_cols":["aa",1],"input":[[10,1,1,1590738993001,null],[20,1,1,0,null]],"need_schema":false})"),
            R"({"code":0,"msg":"ok","data":{"data":[[43],[20]],"common_cols_data":["aa",1]}})");
        refused(m_api->send("POST", path, R"({"common_cols":"a","input":[[1]]})"), -1, "common_cols is not array");
        refused(m_api->send("POST", path, R"({"common_cols":[],"input":[[1]]})"), -1, "Invalid common cols size");
    }
};

ONDO_TEST(OpenmldbRestTest)
#include "tst_openmldbrest.moc"
