// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ondotest.h"

class HostTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothing() { }
};

ONDO_TEST(HostTest)
#include "tst_host.moc"
