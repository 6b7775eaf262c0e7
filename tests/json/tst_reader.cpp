// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/reader.h"

#include "json/memorysource.h"
#include "transcript.h"

#include "support/ondotest.h"
#include "support/piecesource.h"

#include <random>

using namespace std::string_literals;

class ReaderTest : public QObject
{
    Q_OBJECT

    static std::string read(std::string_view body, std::size_t piece, json::ReaderOptions options = {})
    {
        support::PieceSource source(body, piece);
        json::Reader reader(source, std::move(options));
        return transcriptOf(reader);
    }

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void everyCutOfADocumentIsRefused();
    void keepsRawValues();
    void rewinds();
    void readsSeveralDocuments();
    void limitsDepth();
    void limitsValues();
    void passesOnTheSourcesError();
    void callsIdleWhileWaiting();
    void stopsWhenIdleSaysSo();
    void readsLongTexts();
};

void ReaderTest::accepts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("transcript");
    const auto row = [](const char *name, const std::string &body, const std::string &transcript) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray::fromStdString(transcript);
    };
    row("scalars", R"([true,false,null,"",0,-0,12])", "[ true false null s<> n<0> n<-0> n<12> ] end");
    row("scalar alone", "12", "n<12> end");
    row("text alone", R"("a")", "s<a> end");
    row("word alone", " null ", "null end");
    row("empty", "[{},[]]", "[ { } [ ] ] end");
    row("nested", R"({"a":{"b":[1,{"c":2}]},"d":3})", "{ k<a> { k<b> [ n<1> { k<c> n<2> } ] } k<d> n<3> } end");
    row("blanks", " \t\r\n{ \"a\" :\n[ 1 , 2 ]\t}\r\n ", "{ k<a> [ n<1> n<2> ] } end");
    row("repeated keys in order", R"({"b":1,"a":2,"b":3})", "{ k<b> n<1> k<a> n<2> k<b> n<3> } end");
    row("empty key", R"({"":1})", "{ k<> n<1> } end");
    row("numbers", "[0.5,-1.25e+3,1E-2,12e4,18446744073709551615]",
        "[ n<0.5> n<-1.25e+3> n<1E-2> n<12e4> n<18446744073709551615> ] end");
    row("huge numbers", "[1e400,-1e-400,123456789012345678901234567890.5]",
        "[ n<1e400> n<-1e-400> n<123456789012345678901234567890.5> ] end");
    row("bare words", "[NaN,Infinity,-Infinity]", "[ n<NaN> n<Infinity> n<-Infinity> ] end");
    row("escapes", R"(["\"\\\/\b\f\n\r\t","\u0041\u00e9\u4e2d"])",
        "[ s<\"\\/\b\f\n\r\t> s<A\xc3\xa9\xe4\xb8\xad> ] end");
    row("escape in a key", R"({"a\tb":1})", "{ k<a\tb> n<1> } end");
    row("zero byte", R"(["\u0000"])", "[ s<"s + '\0' + "> ] end");
    row("surrogate pair", R"(["\ud83d\ude00\uD83D\uDE00"])", "[ s<\xf0\x9f\x98\x80\xf0\x9f\x98\x80> ] end");
    row("lone surrogates", R"(["\ud83d","\ude00x","\ud83d\n","\ud83d\u0041","\ud83d\ud83d\ude00"])",
        "[ s<\xed\xa0\xbd> s<\xed\xb8\x80x> s<\xed\xa0\xbd\n> s<\xed\xa0\xbd"
        "A> s<\xed\xa0\xbd\xf0\x9f\x98\x80> ] end");
    row("not UTF-8", "[\"\xff\xfe\x80\",\"\xc3\"]", "[ s<\xff\xfe\x80> s<\xc3> ] end");
    row("delete character", "[\"\x7f\"]", "[ s<\x7f> ] end");
    row("16 bytes", R"(["0123456789abcdef","0123456789abcde","0123456789abcdefg"])",
        "[ s<0123456789abcdef> s<0123456789abcde> s<0123456789abcdefg> ] end");
}

void ReaderTest::accepts()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, transcript);
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1), std::size_t(2), std::size_t(3), std::size_t(7)})
        QCOMPARE(QByteArray::fromStdString(read(body.toStdString(), piece)), transcript);
}

void ReaderTest::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("byte");
    const auto row = [](const char *name, const std::string &body, qint64 byte) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << byte;
    };
    row("empty", "", 0);
    row("blanks only", " \n ", 3);
    row("leading zero", "[01]", 2);
    row("negative leading zero", "[-01]", 3);
    row("point without digits", "[1.]", 3);
    row("point without digits, exponent", "[1.e5]", 3);
    row("digits missing before the point", "[.5]", 1);
    row("plus", "[+1]", 1);
    row("minus alone", "[-]", 2);
    row("minus NaN", "[-NaN]", 2);
    row("exponent without digits", "[1e]", 3);
    row("exponent sign alone", "[1e+]", 4);
    row("two points", "[1.2.3]", 4);
    row("hex", "[0x10]", 2);
    row("letters behind digits", "[12a]", 3);
    row("comma before bracket", "[1,]", 3);
    row("comma before brace", R"({"a":1,})", 7);
    row("comma first", "[,1]", 1);
    row("two commas", "[1,,2]", 3);
    row("comma missing", "[1 2]", 3);
    row("comma missing between members", R"({"a":1 "b":2})", 7);
    row("colon missing", R"({"a" 1})", 5);
    row("colon in an array", R"(["a":1])", 4);
    row("comma for colon", R"({"a",1})", 4);
    row("value missing", R"({"a":})", 5);
    row("key without quotes", "{a:1}", 1);
    row("number as key", "{1:1}", 1);
    row("single quotes", "['a']", 1);
    row("wrong bracket", "[1}", 2);
    row("wrong brace", R"({"a":1])", 6);
    row("closing alone", "]", 0);
    row("array not closed", "[1", 2);
    row("object not closed", R"({"a":1)", 6);
    row("text not closed", R"(["abc)", 5);
    row("text ends in an escape", R"(["abc\)", 5);
    row("text ends in half an escape", R"(["abc\u00)", 5);
    row("unknown escape", R"(["a\x"])", 3);
    row("short unicode escape", R"(["\u12"])", 2);
    row("no hex in an escape", R"(["\u12g4"])", 2);
    row("raw line feed", "[\"a\nb\"]", 3);
    row("raw zero byte", "[\"a"s + '\0' + "\"]", 3);
    row("raw control character at 17", "[\"0123456789abcdef\x1f\"]", 18);
    row("word cut", "[tru]", 4);
    row("word in capitals", "[True]", 1);
    row("word too long", "[nullx]", 5);
    row("word ends early", "nul", 3);
    row("wrong case of NaN", "[nan]", 2);
    row("NaN too long", "[NaNa]", 1);
    row("Infinity cut", "[Infinit]", 1);
    row("more behind", "{} x", 3);
    row("second document", "{}{}", 2);
    row("second number", "1 2", 2);
    row("byte order mark", "\xef\xbb\xbf[]", 0);
    row("zero byte", "[1]"s + '\0', 3);
    row("zero byte within", "["s + '\0' + "1]", 1);
    row("comment", "[1/**/]", 2);
    row("HTML", "<html>", 0);
    row("vertical tab", "[\v1]", 1);
}

void ReaderTest::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(qint64, byte);
    const std::string bytes = body.toStdString();
    for (const std::size_t piece : {std::size_t(1000000), std::size_t(1), std::size_t(2), std::size_t(3), std::size_t(7)}) {
        support::PieceSource source(bytes, piece);
        json::Reader reader(source);
        const std::string transcript = transcriptOf(reader);
        QVERIFY2(transcript.ends_with('!'), transcript.c_str());
        QVERIFY(reader.error());
        QCOMPARE(reader.error()->kind, core::ErrorKind::Decode);
        QVERIFY(reader.error()->message.contains(QStringLiteral("expected")));
        QCOMPARE(reader.error()->position.byte.value_or(-1), byte);
        QVERIFY(!reader.isSourceError());
        QCOMPARE(reader.next(), json::Token::Failed);
    }
}

void ReaderTest::everyCutOfADocumentIsRefused()
{
    const std::string body = R"({"code":0,"m":[["ts","TIMESTAMP",8]],"d":[["2022-08-10T07:02:40.500Z",-1.5e+3,true,)"
                             R"(false,null,{"k":"v\u00e9\n"},NaN,-Infinity,"\ud83d"]],"rows":1})";
    QVERIFY(read(body, 1000).ends_with("end"));
    for (std::size_t size = 0; size < body.size(); ++size) {
        for (const std::size_t piece : {std::size_t(1000), std::size_t(1), std::size_t(3)}) {
            support::PieceSource source(std::string_view(body).substr(0, size), piece);
            json::Reader reader(source);
            QVERIFY(transcriptOf(reader).ends_with('!'));
            QVERIFY(reader.error()->position.byte.value_or(-1) <= static_cast<std::int64_t>(size));
        }
    }
    const std::string whole = read(body, 1000);
    std::mt19937 random(1);
    for (int run = 0; run < 200; ++run) {
        support::PieceSource source(body, [&random] { return 1 + random() % 40; });
        json::Reader reader(source);
        QCOMPARE(transcriptOf(reader), whole);
    }
}

void ReaderTest::keepsRawValues()
{
    const std::string body = R"([ {"a" : [1.50, "x\u0041"] , "b":{ }} , "q\"\u0041" , 1.50 , null,[ ]])";
    for (const std::size_t piece : {std::size_t(1000), std::size_t(1), std::size_t(2), std::size_t(5)}) {
        support::PieceSource source(body, piece);
        json::Reader reader(source);
        QCOMPARE(reader.next(), json::Token::BeginArray);
        std::vector<std::string> raw;
        while (reader.next() != json::Token::EndArray)
            raw.emplace_back(reader.rawValue().value_or("failed"));
        const std::vector<std::string> expected
            = {R"({"a" : [1.50, "x\u0041"] , "b":{ }})", R"("q\"\u0041")", "1.50", "null", "[ ]"};
        QCOMPARE(raw, expected);
        QCOMPARE(reader.next(), json::Token::End);
    }
    const std::string_view broken = R"([1,[2,"abc)";
    support::PieceSource cut(std::string_view(R"([[1,[2,"abc)"), 1);
    json::Reader reader(cut);
    reader.next();
    reader.next();
    QVERIFY(!reader.rawValue());
    QCOMPARE(reader.brokenRawValue(), broken);
}

void ReaderTest::rewinds()
{
    const std::string_view body = R"([[1,{"a":2}],3])";
    for (const std::size_t piece : {std::size_t(1000), std::size_t(1)}) {
        support::PieceSource source(body, piece);
        json::Reader reader(source);
        reader.next();
        reader.next();
        QCOMPARE(reader.rawValue().value_or(""), body.substr(1, 11));
        reader.rewindToRawValue();
        QCOMPARE(transcriptOf(reader), std::string("[ n<1> { k<a> n<2> } ] n<3> ] end"));
    }
}

void ReaderTest::readsSeveralDocuments()
{
    const json::ReaderOptions several{.severalDocuments = true};
    const std::string_view body = R"({"a":1}{"b":2}[3]"x"4 5 null)";
    for (const std::size_t piece : {std::size_t(1000), std::size_t(1)}) {
        QCOMPARE(read(body, piece, several),
            std::string("{ k<a> n<1> } { k<b> n<2> } [ n<3> ] s<x> n<4> n<5> null end"));
        QCOMPARE(read("{}\n{}\n", piece, several), std::string("{ } { } end"));
        QVERIFY(read("", piece, several).ends_with('!'));
        QVERIFY(read("{}{", piece, several).ends_with('!'));
        QVERIFY(read("{},{}", piece, several).ends_with('!'));
    }
}

void ReaderTest::limitsDepth()
{
    const std::string body = std::string(100000, '[') + std::string(100000, ']');
    json::MemorySource source(body);
    json::Reader deep(source, json::ReaderOptions{.maxDepth = 100000});
    QVERIFY(transcriptOf(deep).ends_with("end"));
    json::MemorySource again(body);
    json::Reader reader(again);
    QVERIFY(transcriptOf(reader).ends_with('!'));
    QCOMPARE(reader.error()->kind, core::ErrorKind::Limit);
    QCOMPARE(reader.error()->position.byte.value_or(-1), std::int64_t(1024));
}

void ReaderTest::limitsValues()
{
    const std::string body = "[\"" + std::string(3000000, 'x') + "\"]";
    json::MemorySource source(body);
    json::Reader reader(source, json::ReaderOptions{.maxValueBytes = 1000000});
    QCOMPARE(transcriptOf(reader), std::string("[ !"));
    QCOMPARE(reader.error()->kind, core::ErrorKind::Limit);
    QVERIFY(!reader.isSourceError());
}

void ReaderTest::passesOnTheSourcesError()
{
    for (const std::string_view body : {"", "[1,", "[1,2", "[\"ab", "[tr", "{\"a\"", "[1]"}) {
        support::PieceSource source(body, 2, true);
        json::Reader reader(source);
        QVERIFY(transcriptOf(reader).ends_with('!'));
        QCOMPARE(reader.error()->kind, core::ErrorKind::Network);
        QVERIFY(reader.isSourceError());
    }
}

namespace {

// Waits a number of times before each byte.
class WaitingSource : public json::Source
{
public:
    explicit WaitingSource(std::string_view bytes)
        : m_rest(bytes)
    {
    }
    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override
    {
        if (deadline <= std::chrono::steady_clock::now() - std::chrono::seconds(60))
            return core::Error{};
        if (++m_reads % 3 != 0)
            return ReadResult{Read::Waiting, 0};
        if (m_rest.empty())
            return ReadResult{Read::End, 0};
        into[0] = m_rest[0];
        m_rest.remove_prefix(1);
        return ReadResult{Read::Data, 1};
    }

private:
    std::string_view m_rest;
    int m_reads = 0;
};

} // namespace

void ReaderTest::callsIdleWhileWaiting()
{
    int calls = 0;
    WaitingSource source("[1,2]");
    json::Reader reader(source, json::ReaderOptions{.idle = [&calls] { return ++calls > 0; }});
    QCOMPARE(transcriptOf(reader), std::string("[ n<1> n<2> ] end"));
    QCOMPARE(calls, 18); // five bytes and the end, three reads each
}

void ReaderTest::stopsWhenIdleSaysSo()
{
    int calls = 0;
    WaitingSource source("[1,2]");
    json::Reader reader(source, json::ReaderOptions{.idle = [&calls] { return ++calls < 8; }});
    QCOMPARE(transcriptOf(reader), std::string("[ !"));
    QVERIFY(!reader.error());
    QCOMPARE(reader.next(), json::Token::Failed);
}

void ReaderTest::readsLongTexts()
{
    std::string text;
    for (int i = 0; i < 200000; ++i)
        text += static_cast<char>('a' + i % 26);
    const std::string body = "[\"" + text + "\\n" + text + "\"," + std::string(300000, '1') + "]";
    for (const std::size_t piece : {std::size_t(10000000), std::size_t(1000), std::size_t(16384)})
        QCOMPARE(read(body, piece), "[ s<" + text + "\n" + text + "> n<" + std::string(300000, '1') + "> ] end");
}

ONDO_TEST(ReaderTest)
#include "tst_reader.moc"
