// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an answer without declared types from memory into typed columns, in several wrappings, beside a scan over the
// same bytes. Usage: bench_decode_timescale [ROWS] [REPEATS]. The best of the repeats counts.

#include "answer.h"

#include "json/memorysource.h"
#include "json/writer.h"
#include "table/table.h"

#include <algorithm>
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

enum class Wrapping { Objects, Member, Arrays, Envelope, Texts };

// Bars of shares as json.dumps() prints what psycopg2 gives; Texts: numbers as numeric columns come.
std::string rowsOf(std::int64_t rows, Wrapping wrapping)
{
    const char *form = wrapping == Wrapping::Arrays ? "[\"2025-06-%02u %02u:%02u:00\", \"ALPN\", %.2f, %.2f, %.2f, %.2f, %u]"
        : wrapping == Wrapping::Texts
        ? "{\"time\": \"2025-06-%02u %02u:%02u:00\", \"symbol\": \"ALPN\", \"price_open\": \"%.2f\", \"price_close\": \"%.2f\", \"price_low\": \"%.2f\", \"price_high\": \"%.2f\", \"trading_volume\": \"%u\"}"
        : "{\"time\": \"2025-06-%02u %02u:%02u:00\", \"symbol\": \"ALPN\", \"price_open\": %.2f, \"price_close\": %.2f, \"price_low\": %.2f, \"price_high\": %.2f, \"trading_volume\": %u}";
    std::string text = "[";
    std::uint64_t state = 1;
    char row[300];
    for (std::int64_t i = 0; i < rows; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const double part = 100 + 100 * (static_cast<double>(state >> 11) * 0x1p-53);
        const auto minute = static_cast<unsigned>(i % 1440);
        const int size = std::snprintf(row, sizeof row, form, static_cast<unsigned>(1 + i / 1440 % 30), minute / 60, minute % 60, part, part + 0.01, part - 1, part + 1, static_cast<unsigned>(state >> 40));
        text += i == 0 ? "" : ", ";
        text.append(row, static_cast<std::size_t>(size));
    }
    return text + "]";
}

std::string answerOf(std::int64_t rows, Wrapping wrapping)
{
    const std::string text = rowsOf(rows, wrapping);
    if (wrapping == Wrapping::Member)
        return "{\"count\": 1, \"rows\": " + text + "}";
    if (wrapping != Wrapping::Envelope)
        return text;
    std::string envelope = "{\"statusCode\": 200, \"body\": ";
    json::appendString(envelope, text);
    return envelope + "}";
}

double statusBytes(const char *name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name))
            return std::atof(line.c_str() + std::string_view(name).size()) * 1024;
    }
    return 0;
}

double seconds(Clock::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

double scanSeconds(const std::string &text)
{
    const Clock::time_point start = Clock::now();
    volatile std::ptrdiff_t quotes = std::count(text.begin(), text.end(), '"');
    static_cast<void>(quotes);
    return seconds(Clock::now() - start);
}

bool measure(const char *name, std::int64_t rows, Wrapping wrapping, int repeats)
{
    const std::string text = answerOf(rows, wrapping);
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
        const timescale::AnswerSummary summary = timescale::decodeAnswer(source, {}, sink);
        best = std::min(best, seconds(Clock::now() - start));
        if (summary.error || summary.rows != rows) {
            std::fprintf(stderr, "the answer was not read\n");
            return false;
        }
        if (i == 0)
            growth = statusBytes("VmHWM:") - before;
        columns = static_cast<double>(sink.result.memoryBytes());
    }
    std::printf("%-22s %8lld rows  %6.1f MB  %5.0f MB/s  %.2f of a byte scan  columns/JSON %.2f  memory growth/JSON %.2f\n", name, static_cast<long long>(rows),
        size / 1e6, size / best / 1e6, scan / best, columns / size, growth / size);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
    // An envelope holds what a function answers with, 6 MB at most; here 300,000 rows of it.
    const bool isDone = measure("array of objects", rows, Wrapping::Objects, repeats) && measure("array of objects, short", rows * 3 / 10, Wrapping::Objects, repeats)
        && measure("numbers as texts", rows, Wrapping::Texts, repeats) && measure("named member", rows * 3 / 10, Wrapping::Member, repeats)
        && measure("array of arrays", rows, Wrapping::Arrays, repeats) && measure("envelope", rows * 3 / 10, Wrapping::Envelope, repeats);
    return isDone ? 0 : 1;
}
