// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace support {

// The reason of a failure; QVERIFY2 evaluates it in case of success too.
template <typename T>
QByteArray why(const core::Result<T> &result)
{
    return result.ok() ? QByteArray("ok") : core::toText(result.error()).toUtf8();
}

} // namespace support

// Verifies that a core::Result holds a value, and says why it does not.
#define ONDO_VERIFY_OK(result) QVERIFY2((result).ok(), support::why(result).constData())
