// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/manifest.h"

#include "support/ondotest.h"

#include <QJsonArray>
#include <QJsonDocument>

using connector::Field;
using connector::Manifest;

namespace {

// JSON with ' for " and ^ for ', which reads better in C++.
QJsonObject jsonOf(QByteArray text)
{
    return QJsonDocument::fromJson(text.replace('\'', '"').replace('^', '\'')).object();
}

QJsonObject sound()
{
    return jsonOf(
        "{"
        "'id': 'demo', 'version': '1.2', 'name': 'Demo', 'scheme': 'demo', 'transport': 'https', 'port': 443,"
        "'icon': ['<svg>', '</svg>'],"
        "'fields': ["
        "{ 'key': 'host', 'label': 'Host', 'type': 'text', 'url': 'host', 'required': true },"
        "{ 'key': 'auth', 'label': 'Log-in', 'type': 'choice', 'url': 'query', 'default': 'a', 'choices': [ { 'value': 'a', 'label': 'A' } ] },"
        "{ 'key': 'token', 'label': 'Token', 'type': 'secret', 'url': 'password', 'shownWhen': { 'key': 'auth', 'values': ['a'] } }"
        "],"
        "'language': { 'keywords': ['SELECT', 'FROM'], 'functions': 'ABS COUNT', 'identifierQuote': '`', 'stringQuotes': '^', 'backslashEscapes': true },"
        "'templates': [ { 'group': 'G', 'title': 'T', 'text': ['POST /x', '', 'body'], 'readsOnly': true } ],"
        "'types': ['INT'], 'capabilities': ['catalog', 'pushDown'], 'sandbox': true,"
        "'diagnosis': { 'service': 'demod', 'version': 'SELECT v', 'signs': [ { 'request': ['GET /', 'A: b'], 'members': ['x'] } ],"
        "'meanings': [ { 'codes': ['7'], 'status': 403, 'means': 'M', 'try': 'T' } ] }"
        "}");
}

} // namespace

class ManifestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAll()
    {
        const auto read = Manifest::fromJson(sound());
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->id, std::string("demo"));
        QCOMPARE(read->defaultTransport, std::string("https"));
        QCOMPARE(read->icon, QStringLiteral("<svg>\n</svg>"));
        QCOMPARE(read->fields.size(), std::size_t(3));
        QVERIFY(read->fields[0].required);
        QCOMPARE(static_cast<int>(read->fields[2].type), static_cast<int>(Field::Type::Secret));
        QCOMPARE(static_cast<int>(read->fields[2].urlPart), static_cast<int>(Field::UrlPart::Password));
        QCOMPARE(read->fields[2].shownWhenKey, std::string("auth"));
        QCOMPARE(read->language.functions, (QStringList{QStringLiteral("ABS"), QStringLiteral("COUNT")}));
        QCOMPARE(read->language.identifierQuote.at(0), '`');
        QCOMPARE(read->templates.at(0).text, std::string("POST /x\n\nbody"));
        QVERIFY(read->templates.at(0).readsOnly);
        QVERIFY(read->capabilities.catalog && read->capabilities.pushDown && !read->capabilities.cancel);
        QVERIFY(read->hasSandbox);
        QCOMPARE(read->diagnosis.service, QStringLiteral("demod"));
        QCOMPARE(read->diagnosis.versionStatement, std::string("SELECT v"));
        QCOMPARE(read->diagnosis.signs.at(0).request, std::string("GET /\nA: b"));
        QCOMPARE(read->diagnosis.meanings.at(0).status, 403);
        QCOMPARE(read->diagnosis.meanings.at(0).advice, QStringLiteral("T"));
    }

    void namesThePathOfWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("change"); // an object whose keys replace or, where null, remove
        QTest::addColumn<QString>("path");
        const auto row = [](const char *name, const char *change, const char *path) {
            QTest::newRow(name) << QByteArray(change) << QString::fromLatin1(path);
        };
        row("no id", "{'id':null}", "id:");
        row("id is a number", "{'id':5}", "id:");
        row("unknown key", "{'extra':1}", "extra:");
        row("transport", "{'transport':'ftp'}", "transport:");
        row("port", "{'port':70000}", "port:");
        row("port is a fraction", "{'port':1.5}", "port:");
        row("icon", "{'icon':'x.svg'}", "icon:");
        row("fields is no list", "{'fields':{}}", "fields:");
        row("field is no object", "{'fields':[1]}", "fields[0]:");
        row("field without key", "{'fields':[{'label':'x'}]}", "fields[0].key:");
        row("field's type", "{'fields':[{'key':'a','label':'x','type':'date'}]}", "fields[0].type:");
        row("field's part", "{'fields':[{'key':'a','label':'x','url':'fragment'}]}", "fields[0].url:");
        row("choice without choices", "{'fields':[{'key':'a','label':'x','type':'choice'}]}", "fields[0].choices:");
        row("a choice's value", "{'fields':[{'key':'a','label':'x','type':'choice','choices':[{'label':'A'}]}]}", "fields[0].choices[0].value:");
        row("a secret's default", "{'fields':[{'key':'a','label':'x','type':'secret','default':'root'}]}", "fields[0].default:");
        row("two fields of one key", "{'fields':[{'key':'a','label':'x'},{'key':'a','label':'y'}]}", "fields:");
        row("meaning of nothing", "{'diagnosis':{'meanings':[{'means':'M'}]}}", "diagnosis.meanings[0].codes:");
        row("sign of nothing", "{'diagnosis':{'signs':[{'request':'GET /'}]}}", "diagnosis.signs[0].members:");
        row("condition on nothing", "{'fields':[{'key':'a','label':'x','shownWhen':{'key':'b','values':[]}}]}", "fields:");
        row("language", "{'language':5}", "language:");
        row("language's keyword", "{'language':{'keywords':['A',1]}}", "language.keywords[1]:");
        row("separator", "{'language':{'separator':'GO'}}", "language.separator:");
        row("template without text", "{'templates':[{'group':'g','title':'t'}]}", "templates[0].text:");
        row("capability", "{'capabilities':['fly']}", "capabilities:");
        row("sandbox", "{'sandbox':'yes'}", "sandbox:");
    }
    void namesThePathOfWhatIsWrong()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, path);
        QJsonObject json = sound();
        const QJsonObject changes = jsonOf(change);
        for (auto entry = changes.begin(); entry != changes.end(); ++entry) {
            if (entry.value().isNull())
                json.remove(entry.key());
            else
                json.insert(entry.key(), entry.value());
        }
        const auto read = Manifest::fromJson(json);
        QVERIFY(!read.ok());
        QVERIFY2(read.error().message.contains(QStringLiteral(" ") + path), qPrintable(read.error().message));
    }

    void nothingIsAManifest() { QVERIFY(!Manifest::fromJson({}).ok()); }
};

ONDO_TEST(ManifestTest)
#include "tst_manifest.moc"
