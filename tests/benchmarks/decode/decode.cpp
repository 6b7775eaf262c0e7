// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an answer into typed columns as a statement does, from a URL through the HTTP client or from a file that is in
// memory already, and prints what that took.

#include "answer.h"

#include "http/client.h"
#include "json/memorysource.h"
#include "table/table.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

double threadMilliseconds()
{
    timespec time = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

std::int64_t statusBytes(const std::string &name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name))
            return std::atoll(line.c_str() + name.size() + 1) * 1024;
    }
    return 0;
}

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
        if (firstRow == Clock::time_point())
            firstRow = Clock::now();
        result.append(std::move(chunk));
        return true;
    }

    table::Table result;
    Clock::time_point firstRow;
};

class AnswerSource : public json::Source
{
public:
    explicit AnswerSource(http::Answer &answer)
        : m_answer(answer)
    {
    }
    core::Result<ReadResult> read(std::span<char> into, Clock::time_point deadline) override
    {
        core::Result<http::Answer::ReadResult> result = m_answer.read(into, deadline);
        if (!result)
            return std::move(result).error();
        if (firstByte == Clock::time_point() && result->size != 0)
            firstByte = Clock::now();
        bytes += result->size;
        ++reads;
        return ReadResult{static_cast<Read>(result->state), result->size};
    }

    std::size_t bytes = 0;
    std::size_t reads = 0;
    Clock::time_point firstByte;

private:
    http::Answer &m_answer;
};

int report(const tdengine::AnswerSummary &summary, std::size_t bytes, Clock::duration took)
{
    if (summary.error) {
        std::fprintf(stderr, "%s\n", qPrintable(core::toText(*summary.error)));
        return 1;
    }
    std::printf("rows %lld  bytes %zu  ms %.1f  MB/s %.0f", static_cast<long long>(summary.rows), bytes,
        milliseconds(took), static_cast<double>(bytes) / 1e3 / milliseconds(took));
    return 0;
}

int decodeFile(const char *name)
{
    std::ifstream file(name, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    const std::string bytes = std::move(content).str();
    int code = 0;
    for (int repeat = 0; repeat < 5 && code == 0; ++repeat) {
        json::MemorySource source(bytes);
        TableSink sink;
        const double cpuBefore = threadMilliseconds();
        const Clock::time_point start = Clock::now();
        const tdengine::AnswerSummary summary = tdengine::decodeAnswer(source, {}, sink);
        const Clock::duration took = Clock::now() - start;
        const double cpu = threadMilliseconds() - cpuBefore;
        code = report(summary, bytes.size(), took);
        std::printf("  CPU ms %.1f  columns/JSON %.3f\n", cpu,
            static_cast<double>(sink.result.memoryBytes()) / static_cast<double>(bytes.size()));
    }
    return code;
}

int decodeUrl(const char *url)
{
    const std::unique_ptr<http::Client> client = http::createClient({});
    http::Request request;
    request.method = "POST";
    request.url = url;
    request.body = "select * from power.meters";
    request.acceptGzip = false;
    std::ofstream("/proc/self/clear_refs") << "5"; // the peak counts from here
    const std::int64_t before = statusBytes("VmRSS");
    TableSink sink;
    const double cpuBefore = threadMilliseconds();
    const Clock::time_point start = Clock::now();
    core::Result<std::unique_ptr<http::Answer>> answer = client->send(request, {});
    if (!answer) {
        std::fprintf(stderr, "%s\n", qPrintable(core::toText(answer.error())));
        return 1;
    }
    AnswerSource source(**answer);
    const tdengine::AnswerSummary summary = tdengine::decodeAnswer(source, {}, sink);
    const Clock::duration took = Clock::now() - start;
    const double cpu = threadMilliseconds() - cpuBefore;
    const int code = report(summary, source.bytes, took);
    const double growth = static_cast<double>(statusBytes("VmHWM") - before);
    std::printf("  CPU ms %.1f  first row ms %.2f  growth/JSON %.3f  reads %zu\n", cpu, milliseconds(sink.firstRow - source.firstByte),
        growth / static_cast<double>(source.bytes), source.reads);
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s FILE|URL\n", argv[0]);
        return 2;
    }
    const std::string target = argv[1];
    return target.starts_with("http:") ? decodeUrl(argv[1]) : decodeFile(argv[1]);
}
