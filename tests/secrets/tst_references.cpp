// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/secretsources.h"

#include "support/ondotest.h"
#include "support/why.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace {

// A keychain in memory, or one that does not answer.
class MemoryStore final : public workspace::SecretStore
{
public:
    explicit MemoryStore(bool answers)
        : m_answers(answers)
    {
    }
    core::Result<core::Secret> read(const std::string &connection, const std::string &field) override
    {
        if (!m_answers)
            return silence();
        const auto found = m_kept.find(connection + "/" + field);
        return found == m_kept.end() ? core::Secret() : found->second;
    }
    core::Result<void> write(const std::string &connection, const std::string &field, const core::Secret &secret) override
    {
        if (!m_answers)
            return silence();
        m_kept[connection + "/" + field] = secret;
        return {};
    }
    core::Result<void> remove(const std::string &connection, const std::string &field) override
    {
        if (!m_answers)
            return silence();
        m_kept.erase(connection + "/" + field);
        return {};
    }

private:
    static core::Error silence()
    {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = QStringLiteral("silence");
        return error;
    }
    const bool m_answers;
    std::map<std::string, core::Secret> m_kept;
};

} // namespace

// Where the secrets of connections are found, and which commands may run for them.
class ReferencesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    int m_warnings = 0;

    workspace::SecretKeeper keeper(bool answers)
    {
        return workspace::SecretKeeper(std::make_unique<MemoryStore>(answers), [this](const core::Error &) { ++m_warnings; });
    }
    workspace::AllowedCommands commands() const { return workspace::AllowedCommands(m_home.filePath(QStringLiteral("state/allowed"))); }
    core::Result<core::Secret> find(workspace::SecretSources &sources, const std::string &reference, std::stop_token = {})
    {
        return sources.secret("plant", "password", QStringLiteral("Password"), reference);
    }

private Q_SLOTS:
    void init()
    {
        m_warnings = 0;
        QFile::remove(m_home.filePath(QStringLiteral("state/allowed")));
    }

    void readBackWhatTheyWrite_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isKnown");
        for (const char *known : {"${keychain}", "${env:DB_PASSWORD}", "${command:pass show db/plant}", "${command:printf '%s' \"${X}\" | sed s/}/x/}"})
            QTest::newRow(known) << QByteArray(known) << true;
        for (const char *unknown : {"", "${}", "${keychain", "keychain", "${env:}", "${command:}", "${file:/etc/passwd}", "${KEYCHAIN}"})
            QTest::newRow(unknown[0] ? unknown : "empty") << QByteArray(unknown) << false;
    }
    void readBackWhatTheyWrite()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isKnown);
        const auto reference = workspace::SecretReference::parse(text.toStdString());
        QCOMPARE(reference.has_value(), isKnown);
        if (isKnown)
            QCOMPARE(reference->toText(), text.toStdString());
    }

    void aKeychainKeepsForGood()
    {
        workspace::SecretKeeper kept = keeper(true);
        QCOMPARE(kept.keep("a", "password", core::Secret("one")), workspace::SecretKeeper::Place::Keychain);
        ONDO_VERIFY_OK(kept.keepForGood("b", "password", core::Secret("two")));
        QCOMPARE(kept.find("a", "password").value().reveal(), std::string_view("one"));
        QVERIFY(kept.find("a", "token").value().isEmpty());
        ONDO_VERIFY_OK(kept.forget("a", "password"));
        QVERIFY(kept.find("a", "password").value().isEmpty());
        QCOMPARE(m_warnings, 0);
    }
    void withoutOneSecretsLastForTheRunAndThatIsSaidOnce()
    {
        workspace::SecretKeeper kept = keeper(false);
        QCOMPARE(kept.keep("a", "password", core::Secret("one")), workspace::SecretKeeper::Place::ThisRun);
        QCOMPARE(kept.keep("a", "token", core::Secret("two")), workspace::SecretKeeper::Place::ThisRun);
        QCOMPARE(m_warnings, 1);
        QCOMPARE(kept.find("a", "password").value().reveal(), std::string_view("one"));
        QVERIFY(!kept.keepForGood("a", "other", core::Secret("three")));
        QVERIFY(!kept.find("a", "other"));
        QCOMPARE(keeper(false).find("a", "password").error().message, QStringLiteral("silence"));
    }

    void variables()
    {
        workspace::SecretKeeper kept = keeper(false);
        workspace::SecretSources sources(kept, commands(), {});
        qputenv("ONDO_TEST_SECRET", "from the environment");
        QCOMPARE(find(sources, "${env:ONDO_TEST_SECRET}").value().reveal(), std::string_view("from the environment"));
        const auto missing = find(sources, "${env:ONDO_TEST_NO_SUCH}");
        QCOMPARE(missing.error().kind, core::ErrorKind::Usage);
        QVERIFY(missing.error().message.contains(QStringLiteral("ONDO_TEST_NO_SUCH")));
        QCOMPARE(find(sources, "${file:x}").error().kind, core::ErrorKind::Usage);
    }
    void aCommandRunsOnceItIsAllowed()
    {
        workspace::SecretKeeper kept = keeper(false);
        workspace::SecretSources sources(kept, commands(), {});
        const QString trace = m_home.filePath(QStringLiteral("ran"));
        const std::string text = "printf 'p@ss wörd\\nmore\\n'; touch '" + trace.toStdString() + "'";
        const std::string reference = workspace::SecretReference{workspace::SecretReference::Kind::Command, text}.toText();
        const auto refused = find(sources, reference);
        QCOMPARE(refused.error().kind, core::ErrorKind::Usage);
        QVERIFY(refused.error().message.contains(QString::fromStdString(text)));
        QVERIFY(refused.error().hint.contains(QStringLiteral("connections allow")));
        QVERIFY(!QFile::exists(trace));
        workspace::SavedConnection saved;
        saved.name = "plant";
        saved.references["password"] = reference;
        const auto blocked = sources.blockedCommands(saved);
        QCOMPARE(blocked.size(), std::size_t(1));
        ONDO_VERIFY_OK(commands().allow(blocked[0]));
        QVERIFY(sources.blockedCommands(saved).empty());
        QCOMPARE(find(sources, reference).value().reveal(), std::string_view("p@ss wörd"));
        QVERIFY(QFile::exists(trace));
    }
    void allowanceIsForTheExactCommand()
    {
        const workspace::AllowedCommands allowed = commands();
        ONDO_VERIFY_OK(allowed.allow({"plant", "password", "pass show plant"}));
        ONDO_VERIFY_OK(allowed.allow({"other", "password", "pass show other"}));
        QVERIFY(allowed.contains({"plant", "password", "pass show plant"}));
        QVERIFY(allowed.contains({"other", "password", "pass show other"}));
        for (const workspace::AllowedCommands::Command &command : {workspace::AllowedCommands::Command{"plant", "password", "pass show plant "},
                 {"plant", "password", "pass show plant; rm x"}, {"plant", "token", "pass show plant"}, {"other", "password", "pass show plant"},
                 {"plan", "tpassword", "pass show plant"}})
            QVERIFY(!allowed.contains(command));
        const QFileInfo file(m_home.filePath(QStringLiteral("state/allowed")));
        QVERIFY(!file.permission(QFileDevice::ReadGroup | QFileDevice::ReadOther));
    }
    void whatCommandsDo_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QString>("said"); // empty: it gives the secret "x"
        QTest::newRow("without an end of line") << QByteArray("printf x") << QString();
        QTest::newRow("carriage return") << QByteArray("printf 'x\\r\\ny'") << QString();
        QTest::newRow("much behind it") << QByteArray("echo x; seq 1000") << QString();
        QTest::newRow("fails") << QByteArray("echo x; exit 3") << QStringLiteral("3");
        QTest::newRow("prints nothing") << QByteArray("true") << QStringLiteral("empty");
        QTest::newRow("first line empty") << QByteArray("echo; echo x") << QStringLiteral("empty");
        QTest::newRow("is not there") << QByteArray("ondo-no-such-program 2>/dev/null") << QStringLiteral("127");
        QTest::newRow("reads") << QByteArray("cat; echo x") << QString();
    }
    void whatCommandsDo()
    {
        QFETCH(QByteArray, command);
        QFETCH(QString, said);
        workspace::SecretKeeper kept = keeper(false);
        workspace::SecretSources sources(kept, commands(), {});
        ONDO_VERIFY_OK(commands().allow({"plant", "password", command.toStdString()}));
        const auto found = find(sources, "${command:" + command.toStdString() + "}");
        QCOMPARE(found.ok(), said.isEmpty());
        if (found)
            QCOMPARE(found->reveal(), std::string_view("x"));
        else
            QVERIFY2(found.error().message.contains(said), qUtf8Printable(found.error().message));
    }
    void aFailingCommandIsNotRepeatedInTheError()
    {
        workspace::SecretKeeper kept = keeper(false);
        workspace::SecretSources sources(kept, commands(), {});
        const std::string text = "printf 'hun%s' ter2; printf 'hun%s' ter2 >&2; exit 1";
        ONDO_VERIFY_OK(commands().allow({"plant", "password", text}));
        QVERIFY(!core::toText(find(sources, "${command:" + text + "}").error()).contains(QStringLiteral("hunter2")));
    }
};

ONDO_TEST(ReferencesTest)
#include "tst_references.moc"
