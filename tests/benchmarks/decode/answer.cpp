// SPDX-License-Identifier: GPL-3.0-or-later
// Writes an answer of many rows x 6 columns, as a TDengine 3.x server prints it, to standard output.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

namespace {

// A generator of our own: the same bytes on every machine.
class Random
{
public:
    std::uint64_t next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return m_state;
    }
    double unit() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }

private:
    std::uint64_t m_state = 88172645463325252U;
};

template <typename Number>
void append(std::string &out, Number value)
{
    char digits[40];
    const auto result = std::to_chars(digits, digits + sizeof digits, value);
    out.append(digits, result.ptr);
}

void appendTime(std::string &out, std::int64_t milliseconds)
{
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts = {};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof text, "\"%Y-%m-%dT%H:%M:%S", &parts);
    out += text;
    std::snprintf(text, sizeof text, ".%03dZ\"", static_cast<int>(milliseconds % 1000));
    out += text;
}

} // namespace

int main(int argc, char **argv)
{
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1000000;
    Random random;
    std::string out = R"({"code":0,"column_meta":[["ts","TIMESTAMP",8],["current","FLOAT",4],["voltage","INT",4],)"
                      R"(["phase","FLOAT",4],["energy","DOUBLE",8],["meter","VARCHAR",16]],"data":[)";
    for (std::int64_t row = 0; row < rows; ++row) {
        out += row == 0 ? "[" : ",[";
        appendTime(out, 1704067200000 + row * 1000 + static_cast<std::int64_t>(random.next() % 1000));
        out += ',';
        append(out, static_cast<float>(8 + 6 * random.unit()));
        out += ',';
        append(out, static_cast<std::int32_t>(210 + random.next() % 20));
        out += ',';
        append(out, static_cast<float>(random.unit()));
        out += ',';
        append(out, static_cast<double>(row) / 1000 + static_cast<double>(random.next() % 1000) / 1000000);
        out += ",\"meter-";
        append(out, static_cast<std::int32_t>(1001 + random.next() % 1000));
        out += "\"]";
        if (out.size() > 1024 * 1024) {
            std::fwrite(out.data(), 1, out.size(), stdout);
            out.clear();
        }
    }
    out += "],\"rows\":" + std::to_string(rows) + "}";
    return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() ? 0 : 1;
}
