// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an answer from memory into typed columns, beside a scan over the same bytes: shares (doubles), meters (floats, which
// the server widens) and a row with every type. Usage: bench_decode_openmldb [ROWS] [REPEATS]. The best of the repeats counts.

#include "answer.h"

#include "json/memorysource.h"
#include "table/table.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

class TableSink : public connector::Sink
{
public:
    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        result = table::Table(std::move(schema));
        return true;
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        result.append(std::move(chunk));
        return true;
    }

    table::Table result;
};

class Random
{
public:
    std::uint64_t bits() { return m_state = m_state * 6364136223846793005u + 1442695040888963407u; }
    unsigned below(unsigned limit) { return static_cast<unsigned>((bits() >> 40) % limit); }
    double part() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

private:
    std::uint64_t m_state = 1;
};

void append(std::string &text, double value)
{
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    text.append(digits, end.ptr);
}

// As the server writes a float.
void appendWidened(std::string &text, double value)
{
    append(text, static_cast<double>(static_cast<float>(value)));
}

void appendShare(std::string &text, Random &random, std::int64_t i)
{
    text += "[\"ALPN\"," + std::to_string(1743427800000LL + i * 60000);
    for (int price = 0; price < 4; ++price) {
        text += ',';
        append(text, static_cast<double>(15000 + random.below(5000)) / 100);
    }
    text += ',' + std::to_string(random.below(100000)) + ']';
}

void appendMeter(std::string &text, Random &random, std::int64_t i)
{
    text += "[\"d" + std::to_string(1001 + random.below(10)) + "\",\"California.SanFrancisco\"," + std::to_string(1748822400000LL + i * 10000) + ',';
    appendWidened(text, 20 * random.part());
    text += ',' + std::to_string(215 + random.below(12)) + ',';
    appendWidened(text, random.part());
    text += ']';
}

void appendEveryType(std::string &text, Random &random, std::int64_t i)
{
    text += i % 2 == 0 ? "[true," : "[false,";
    text += std::to_string(random.below(60000) % 32768) + ',' + std::to_string(random.bits() >> 33) + ',' + std::to_string(random.bits() >> 1) + ',';
    appendWidened(text, random.part());
    text += ',';
    i % 1000 == 0 ? text.append("NaN") : (append(text, random.part()), text);
    text += ",\"a text of some length\",\"20" + std::to_string(10 + random.below(20)) + '-' + std::to_string(1 + random.below(12)) + '-'
        + std::to_string(1 + random.below(28)) + "\"," + std::to_string(1748822400000LL + i) + ']';
}

struct Shape {
    const char *name;
    const char *schema;
    void (*append)(std::string &, Random &, std::int64_t);
};
constexpr Shape kShapes[]{
    {"shares", R"("String","Timestamp","Double","Double","Double","Double","Int64")", appendShare},
    {"meters", R"("String","String","Timestamp","Float","Int32","Float")", appendMeter},
    {"every type", R"("Bool","Int16","Int32","Int64","Float","Double","String","Date","Timestamp")", appendEveryType},
};

std::string answerOf(const Shape &shape, std::int64_t rows)
{
    std::string text = std::string(R"({"code":0,"msg":"ok","data":{"schema":[)") + shape.schema + R"(],"data":[)";
    Random random;
    for (std::int64_t i = 0; i < rows; ++i) {
        if (i != 0)
            text += ',';
        shape.append(text, random, i);
    }
    return text + "]}}";
}

double statusBytes(const char *name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name))
            return std::atof(line.c_str() + std::string(name).size()) * 1024;
    }
    return 0;
}

double seconds(Clock::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

// Every byte looked at once: what nothing that reads can beat by much.
double scanSeconds(const std::string &text)
{
    const Clock::time_point start = Clock::now();
    volatile std::ptrdiff_t quotes = std::count(text.begin(), text.end(), '"');
    static_cast<void>(quotes);
    return seconds(Clock::now() - start);
}

bool measure(const Shape &shape, std::int64_t rows, int repeats)
{
    const std::string text = answerOf(shape, rows);
    const auto size = static_cast<double>(text.size());
    double best = 1e9;
    double scan = 1e9;
    double growth = 0;
    double columns = 0;
    for (int i = 0; i < repeats; ++i) {
        scan = std::min(scan, scanSeconds(text));
        std::ofstream("/proc/self/clear_refs") << "5"; // the peak counts from here
        const double before = statusBytes("VmRSS:");
        TableSink sink;
        json::MemorySource source(text);
        const Clock::time_point start = Clock::now();
        const openmldb::AnswerSummary summary = openmldb::decodeAnswer(source, {}, sink);
        best = std::min(best, seconds(Clock::now() - start));
        if (summary.error || summary.rows != rows) {
            std::fprintf(stderr, "the answer was not read\n");
            return false;
        }
        if (i == 0)
            growth = statusBytes("VmHWM:") - before;
        columns = static_cast<double>(sink.result.memoryBytes());
    }
    std::printf("%-10s  %lld rows  %6.1f MB  %5.0f MB/s  %.2f of a byte scan  columns/JSON %.2f  memory growth/JSON %.2f\n", shape.name,
        static_cast<long long>(rows), size / 1e6, size / best / 1e6, scan / best, columns / size, growth / size);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
    for (const Shape &shape : kShapes) {
        if (!measure(shape, rows, repeats))
            return 1;
    }
    return 0;
}
