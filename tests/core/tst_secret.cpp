// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include "support/ondotest.h"

#include <ostream>

template <typename T>
concept Printable = requires(std::ostream &out, const T &value) { out << value; };
template <typename T>
concept Comparable = requires(const T &value) { value == value; };

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
    void cannotBePrintedOrCompared()
    {
        QVERIFY(Printable<int> && !Printable<core::Secret>);
        QVERIFY(Comparable<int> && !Comparable<core::Secret>);
        QVERIFY(!(std::is_convertible_v<core::Secret, std::string>));
        QVERIFY(!(std::is_convertible_v<core::Secret, std::string_view>));
    }
};

ONDO_TEST(SecretTest)
#include "tst_secret.moc"
