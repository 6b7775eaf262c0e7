// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include "support/ondotest.h"

#include <QDataStream>
#include <QDebug>
#include <QJsonObject>
#include <QJsonValue>
#include <QSettings>
#include <QVariant>

#include <compare>
#include <functional>
#include <ostream>

// What the compiler refuses. Each is shown to hold of something else first: a concept that nothing meets proves nothing.
template <typename T>
concept Printable = requires(std::ostream &out, const T &value) { out << value; };
template <typename T>
concept Debuggable = requires(QDebug out, const T &value) { out << value; };
template <typename T>
concept Streamable = requires(QDataStream &out, const T &value) { out << value; };
template <typename T>
concept Comparable = requires(const T &value) { value == value; };
template <typename T, typename Other>
concept ComparableWith = requires(const T &value, const Other &other) { value == other; };
template <typename T>
concept Ordered = requires(const T &value) { value < value; };
template <typename T>
concept Hashable = requires(const T &value) { std::hash<T>()(value); };
template <typename T>
concept Json = requires(QJsonObject &object, const T &value) { object.insert(QString(), value); };
template <typename T>
concept JsonValue = std::is_constructible_v<QJsonValue, T>;
template <typename T>
concept Text = std::is_convertible_v<T, std::string> || std::is_constructible_v<std::string, T> || std::is_constructible_v<std::string_view, T>
    || std::is_constructible_v<QString, T> || std::is_constructible_v<QByteArray, T>;
template <typename T>
concept Appendable = requires(std::string &text, const T &value) { text += value; };

static_assert(Printable<int> && !Printable<core::Secret>);
static_assert(Debuggable<QString> && !Debuggable<core::Secret>);
static_assert(Streamable<QString> && !Streamable<core::Secret>);
static_assert(Comparable<int> && !Comparable<core::Secret>);
static_assert(ComparableWith<std::string, std::string_view> && !ComparableWith<core::Secret, std::string_view>);
static_assert(!ComparableWith<core::Secret, const char *>);
static_assert(Ordered<int> && !Ordered<core::Secret>);
static_assert(Hashable<std::string> && !Hashable<core::Secret>);
static_assert(Json<QString> && !Json<core::Secret>);
static_assert(JsonValue<QString> && !JsonValue<core::Secret>);
static_assert(Text<const char *> && !Text<core::Secret>);
static_assert(Appendable<std::string> && !Appendable<core::Secret>);
static_assert(std::is_constructible_v<QVariant, QString> && !std::is_constructible_v<QVariant, core::Secret>);
static_assert(!std::is_convertible_v<std::string, core::Secret> && !std::is_convertible_v<core::Secret, bool>);

class SecretTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void revealsWhatItWasGiven()
    {
        const core::Secret secret("pass word");
        QCOMPARE(secret.reveal(), std::string_view("pass word"));
        QVERIFY(core::Secret().isEmpty());
        QVERIFY(core::Secret("").isEmpty());
    }
    void copiesShareTheBuffer()
    {
        core::Secret copy;
        {
            const core::Secret secret("token");
            copy = secret;
            QCOMPARE(static_cast<const void *>(copy.reveal().data()), static_cast<const void *>(secret.reveal().data()));
        }
        QCOMPARE(copy.reveal(), std::string_view("token"));
    }
    void wipesWhatItIsGivenToWipe()
    {
        std::string text = "password";
        char *bytes = text.data();
        core::wipe(bytes, text.size());
        QCOMPARE(text, std::string(8, '\0'));
    }
};

ONDO_TEST(SecretTest)
#include "tst_secret.moc"
