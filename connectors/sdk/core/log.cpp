// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"

namespace core {
const QLoggingCategory &logCategory()
{
    static const QLoggingCategory category("ondograph", QtWarningMsg);
    return category;
}
} // namespace core
