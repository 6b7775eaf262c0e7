// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an answer in blocks from memory into typed columns, with several sizes of blocks, beside a scan over the same
// bytes. Usage: bench_decode_lindorm [ROWS] [REPEATS]. The best of the repeats counts.

#include "answer.h"

#include "json/memorysource.h"
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

// Rows of meters as the server writes them; decimals: of the measured values.
std::string answerOf(std::int64_t rows, std::int64_t blockRows, int decimals)
{
    const std::string head = R"({"columns":["device_id","location","ts","current","voltage","phase"],)"
                             R"("metadata":["VARCHAR","VARCHAR","TIMESTAMP","DOUBLE","BIGINT","DOUBLE"],"rows":[)";
    std::string text;
    std::uint64_t state = 1;
    char row[160];
    for (std::int64_t i = 0; i < rows; ++i) {
        if (i % blockRows == 0)
            text += i == 0 ? head : "]}" + head;
        else
            text += ',';
        state = state * 6364136223846793005u + 1442695040888963407u;
        const auto noise = static_cast<unsigned>(state >> 40);
        const double part = static_cast<double>(state >> 11) * 0x1p-53;
        const int size = std::snprintf(row, sizeof row, "[\"d%u\",\"California.SanFrancisco\",%lld,%.*f,%u,%.*f]", 1001 + noise % 10,
            1748822400000LL + static_cast<long long>(i) * 10000, decimals, 20 * part, 215 + noise % 12, decimals, part);
        text.append(row, static_cast<std::size_t>(size));
    }
    return text + "]}";
}

double peakBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::atof(line.c_str() + 6) * 1024;
    }
    return 0;
}

double residentBytes()
{
    std::ifstream status("/proc/self/statm");
    double pages = 0;
    double resident = 0;
    status >> pages >> resident;
    return resident * 4096;
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

bool measure(std::int64_t rows, std::int64_t blockRows, int decimals, int repeats)
{
    const std::string text = answerOf(rows, blockRows, decimals);
    const auto size = static_cast<double>(text.size());
    double best = 1e9;
    double scan = 1e9;
    double growth = 0;
    double columns = 0;
    for (int i = 0; i < repeats; ++i) {
        scan = std::min(scan, scanSeconds(text));
        std::ofstream("/proc/self/clear_refs") << "5"; // the peak counts from here
        const double before = residentBytes();
        TableSink sink;
        json::MemorySource source(text);
        const Clock::time_point start = Clock::now();
        const lindorm::AnswerSummary summary = lindorm::decodeAnswer(source, {}, sink);
        best = std::min(best, seconds(Clock::now() - start));
        if (summary.error || summary.rows != rows) {
            std::fprintf(stderr, "the answer was not read\n");
            return false;
        }
        if (i == 0)
            growth = peakBytes() - before;
        columns = static_cast<double>(sink.result.memoryBytes());
    }
    std::printf("%lld rows, blocks of %-6lld %2d decimals  %6.1f MB  %5.0f MB/s  %.2f of a byte scan  columns/JSON %.2f  memory growth/JSON %.2f\n",
        static_cast<long long>(rows), static_cast<long long>(blockRows), decimals, size / 1e6, size / best / 1e6, scan / best, columns / size, growth / size);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
    for (const int decimals : {3, 6, 15}) {
        for (const std::int64_t blockRows : {std::int64_t(100), std::int64_t(1000), std::int64_t(10000)}) {
            if (!measure(rows, blockRows, decimals, repeats))
                return 1;
        }
    }
    return 0;
}
