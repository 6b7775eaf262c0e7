// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/answerforms.h"

#include "http/url.h"
#include "json/writer.h"

#include <map>

namespace timescale::server {

namespace {

const std::string kRows = R"([{"time": "2021-07-12 20:00:00", "symbol": "MSFT", "price": 277.31}, {"time": "2021-07-12 20:01:00", "symbol": "MSFT", "price": 277.4}])";

const std::map<std::string, std::string> &bodies()
{
    static const std::map<std::string, std::string> all{
        {"array", kRows},
        {"named", R"({"count": 2, "records": )" + kRows + "}"},
        {"arrays", R"({"columns": ["time", "price"], "rows": [["2021-07-12 20:00:00", 277.31], ["2021-07-12 20:01:00", 277.4]]})"},
        {"object", R"({"symbol": "MSFT", "price": 277.31})"},
        {"scalar", "42"},
        {"null", "null"},
        {"empty", "[]"},
        {"nothing", ""},
        {"page", R"({"items": )" + kRows + R"(, "nextToken": "2"})"},
        {"numeric", R"([{"id": "9007199254740993", "amount": "1234567890.12345678901234567890", "code": "007"}, {"id": "-1", "amount": "0.50", "code": "1e5"}])"},
        {"nan", R"([{"v": NaN}, {"v": Infinity}, {"v": -Infinity}, {"v": 1.5}])"},
        {"types", R"([{"small": 32767, "big": 9223372036854775807, "real": 1.5, "flag": true, "ts": "2021-07-12 20:00:00", "tstz": "2021-07-12 20:00:00.123456+00:00", )"
                  R"("day": "2021-07-12", "clock": "20:00:00", "span": "1 day, 0:00:00", "id": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "doc": {"b": 1, "a": [2]}, "list": [1, 2], "none": null}, )"
                  R"({"small": null, "big": -1, "real": NaN, "flag": false, "ts": "2021-07-12 20:00:00.5", "tstz": "2021-07-12 20:00:01+00:00", )"
                  R"("day": "2021-07-13", "clock": "20:00:00.25", "span": "0:00:01", "id": null, "doc": null, "list": [], "none": null, "late": "column"}])"},
        {"text", "2 rows"},
    };
    return all;
}

std::string quoted(const std::string &text)
{
    std::string json;
    json::appendString(json, text);
    return json;
}

std::string knownForms()
{
    std::string names = "base64, twice, status404, status500, error, timeout, malformed";
    for (const auto &[name, body] : bodies())
        names += ", " + name;
    return names;
}

} // namespace

Invocation answerInForm(const std::string &form)
{
    if (const auto body = bodies().find(form); body != bodies().end())
        return {envelopeOf(body->second), false, false, {}};
    if (form == "base64")
        return {R"({"statusCode": 200, "isBase64Encoded": true, "body": ")" + http::base64(kRows) + "\"}", false, false, {}};
    if (form == "twice")
        return {envelopeOf(quoted(kRows)), false, false, {}};
    if (form == "status404")
        return {envelopeOf(R"({"message": "no such symbol"})", 404), false, false, {}};
    if (form == "status500")
        return {envelopeOf(R"({"message": "relation \"stocks\" does not exist"})", 500), false, false, {}};
    if (form == "malformed")
        return {kRows, false, false, {}};
    if (form == "error")
        return failure("ZeroDivisionError", "division by zero");
    if (form == "timeout")
        return {R"({"errorMessage": "2021-07-12T20:00:03.000Z 00000000 Task timed out after 3.00 seconds"})", true, true, "Task timed out after 3.00 seconds\n"};
    return {envelopeOf(R"({"message": "unknown form; known are )" + knownForms() + "\"}", 404), false, false, {}};
}

} // namespace timescale::server
