// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace table {

// A time zone by its IANA name ("Asia/Shanghai", "UTC"), its transitions looked up once. Immutable, hence shared by
// threads; copies are cheap.
class ONDO_EXPORT Zone
{
public:
    // Usage error: no such zone.
    static core::Result<Zone> fromName(std::string_view name);

    // Seconds east of Greenwich at an instant given in seconds since 1970 UTC.
    int offsetAt(std::int64_t instant) const;

    bool isUtc() const;

private:
    struct State;
    std::shared_ptr<const State> m_state;
};

} // namespace table
