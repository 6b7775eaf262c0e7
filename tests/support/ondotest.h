// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTest>

#include <functional>
#include <memory>

namespace support {

// Called by ONDO_TEST. One executable holds the test classes of a folder; its only argument before Qt Test's own is the
// class to run.
bool addTest(const char *name, std::function<std::unique_ptr<QObject>()> create);

} // namespace support

// At the start of a line of tst_<unit>.cpp, once for each class; the build makes a ctest entry of it.
#define ONDO_TEST(Class) \
    static const bool Class##IsAdded = support::addTest(#Class, [] { return std::make_unique<Class>(); });
