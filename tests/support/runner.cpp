// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ondotest.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <map>
#include <string>

namespace support {

namespace {
std::map<std::string, std::function<std::unique_ptr<QObject>()>> &tests()
{
    static std::map<std::string, std::function<std::unique_ptr<QObject>()>> all;
    return all;
}
}

bool addTest(const char *name, std::function<std::unique_ptr<QObject>()> create)
{
    return tests().emplace(name, std::move(create)).second;
}

} // namespace support

// Every run has a home of its own that goes with it, and no screen.
int main(int argc, char **argv)
{
    const QTemporaryDir home;
    qputenv("ONDOGRAPH_HOME", home.path().toLocal8Bit());
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    const auto found = argc > 1 ? support::tests().find(argv[1]) : support::tests().end();
    if (found == support::tests().end()) {
        std::fprintf(stderr, "usage: %s CLASS [options of Qt Test]\nclasses:\n", argv[0]);
        for (const auto &[name, create] : support::tests())
            std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    for (int i = 1; i + 1 < argc; ++i)
        argv[i] = argv[i + 1];
    --argc;
    const QApplication app(argc, argv);
    const std::unique_ptr<QObject> test = found->second();
    return QTest::qExec(test.get(), argc, argv);
}
