// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

#include <string_view>

namespace tdengine::server {

// How a function of the dialect is written for SQLite. In the form, $1 … are the arguments, $* all of them joined by
// ", ", $| by " || ", $t the primary timestamp, $s the scale of the first argument.
struct FunctionForm {
    enum class Kind { Scalar, Aggregate, Series }; // a series gives a row for each row that it reads
    enum class Result { Same, Double, BigInt, Varchar, SameText, Bool, Sum, Json, Geometry };
    std::string_view name;
    int minArgs;
    int maxArgs; // -1: any number
    Kind kind;
    Result result;
    std::string_view form;
};

// Nothing if there is no such function.
const FunctionForm *functionForm(std::string_view name, std::size_t args);
bool isFunctionName(std::string_view name);
bool isAggregateName(std::string_view name);
bool isSeriesName(std::string_view name);
DataType resultType(const FunctionForm &form, const DataType &first);

} // namespace tdengine::server
