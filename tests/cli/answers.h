// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faultserver.h"

#include <QString>

#include <string>
#include <vector>

// Answers as the dialect's server gives them, for servers that the tests script themselves.
namespace answers {

inline std::string http(const std::string &body, const std::string &status = "200 OK")
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Two columns, id and name; rows 1 to count.
inline std::string rows(int count)
{
    std::string body = R"({"code":0,"column_meta":[["id","BIGINT",8],["name","VARCHAR",16]],"data":[)";
    for (int i = 1; i <= count; ++i)
        body += (i == 1 ? "[" : ",[") + std::to_string(i) + ",\"n" + std::to_string(i) + "\"]";
    return body + "],\"rows\":" + std::to_string(count) + "}";
}

inline std::string affected(int count)
{
    return R"({"code":0,"column_meta":[["affected_rows","INT",4]],"data":[[)" + std::to_string(count) + R"(]],"rows":1})";
}

inline std::string error(int code, const std::string &desc)
{
    return "{\"code\":" + std::to_string(code) + ",\"desc\":\"" + desc + "\",\"timing\":1}";
}

// One column; values are JSON.
inline std::string column(const std::string &name, const std::string &type, const std::vector<std::string> &values)
{
    std::string data;
    for (const std::string &value : values)
        data += (data.empty() ? "[" : ",[") + value + "]";
    return R"({"code":0,"column_meta":[[")" + name + R"(",")" + type + R"(",8]],"data":[)" + data + "],\"rows\":" + std::to_string(values.size()) + "}";
}

inline QString target(const support::FaultServer &server, const char *user = "root:taosdata@")
{
    return QStringLiteral("tdengine://") + QString::fromUtf8(user) + QStringLiteral("127.0.0.1:%1/").arg(server.port());
}

} // namespace answers
