// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awscredentials.h"

#include "auth/awsprofiles.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <atomic>
#include <thread>

namespace {

using Words = std::vector<std::string>;

const char *const kVariables[] = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_REGION", "AWS_DEFAULT_REGION",
    "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "HOME"};

auth::AwsSource sourceOf(const std::string &profile)
{
    auth::AwsSource source;
    source.profile = profile;
    return source;
}

} // namespace

class AwsCredentialsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_home;

    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    QString write(const char *name, const QByteArray &text)
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write a test file");
        return file.fileName();
    }
    // A program that credential_process starts.
    QByteArray writeProgram(const char *name, const QByteArray &script)
    {
        const QString file = write(name, "#!/bin/sh\n" + script);
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.toLocal8Bit();
    }
    static auth::AwsCredentials find(const auth::AwsSource &source = {})
    {
        auth::AwsCredentialStore store(source);
        auto found = store.credentials({});
        if (!found) {
            QTest::qFail(support::why(found).constData(), __FILE__, __LINE__);
            return {};
        }
        return std::move(found).value();
    }
    static QString failure(const auth::AwsSource &source = {})
    {
        auth::AwsCredentialStore store(source);
        const auto found = store.credentials({});
        if (found)
            return QStringLiteral("no error");
        return (found.error().kind == core::ErrorKind::Login ? QString() : QStringLiteral("not a log-in error: "))
            + core::toText(found.error());
    }

private Q_SLOTS:
    void init()
    {
        m_home = qgetenv("HOME");
        for (const char *variable : kVariables)
            qunsetenv(variable);
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral(".aws")));
        qputenv("HOME", m_folder->path().toLocal8Bit());
    }
    void cleanup()
    {
        for (const char *variable : kVariables)
            qunsetenv(variable);
        qputenv("HOME", m_home);
        m_folder.reset();
    }

    void eachPlaceGoesBeforeTheNext()
    {
        const QByteArray process = writeProgram(
            "p", "echo '{\"Version\":1,\"AccessKeyId\":\"process\",\"SecretAccessKey\":\"s4\"}'");
        write(".aws/config", "[default]\naws_access_key_id = config\naws_secret_access_key = s5\n");
        QCOMPARE(find().accessKeyId, std::string("config"));
        write(".aws/config",
            "[default]\naws_access_key_id = config\naws_secret_access_key = s5\ncredential_process = " + process + "\n");
        QCOMPARE(find().accessKeyId, std::string("process"));
        write(".aws/credentials",
            "[default]\naws_access_key_id=file\naws_secret_access_key=s3=+/\naws_session_token=t3\n");
        const auth::AwsCredentials file = find();
        QCOMPARE(file.accessKeyId, std::string("file"));
        QCOMPARE(file.secretAccessKey.reveal(), std::string_view("s3=+/"));
        QCOMPARE(file.sessionToken.reveal(), std::string_view("t3"));
        QVERIFY(file.origin.find(".aws/credentials") != std::string::npos);
        qputenv("AWS_ACCESS_KEY_ID", "environment");
        qputenv("AWS_SECRET_ACCESS_KEY", "s2");
        QCOMPARE(find().accessKeyId, std::string("environment"));
        QVERIFY(find().sessionToken.isEmpty());
        qputenv("AWS_SESSION_TOKEN", "t2");
        QCOMPARE(find().sessionToken.reveal(), std::string_view("t2"));
        auth::AwsSource source;
        source.accessKeyId = "explicit";
        source.secretAccessKey = core::Secret("s1");
        QCOMPARE(find(source).accessKeyId, std::string("explicit"));
    }

    void namedProfilePassesOverTheEnvironment()
    {
        qputenv("AWS_ACCESS_KEY_ID", "environment");
        qputenv("AWS_SECRET_ACCESS_KEY", "s");
        write(".aws/credentials", "[dev]\naws_access_key_id = dev\naws_secret_access_key = s\n");
        QCOMPARE(find(sourceOf("dev")).accessKeyId, std::string("dev"));
        // AWS_PROFILE names one too, but the environment's keys go before it.
        qputenv("AWS_PROFILE", "dev");
        QCOMPARE(find().accessKeyId, std::string("environment"));
        qunsetenv("AWS_ACCESS_KEY_ID");
        QCOMPARE(find().accessKeyId, std::string("dev"));
    }

    void sectionsOfTheConfigFileAreNamedProfile()
    {
        write(".aws/config",
            "; comment\n[dev]\naws_access_key_id = wrong\naws_secret_access_key = s\n"
            "[profile dev]\n# comment\naws_access_key_id = right\naws_secret_access_key = s # kept\n"
            "s3 =\n  aws_access_key_id = nested\nregion = eu-west-1\n[profile \"two words\"]\nAWS_ACCESS_KEY_ID=two\n"
            "aws_secret_access_key=s\n");
        const auth::AwsCredentials dev = find(sourceOf("dev"));
        QCOMPARE(dev.accessKeyId, std::string("right"));
        QCOMPARE(dev.secretAccessKey.reveal(), std::string_view("s # kept"));
        QCOMPARE(auth::awsRegion("dev"), std::string("eu-west-1"));
        QCOMPARE(find(sourceOf("two words")).accessKeyId, std::string("two"));
    }

    void filesAndProfileAreMoved()
    {
        qputenv("AWS_SHARED_CREDENTIALS_FILE", write("c", "[x]\naws_access_key_id=a\naws_secret_access_key=s\n").toLocal8Bit());
        write("moved", "[profile x]\nregion=r1\n[default]\nregion = r0\n");
        qputenv("AWS_CONFIG_FILE", "~/moved");
        qputenv("AWS_PROFILE", "x");
        QCOMPARE(find().accessKeyId, std::string("a"));
        QCOMPARE(auth::awsRegion({}), std::string("r1"));
        QCOMPARE(auth::awsRegion("default"), std::string("r0"));
        qputenv("AWS_DEFAULT_REGION", "r2");
        QCOMPARE(auth::awsRegion({}), std::string("r2"));
        qputenv("AWS_REGION", "r3");
        QCOMPARE(auth::awsRegion("x"), std::string("r3"));
    }

    void halfOfAKeyIsAnError()
    {
        auth::AwsSource source;
        source.accessKeyId = "id";
        QVERIFY(failure(source).contains(QStringLiteral("one half")));
        qputenv("AWS_ACCESS_KEY_ID", "id");
        QVERIFY(failure().contains(QStringLiteral("without AWS_SECRET_ACCESS_KEY")));
        qunsetenv("AWS_ACCESS_KEY_ID");
        write(".aws/credentials", "[default]\naws_access_key_id = id\n");
        QVERIFY(failure().contains(QStringLiteral("without aws_secret_access_key")));
    }

    void whatWasLookedForIsSaid()
    {
        const QString nothing = failure();
        for (const char *part : {"AWS_ACCESS_KEY_ID", ".aws/credentials", ".aws/config", "profile default"})
            QVERIFY2(nothing.contains(QLatin1String(part)), qPrintable(nothing));
        const QString missing = failure(sourceOf("prod"));
        QVERIFY2(missing.startsWith(QStringLiteral("There is no profile prod in")), qPrintable(missing));
        qputenv("AWS_PROFILE", "other");
        QVERIFY(failure().startsWith(QStringLiteral("There is no profile other in")));
        qunsetenv("AWS_PROFILE");
        qputenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.2/x");
        QVERIFY(failure().contains(QStringLiteral("AWS_CONTAINER_CREDENTIALS_FULL_URI")));
    }

    void unsupportedKeysAreNamed_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("named");
        QTest::newRow("role of a profile") << QByteArray("role_arn=arn:x\nsource_profile=base") << "role_arn, source_profile";
        QTest::newRow("role of a source") << QByteArray("role_arn=arn:x\ncredential_source=Environment") << "role_arn, credential_source";
        QTest::newRow("role of a token") << QByteArray("role_arn=arn:x\nweb_identity_token_file=/t") << "role_arn, web_identity_token_file";
        QTest::newRow("role alone") << QByteArray("role_arn=arn:x") << "role_arn";
        QTest::newRow("source alone") << QByteArray("source_profile=base") << "source_profile";
        QTest::newRow("credential source alone") << QByteArray("credential_source=Ec2InstanceMetadata") << "credential_source";
        QTest::newRow("token alone") << QByteArray("web_identity_token_file=/t") << "web_identity_token_file";
        QTest::newRow("single sign-on") << QByteArray("sso_session=s") << "sso_session";
        QTest::newRow("old single sign-on") << QByteArray("sso_start_url=https://x") << "sso_start_url";
        QTest::newRow("account") << QByteArray("sso_account_id=1") << "sso_account_id";
        QTest::newRow("role name") << QByteArray("sso_role_name=r") << "sso_role_name";
    }
    void unsupportedKeysAreNamed()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QString, named);
        write(".aws/config", "[profile dev]\n" + lines + "\n");
        const QString config = failure(sourceOf("dev"));
        QVERIFY2(config.contains(QStringLiteral("The profile dev in ") + path(".aws/config") + QStringLiteral(" has ") + named
                     + QStringLiteral(":")),
            qPrintable(config));
        // Static keys of the same profile come after these in the order of the AWS tools.
        write(".aws/config", "");
        write(".aws/credentials", "[dev]\naws_access_key_id=a\naws_secret_access_key=s\n" + lines + "\n");
        const QString credentials = failure(sourceOf("dev"));
        QVERIFY2(credentials.contains(path(".aws/credentials")) && credentials.contains(named), qPrintable(credentials));
    }

    void webIdentityOfTheEnvironmentIsNamed()
    {
        qputenv("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
        QVERIFY(failure().contains(QStringLiteral("AWS_WEB_IDENTITY_TOKEN_FILE")));
        write(".aws/credentials", "[dev]\naws_access_key_id=a\naws_secret_access_key=s\n");
        QCOMPARE(find(sourceOf("dev")).accessKeyId, std::string("a"));
    }

    void processIsAskedAgainBeforeItsCredentialsExpire()
    {
        const auto withMinutes = [&](int minutes) {
            const QByteArray until
                = QDateTime::currentDateTimeUtc().addSecs(minutes * 60).toString(Qt::ISODate).toUtf8();
            writeProgram("p",
                "echo x >> '" + path("count").toLocal8Bit() + "'\necho '{\"Version\":1,\"AccessKeyId\":\"" + "id\","
                "\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\",\"Expiration\":\"" + until + "\"}'");
        };
        const auto count = [&] { return QFile(path("count")).size() / 2; };
        withMinutes(60);
        write(".aws/config", "[default]\ncredential_process = '" + path("p").toLocal8Bit() + "' \"an argument\"\n");
        auth::AwsCredentialStore store{auth::AwsSource()};
        const auto found = store.credentials({});
        ONDO_VERIFY_OK(found);
        QCOMPARE(found->sessionToken.reveal(), std::string_view("t"));
        QVERIFY(found->expiry && *found->expiry > std::chrono::system_clock::now());
        QVERIFY(store.credentials({}).ok());
        QCOMPARE(count(), 1);
        store.refused();
        withMinutes(4);
        QVERIFY(store.credentials({}).ok());
        QCOMPARE(count(), 2);
        QVERIFY(store.credentials({}).ok());
        QCOMPARE(count(), 3);
        withMinutes(-1);
        QVERIFY(store.credentials({}).error().message.contains(QStringLiteral("expired")));
    }

    void failingProcessIsQuoted_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("said");
        QTest::newRow("exit code") << QByteArray("echo 'vault is locked' >&2; exit 3") << "it ended with code 3: vault is locked";
        QTest::newRow("signal") << QByteArray("kill -9 $$") << "ended by a signal";
        QTest::newRow("no JSON") << QByteArray("echo hello") << "not a JSON object";
        QTest::newRow("version") << QByteArray("echo '{\"Version\":2}'") << "not of version 1";
        QTest::newRow("no key") << QByteArray("echo '{\"Version\":1,\"AccessKeyId\":\"a\"}'") << "lacks AccessKeyId or SecretAccessKey";
        QTest::newRow("no time")
            << QByteArray("echo '{\"Version\":1,\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"b\",\"Expiration\":\"soon\"}'")
            << "not a time: soon";
        QTest::newRow("too much") << QByteArray("head -c 2000000 /dev/zero") << "more than 1 MB";
    }
    void failingProcessIsQuoted()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, said);
        write(".aws/config", "[profile p]\ncredential_process = " + writeProgram("p", script) + "\n");
        const QString text = failure(sourceOf("p"));
        QVERIFY2(text.startsWith(QStringLiteral("credential_process of the profile p in ") + path(".aws/config")), qPrintable(text));
        QVERIFY2(text.contains(said), qPrintable(text));
    }

    void missingProgramIsNamed()
    {
        write(".aws/config", "[default]\ncredential_process = /no/such/program\n");
        QVERIFY(failure().contains(QStringLiteral("/no/such/program cannot be started")));
    }

    void hangingProcessIsEnded()
    {
        auth::AwsSource source;
        source.processLimit = std::chrono::milliseconds(50);
        for (const char *script : {"sleep 1000", "exec >/dev/null 2>&1; sleep 1000"}) {
            write(".aws/config", "[default]\ncredential_process = " + writeProgram("p", script) + "\n");
            QVERIFY(failure(source).contains(QStringLiteral("did not end in time")));
        }
    }

    void processIsEndedByACancel()
    {
        write(".aws/config",
            "[default]\ncredential_process = "
                + writeProgram("p", "echo $$ > '" + path("pid").toLocal8Bit() + "'\nsleep 1000") + "\n");
        auth::AwsCredentialStore store{auth::AwsSource()};
        std::stop_source stop;
        std::atomic<core::ErrorKind> first = core::ErrorKind::Internal;
        std::thread searching([&] { first = store.credentials(stop.get_token()).error().kind; });
        QTRY_VERIFY(QFile(path("pid")).size() > 1);
        std::stop_source other;
        std::atomic<core::ErrorKind> second = core::ErrorKind::Internal;
        std::thread waiting([&] { second = store.credentials(other.get_token()).error().kind; });
        other.request_stop();
        waiting.join(); // while the program still runs
        QCOMPARE(second.load(), core::ErrorKind::Cancelled);
        stop.request_stop();
        searching.join();
        QCOMPARE(first.load(), core::ErrorKind::Cancelled);
        QFile pid(path("pid"));
        QVERIFY(pid.open(QIODevice::ReadOnly));
        QVERIFY(!QFile::exists(QStringLiteral("/proc/") + QString::fromLatin1(pid.readAll().trimmed())));
    }

    void commandLineIsReadLikeAShellDoes()
    {
        QCOMPARE(auth::commandWords("a  'b c' \"d \\\"e\\\" \\x\" f\\ g '' h\"i\"j"),
            (Words{"a", "b c", "d \"e\" \\x", "f g", "", "hij"}));
        QCOMPARE(auth::commandWords("  "), Words());
    }
};

ONDO_TEST(AwsCredentialsTest)
#include "tst_awscredentials.moc"
