// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/signature.h"

#include "support/ondotest.h"

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The example keys of the AWS documentation and of the published test suite.
auth::AwsCredentials exampleKeys()
{
    auth::AwsCredentials keys;
    keys.accessKeyId = "AKIDEXAMPLE";
    keys.secretAccessKey = core::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    return keys;
}

constexpr const char *kDate = "20150830T123600Z";
const auth::SigningScope kScope{"us-east-1", "service"};

struct Vector {
    const char *name;
    std::string method = "GET";
    std::string path = "/";
    std::string query;
    Headers headers; // beside host and x-amz-date
    std::string body;
    bool normalizes = true;
    const char *signature;
};

constexpr const char *kUnreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr const char *kVanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

// Requests and signatures of the test suite that AWS publishes for Signature Version 4.
std::vector<Vector> vectors()
{
    const std::string unreserved = kUnreserved;
    const std::string form = "application/x-www-form-urlencoded";
    const std::string formHash = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";
    return {
        {.name = "get-vanilla", .signature = kVanilla},
        {.name = "get-vanilla-query-order-key-case", .query = "Param2=value2&Param1=value1",
            .signature = "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
        {.name = "get-vanilla-empty-query-key", .query = "Param1=value1",
            .signature = "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
        {.name = "get-vanilla-query-unreserved", .query = unreserved + '=' + unreserved,
            .signature = "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
        {.name = "get-vanilla-utf8-query", .query = "\xE1\x88\xB4=bar",
            .signature = "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
        {.name = "get-vanilla-query-order-encoded", .query = "Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
            .signature = "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"},
        {.name = "get-unreserved", .path = '/' + unreserved,
            .signature = "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
        {.name = "get-utf8", .path = "/\xE1\x88\xB4",
            .signature = "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
        {.name = "get-space-normalized", .path = "/example space/",
            .signature = "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"},
        {.name = "get-relative-normalized", .path = "/example/..", .signature = kVanilla},
        {.name = "get-relative-unnormalized", .path = "/example/..", .normalizes = false,
            .signature = "eca7ead57bb5aa5c8e28007acd4ff04e1ff9a0ff3b237ec1554a184887ff9282"},
        {.name = "get-slash-dot-slash-normalized", .path = "/./", .signature = kVanilla},
        {.name = "get-slash-pointless-dot-normalized", .path = "/./example",
            .signature = "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"},
        {.name = "get-slashes-normalized", .path = "//example//",
            .signature = "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"},
        {.name = "get-slashes-unnormalized", .path = "//example//", .normalizes = false,
            .signature = "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5"},
        {.name = "get-header-key-duplicate",
            .headers = {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}},
            .signature = "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
        {.name = "get-header-value-order",
            .headers = {{"My-Header1", "value4"}, {"My-Header1", "value1"}, {"My-Header1", "value3"}, {"My-Header1", "value2"}},
            .signature = "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"},
        {.name = "get-header-value-trim", .headers = {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}},
            .signature = "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
        {.name = "get-header-value-multiline", // a line that goes on counts as one more value
            .headers = {{"My-Header1", "value1"}, {"My-Header1", "  value2"}, {"My-Header1", "     value3"}},
            .signature = "ba17b383a53190154eb5fa66a1b836cc297cc0a3d70a5d00705980573d8ff790"},
        {.name = "post-header-key-sort", .method = "POST", .headers = {{"My-Header1", "value1"}},
            .signature = "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"},
        {.name = "post-vanilla-query", .method = "POST", .query = "Param1=value1",
            .signature = "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"},
        {.name = "post-x-www-form-urlencoded", .method = "POST",
            .headers = {{"Content-Type", form}, {"Content-Length", "13"}, {"x-amz-content-sha256", formHash}},
            .body = "Param1=value1", .signature = "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b"},
        {.name = "post-x-www-form-urlencoded-parameters", .method = "POST",
            .headers
            = {{"Content-Type", form + "; charset=utf-8"}, {"Content-Length", "13"}, {"x-amz-content-sha256", formHash}},
            .body = "Param1=value1", .signature = "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422"},
    };
}

auth::SignatureSteps stepsOf(const Vector &vector)
{
    auth::SignedParts parts;
    parts.method = vector.method;
    parts.path = vector.path;
    parts.query = vector.query;
    parts.headers = vector.headers;
    parts.headers.emplace_back("X-Amz-Date", kDate);
    parts.headers.emplace_back("Host", "example.amazonaws.com");
    parts.payloadHash = auth::sha256Hex(vector.body);
    parts.amzDate = kDate;
    parts.normalizesPath = vector.normalizes;
    return auth::signatureOf(parts, exampleKeys(), kScope);
}

std::chrono::system_clock::time_point momentOf(std::int64_t seconds)
{
    return std::chrono::system_clock::time_point(std::chrono::seconds(seconds));
}
constexpr std::int64_t kMoment = 1440938160; // 2015-08-30T12:36:00Z

std::string valueOf(const http::Request &request, const std::string &name)
{
    std::string found;
    int count = 0;
    for (const http::Header &header : request.headers) {
        if (QString::fromStdString(header.name).compare(QString::fromStdString(name), Qt::CaseInsensitive) == 0) {
            found = header.value;
            ++count;
        }
    }
    return count > 1 ? "given twice" : found;
}

} // namespace

class SignatureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishedVectors_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Vector &vector : vectors())
            QTest::newRow(vector.name) << index++;
    }
    void publishedVectors()
    {
        QFETCH(int, index);
        const Vector vector = vectors()[static_cast<std::size_t>(index)];
        const auth::SignatureSteps steps = stepsOf(vector);
        QVERIFY2(steps.signature == vector.signature, steps.canonicalRequest.c_str());
        QVERIFY(steps.authorization.starts_with(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="));
        QVERIFY(steps.authorization.ends_with(steps.signature));
    }

    // get-vanilla step by step, as the test suite has it.
    void stepsAreThoseOfTheDocument()
    {
        const auth::SignatureSteps steps = stepsOf(vectors().front());
        QCOMPARE(steps.canonicalRequest,
            std::string("GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n"
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(steps.stringToSign,
            std::string("AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n"
                        "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63"));
    }

    void sessionTokenIsSignedAndNeverShown()
    {
        // get-vanilla-with-session-token
        auth::AwsCredentials keys = exampleKeys();
        keys.sessionToken = core::Secret("6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267");
        http::Request request;
        request.url = "https://example.amazonaws.com/";
        const auth::SignatureSteps steps = auth::sign(request, keys, kScope, momentOf(kMoment));
        QCOMPARE(steps.signature, std::string("07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"));
        for (const http::Header &header : request.headers)
            QCOMPARE(header.secret, header.name != "X-Amz-Date");
        QCOMPARE(request.secrets.size(), std::size_t(2));
        QCOMPARE(request.secrets[0].reveal(), keys.sessionToken.reveal());
        QCOMPARE(request.secrets[1].reveal(), keys.secretAccessKey.reveal());
    }

    void signingAgainReplaces()
    {
        auth::AwsCredentials keys = exampleKeys();
        keys.sessionToken = core::Secret("first");
        http::Request request;
        request.url = "https://example.amazonaws.com/";
        auth::sign(request, keys, kScope, momentOf(kMoment - 5000));
        const auth::SignatureSteps steps = auth::sign(request, exampleKeys(), kScope, momentOf(kMoment));
        QCOMPARE(steps.signature, std::string(kVanilla));
        QCOMPARE(valueOf(request, "x-amz-date"), std::string(kDate));
        QCOMPARE(valueOf(request, "X-Amz-Security-Token"), std::string());
        QCOMPARE(valueOf(request, "authorization"), steps.authorization);
    }

    void onlyWhatTheRuleNamesIsSigned()
    {
        http::Request request;
        request.method = "POST";
        request.url = "http://127.0.0.1:6043";
        request.headers = {{"content-TYPE", "application/x-amz-json-1.1"}, {"X-Amz-Target", "RedshiftData.ListDatabases"},
            {"Accept", "*/*"}, {"User-Agent", "Ondograph"}};
        request.body = "{}";
        const auth::SignatureSteps steps = auth::sign(request, exampleKeys(), kScope, momentOf(kMoment));
        QVERIFY(steps.authorization.find("SignedHeaders=content-type;host;x-amz-date;x-amz-target,") != std::string::npos);
        QVERIFY(steps.canonicalRequest.find("\nhost:127.0.0.1:6043\n") != std::string::npos);
        QVERIFY(steps.canonicalRequest.starts_with("POST\n/\n\n"));
        QVERIFY(steps.canonicalRequest.ends_with("\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
    }

    void usualPortIsNoPartOfTheHost()
    {
        const auto hostOf = [](const std::string &url) {
            http::Request request;
            request.url = url;
            const std::string steps = auth::sign(request, exampleKeys(), kScope, momentOf(kMoment)).canonicalRequest;
            const std::size_t begin = steps.find("host:") + 5;
            return steps.substr(begin, steps.find('\n', begin) - begin);
        };
        QCOMPARE(hostOf("https://a.example:443/x"), std::string("a.example"));
        QCOMPARE(hostOf("http://a.example:80?x"), std::string("a.example"));
        QCOMPARE(hostOf("http://a.example:443"), std::string("a.example:443"));
        QCOMPARE(hostOf("https://[::1]:8080/"), std::string("[::1]:8080"));
    }

    void pathIsEncodedTwiceButForS3()
    {
        http::Request request;
        request.url = "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/arn%3Aaws%3Alambda%3A1/invocations";
        const auto lineOf = [&](const std::string &service) {
            const std::string steps
                = auth::sign(request, exampleKeys(), {"us-east-1", service}, momentOf(kMoment)).canonicalRequest;
            return steps.substr(4, steps.find('\n', 4) - 4);
        };
        QCOMPARE(lineOf("lambda"), std::string("/2015-03-31/functions/arn%253Aaws%253Alambda%253A1/invocations"));
        QCOMPARE(lineOf("s3"), std::string("/2015-03-31/functions/arn%3Aaws%3Alambda%3A1/invocations"));
        request.url = "https://b.s3.amazonaws.com/a//b/../c";
        QCOMPARE(lineOf("s3"), std::string("/a//b/../c"));
    }

    void queryIsSortedByEncodedNameThenValue()
    {
        http::Request request;
        request.url = "https://a.example/?b=2&b=1&a&c=x%20y&c=x/y&B=&&a=%zz";
        const std::string steps = auth::sign(request, exampleKeys(), kScope, momentOf(kMoment)).canonicalRequest;
        QCOMPARE(steps.substr(6, steps.find('\n', 6) - 6), std::string("B=&a=&a=%25zz&b=1&b=2&c=x%20y&c=x%2Fy"));
    }

    void givenPayloadHashCounts()
    {
        http::Request request;
        request.url = "https://a.example/";
        request.headers = {{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}};
        request.body = "not hashed";
        QVERIFY(auth::sign(request, exampleKeys(), kScope, momentOf(kMoment)).canonicalRequest.ends_with("\nUNSIGNED-PAYLOAD"));
    }
};

ONDO_TEST(SignatureTest)
#include "tst_signature.moc"
