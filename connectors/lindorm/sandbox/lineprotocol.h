// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

namespace lindorm::server {

// A line of the InfluxDB line protocol: table,tag=value field=value time
struct Line {
    std::string table;
    std::vector<std::pair<std::string, std::string>> tags;
    struct Field {
        std::string name;
        Type type = Type::Null;
        std::string sql; // the value as SQLite writes it
    };
    std::vector<Field> fields;
    std::optional<std::int64_t> time; // in the request's unit
};

// Comments and empty lines are passed over. Refuses the first line that is none, with its number.
std::vector<Line> linesOf(std::string_view text);

} // namespace lindorm::server
