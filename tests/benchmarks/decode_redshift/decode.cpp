// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the pages of a result from memory into typed columns, beside a scan over the same bytes.
// Usage: bench_decode_redshift [ROWS] [REPEATS]. The best of the repeats counts.

#include "resultreader.h"

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

constexpr std::int64_t kPageRows = 5000;

std::string metadataOf(const char *name, const char *type)
{
    return std::string(R"({"isCaseSensitive":false,"isCurrency":false,"isSigned":true,"label":")") + name + R"(","length":0,"name":")" + name
        + R"(","nullable":1,"precision":0,"scale":0,"schemaName":"public","tableName":"meters","typeName":")" + type + "\"}";
}

// Rows of meters as the service writes them, page by page.
std::vector<std::string> pagesOf(std::int64_t rows)
{
    const std::string head = R"({"ColumnMetadata":[)" + metadataOf("name", "varchar") + ',' + metadataOf("ts", "timestamp") + ','
        + metadataOf("current", "float4") + ',' + metadataOf("voltage", "int4") + ',' + metadataOf("phase", "float8") + ','
        + metadataOf("price", "numeric") + R"(],"Records":[)";
    std::vector<std::string> pages;
    std::uint64_t state = 1;
    char row[400];
    for (std::int64_t i = 0; i < rows; ++i) {
        if (i % kPageRows == 0)
            pages.push_back(head);
        state = state * 6364136223846793005u + 1442695040888963407u;
        const auto noise = static_cast<unsigned>(state >> 40);
        const double part = static_cast<double>(state >> 11) * 0x1p-53;
        const int size = std::snprintf(row, sizeof row,
            R"([{"stringValue":"d%u"},{"stringValue":"2025-06-02 %02u:%02u:%02u.%06u"},{"doubleValue":%.17g},{"longValue":%u},)"
            R"({"doubleValue":%.3f},{"stringValue":"%u.%02u"}])",
            1001 + noise % 10, static_cast<unsigned>(i / 3600 % 24), static_cast<unsigned>(i / 60 % 60), static_cast<unsigned>(i % 60),
            noise % 1000000, static_cast<double>(static_cast<float>(20 * part)), 215 + noise % 12, part, noise % 10000, noise % 100);
        if (i % kPageRows != 0)
            pages.back() += ',';
        pages.back().append(row, static_cast<std::size_t>(size));
        if (i + 1 == rows || (i + 1) % kPageRows == 0)
            pages.back() += R"(],"TotalNumRows":)" + std::to_string(rows) + (i + 1 == rows ? "}" : R"(,"NextToken":"n"})");
    }
    return pages;
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

} // namespace

int main(int argc, char **argv)
{
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1000000;
    const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
    const std::vector<std::string> pages = pagesOf(rows);
    double bytes = 0;
    for (const std::string &page : pages)
        bytes += static_cast<double>(page.size());
    double best = 1e9;
    double scan = 1e9;
    double growth = 0;
    double columns = 0;
    for (int i = 0; i < repeats; ++i) {
        const double before = residentBytes();
        TableSink sink;
        redshift::ResultReader reader(sink, 0);
        Clock::time_point start = Clock::now();
        for (const std::string &page : pages) {
            json::MemorySource source(page);
            if (!reader.readPage(source))
                break;
        }
        reader.finish();
        best = std::min(best, seconds(Clock::now() - start));
        growth = std::max(growth, (residentBytes() - before) / bytes);
        columns = static_cast<double>(sink.result.memoryBytes()) / bytes;
        if (reader.error() || reader.rows() != rows) {
            std::fprintf(stderr, "%s\n", reader.error() ? qPrintable(core::toText(*reader.error())) : "rows are missing");
            return 1;
        }
        start = Clock::now();
        volatile std::ptrdiff_t quotes = 0;
        for (const std::string &page : pages)
            quotes = quotes + std::count(page.begin(), page.end(), '"');
        scan = std::min(scan, seconds(Clock::now() - start));
    }
    std::printf("redshift: rows %lld  bytes %.0f  ms %.1f  MB/s %.0f  %.2f of a scan's time  columns/JSON %.3f  growth/JSON %.3f\n",
        static_cast<long long>(rows), bytes, best * 1e3, bytes / 1e6 / best, best / scan, columns, growth);
    return 0;
}
