// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/functiontable.h"

#include <algorithm>
#include <array>

namespace tdengine::server {

namespace {

using Kind = FunctionForm::Kind;
using Result = FunctionForm::Result;

constexpr std::array kForms{
    FunctionForm{"abs", 1, 1, Kind::Scalar, Result::Same, "abs($1)"},
    FunctionForm{"ceil", 1, 1, Kind::Scalar, Result::Same, "ceil($1)"},
    FunctionForm{"floor", 1, 1, Kind::Scalar, Result::Same, "floor($1)"},
    FunctionForm{"round", 1, 2, Kind::Scalar, Result::Same, "round($*)"},
    FunctionForm{"sign", 1, 1, Kind::Scalar, Result::Same, "sign($1)"},
    FunctionForm{"sqrt", 1, 1, Kind::Scalar, Result::Double, "sqrt($1)"},
    FunctionForm{"exp", 1, 1, Kind::Scalar, Result::Double, "exp($1)"},
    FunctionForm{"ln", 1, 1, Kind::Scalar, Result::Double, "ln($1)"},
    FunctionForm{"log", 1, 1, Kind::Scalar, Result::Double, "ln($1)"},
    FunctionForm{"log", 2, 2, Kind::Scalar, Result::Double, "(ln($1) / ln($2))"},
    FunctionForm{"pow", 2, 2, Kind::Scalar, Result::Double, "pow($1, $2)"},
    FunctionForm{"power", 2, 2, Kind::Scalar, Result::Double, "pow($1, $2)"},
    FunctionForm{"mod", 2, 2, Kind::Scalar, Result::Double, "mod($1, $2)"},
    FunctionForm{"sin", 1, 1, Kind::Scalar, Result::Double, "sin($1)"},
    FunctionForm{"cos", 1, 1, Kind::Scalar, Result::Double, "cos($1)"},
    FunctionForm{"tan", 1, 1, Kind::Scalar, Result::Double, "tan($1)"},
    FunctionForm{"asin", 1, 1, Kind::Scalar, Result::Double, "asin($1)"},
    FunctionForm{"acos", 1, 1, Kind::Scalar, Result::Double, "acos($1)"},
    FunctionForm{"atan", 1, 1, Kind::Scalar, Result::Double, "atan($1)"},
    FunctionForm{"degrees", 1, 1, Kind::Scalar, Result::Double, "degrees($1)"},
    FunctionForm{"radians", 1, 1, Kind::Scalar, Result::Double, "radians($1)"},
    FunctionForm{"pi", 0, 0, Kind::Scalar, Result::Double, "pi()"},
    FunctionForm{"rand", 0, 1, Kind::Scalar, Result::Double, "(abs(random() / 2) / 4611686018427387904.0)"},
    FunctionForm{"greatest", 2, -1, Kind::Scalar, Result::Same, "max($*)"},
    FunctionForm{"least", 2, -1, Kind::Scalar, Result::Same, "min($*)"},
    FunctionForm{"concat", 2, 16, Kind::Scalar, Result::SameText, "($|)"},
    FunctionForm{"concat_ws", 3, 16, Kind::Scalar, Result::SameText, "td_concat_ws($*)"},
    FunctionForm{"length", 1, 1, Kind::Scalar, Result::BigInt, "length(CAST($1 AS BLOB))"},
    FunctionForm{"char_length", 1, 1, Kind::Scalar, Result::BigInt, "length($1)"},
    FunctionForm{"lower", 1, 1, Kind::Scalar, Result::SameText, "lower($1)"},
    FunctionForm{"upper", 1, 1, Kind::Scalar, Result::SameText, "upper($1)"},
    FunctionForm{"ltrim", 1, 1, Kind::Scalar, Result::SameText, "ltrim($1)"},
    FunctionForm{"rtrim", 1, 1, Kind::Scalar, Result::SameText, "rtrim($1)"},
    FunctionForm{"trim", 1, 1, Kind::Scalar, Result::SameText, "trim($1)"},
    FunctionForm{"substr", 2, 3, Kind::Scalar, Result::SameText, "substr($*)"},
    FunctionForm{"substring", 2, 3, Kind::Scalar, Result::SameText, "substr($*)"},
    FunctionForm{"replace", 3, 3, Kind::Scalar, Result::SameText, "replace($*)"},
    FunctionForm{"repeat", 2, 2, Kind::Scalar, Result::SameText, "replace(hex(zeroblob($2)), '00', $1)"},
    FunctionForm{"ascii", 1, 1, Kind::Scalar, Result::BigInt, "unicode($1)"},
    FunctionForm{"coalesce", 2, -1, Kind::Scalar, Result::Same, "coalesce($*)"},
    FunctionForm{"ifnull", 2, 2, Kind::Scalar, Result::Same, "ifnull($*)"},
    FunctionForm{"nvl", 2, 2, Kind::Scalar, Result::Same, "ifnull($*)"},
    FunctionForm{"nullif", 2, 2, Kind::Scalar, Result::Same, "nullif($*)"},
    FunctionForm{"to_json", 1, 1, Kind::Scalar, Result::Json, "json($1)"},
    FunctionForm{"st_geomfromtext", 1, 1, Kind::Scalar, Result::Geometry, "td_geometry($1)"},

    FunctionForm{"count", 1, 1, Kind::Aggregate, Result::BigInt, "count($1)"},
    FunctionForm{"sum", 1, 1, Kind::Aggregate, Result::Sum, "sum($1)"},
    FunctionForm{"avg", 1, 1, Kind::Aggregate, Result::Double, "avg($1)"},
    FunctionForm{"min", 1, 1, Kind::Aggregate, Result::Same, "min($1)"},
    FunctionForm{"max", 1, 1, Kind::Aggregate, Result::Same, "max($1)"},
    FunctionForm{"first", 1, 1, Kind::Aggregate, Result::Same, "td_first($t, $1)"},
    FunctionForm{"last", 1, 1, Kind::Aggregate, Result::Same, "td_last($t, $1)"},
    FunctionForm{"last_row", 1, 1, Kind::Aggregate, Result::Same, "td_last_row($t, $1)"},
    FunctionForm{"spread", 1, 1, Kind::Aggregate, Result::Double, "(max($1) - min($1))"},
    FunctionForm{"stddev", 1, 1, Kind::Aggregate, Result::Double, "td_stddev($1)"},
    FunctionForm{"stddev_pop", 1, 1, Kind::Aggregate, Result::Double, "td_stddev($1)"},
    FunctionForm{"stddev_samp", 1, 1, Kind::Aggregate, Result::Double, "td_stddev_samp($1)"},
    FunctionForm{"variance", 1, 1, Kind::Aggregate, Result::Double, "td_variance($1)"},
    FunctionForm{"var_pop", 1, 1, Kind::Aggregate, Result::Double, "td_variance($1)"},
    FunctionForm{"var_samp", 1, 1, Kind::Aggregate, Result::Double, "td_variance_samp($1)"},
    FunctionForm{"percentile", 2, 2, Kind::Aggregate, Result::Double, "td_percentile($1, $2)"},
    FunctionForm{"apercentile", 2, 3, Kind::Aggregate, Result::Double, "td_percentile($1, $2)"},
    FunctionForm{"hyperloglog", 1, 1, Kind::Aggregate, Result::BigInt, "count(DISTINCT $1)"},
    FunctionForm{"mode", 1, 1, Kind::Aggregate, Result::Same, "td_mode($1)"},
    FunctionForm{"twa", 1, 1, Kind::Aggregate, Result::Double, "td_twa($t, $1)"},
    FunctionForm{"irate", 1, 1, Kind::Aggregate, Result::Double, "td_irate($t, $1, $p)"},

    FunctionForm{"diff", 1, 2, Kind::Series, Result::Sum, "($1 - lag($1) OVER $o)"},
    FunctionForm{"csum", 1, 1, Kind::Series, Result::Sum, "sum($1) OVER $o"},
};

} // namespace

const FunctionForm *functionForm(std::string_view name, std::size_t args)
{
    const int count = static_cast<int>(args);
    const auto found = std::find_if(kForms.begin(), kForms.end(), [name, count](const FunctionForm &form) {
        return form.name == name && count >= form.minArgs && (form.maxArgs < 0 || count <= form.maxArgs);
    });
    return found == kForms.end() ? nullptr : &*found;
}

bool isFunctionName(std::string_view name)
{
    return std::any_of(kForms.begin(), kForms.end(), [name](const FunctionForm &form) { return form.name == name; });
}

bool isAggregateName(std::string_view name)
{
    return name == "elapsed" || std::any_of(kForms.begin(), kForms.end(), [name](const FunctionForm &form) {
        return form.kind == Kind::Aggregate && form.name == name;
    });
}

bool isSeriesName(std::string_view name)
{
    return name == "mavg" || name == "derivative" || name == "diff" || name == "csum";
}

DataType resultType(const FunctionForm &form, const DataType &first)
{
    switch (form.result) {
    case Result::Double: return makeType(Type::Double);
    case Result::BigInt: return makeType(Type::BigInt);
    case Result::Varchar: return makeType(Type::Varchar, 64);
    case Result::Bool: return makeType(Type::Bool);
    case Result::Json: return makeType(Type::Json, 4095);
    case Result::Geometry: return makeType(Type::Geometry, 1024);
    case Result::SameText: return first.type == Type::NChar ? first : makeType(Type::Varchar, first.length ? first.length : 64);
    case Result::Sum:
        if (first.type == Type::Decimal)
            return makeType(Type::Decimal, 38, first.scale);
        if (first.isFloating())
            return makeType(Type::Double);
        return makeType(first.isUnsigned() ? Type::UBigInt : Type::BigInt);
    case Result::Same: return first;
    }
    return first;
}

} // namespace tdengine::server
