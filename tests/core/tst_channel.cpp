// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/channel.h"

#include "support/ondotest.h"

#include <atomic>
#include <thread>

class ChannelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrderOfEachWriter()
    {
        core::Channel<std::pair<int, int>> channel;
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 4; ++writer) {
            writers.emplace_back([&channel, writer] {
                for (int i = 0; i < 1000; ++i)
                    channel.push({writer, i});
            });
        }
        std::vector<int> next(4, 0);
        for (int seen = 0; seen < 4000;) {
            for (const auto &[writer, i] : channel.waitForAll({})) {
                QCOMPARE(i, next[static_cast<std::size_t>(writer)]++);
                ++seen;
            }
        }
        QVERIFY(channel.takeAll().empty());
    }

    void wakesOnceForEachFilling()
    {
        int woken = 0;
        core::Channel<int> channel([&woken] { ++woken; });
        channel.push(1);
        channel.push(2);
        QCOMPARE(woken, 1);
        QCOMPARE(channel.takeAll(), (std::vector<int>{1, 2}));
        channel.push(3);
        QCOMPARE(woken, 2);
    }

    void stopEndsTheWait()
    {
        core::Channel<int> channel;
        std::stop_source stop;
        std::atomic<bool> ended = false;
        std::jthread reader([&] {
            const bool empty = channel.waitForAll(stop.get_token()).empty();
            ended = empty;
        });
        stop.request_stop();
        reader.join();
        QVERIFY(ended);
    }
};

ONDO_TEST(ChannelTest)
#include "tst_channel.moc"
