// SPDX-License-Identifier: GPL-3.0-or-later
// Sorts and filters a table of ROWS rows (10,000,000) and prints what it took beside what plain code of the standard
// library takes on bare arrays of the same values.
//
//     bench_order [ROWS]
#include "table/builder.h"
#include "table/filter.h"
#include "table/order.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <numeric>
#include <random>
#include <thread>

namespace {

double lastProcessor = 0; // of all threads, in seconds: says more than the clock on a busy machine

double secondsOf(const std::function<void()> &work)
{
    const std::clock_t before = std::clock();
    const auto begin = std::chrono::steady_clock::now();
    work();
    lastProcessor = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

table::Rows allRows(std::size_t count)
{
    table::Rows rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

void print(const char *what, double ours, const char *beside, double theirs)
{
    std::printf("%-34s %7.3f s (%.3f s of processor)   %-28s %7.3f s   ratio %.2f\n", what, ours, lastProcessor, beside, theirs, theirs / ours);
}

std::string shortText(std::mt19937_64 &random)
{
    std::string text(6 + random() % 8, ' ');
    for (char &c : text)
        c = static_cast<char>((random() % 5 == 0 ? 'A' : 'a') + static_cast<char>(random() % 26));
    return text;
}

void stopLatency(const table::Table &made, const char *what, const table::OrderKey &key)
{
    std::stop_source source;
    std::chrono::steady_clock::time_point asked;
    std::thread stopper([&asked, source]() mutable {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        asked = std::chrono::steady_clock::now();
        source.request_stop();
    });
    static_cast<void>(table::sortedRows(made, {&key, 1}, allRows(static_cast<std::size_t>(made.rowCount())), {source.get_token()}));
    const auto ended = std::chrono::steady_clock::now();
    stopper.join();
    std::printf("%-34s %7.1f ms\n", what, std::chrono::duration<double, std::milli>(ended - asked).count());
}

} // namespace

int main(int argc, char **argv)
{
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    auto schema = std::make_shared<table::Schema>();
    schema->columns.resize(3);
    schema->columns[0].kind = table::Kind::Int;
    schema->columns[2].kind = table::Kind::Double;
    std::mt19937_64 random(7);
    std::vector<std::int64_t> numbers;
    std::vector<std::string> texts;
    table::Table made(schema);
    table::ChunkBuilder builder(schema);
    for (std::size_t row = 0; row < rows; ++row) {
        numbers.push_back(static_cast<std::int64_t>(random()));
        texts.push_back(shortText(random));
        builder.column(0).appendInt(numbers.back());
        builder.column(1).appendBytes(texts.back());
        builder.column(2).appendDouble(static_cast<double>(numbers.back() % 1'000'000) / 16);
        builder.finishRow();
        if (builder.isFull())
            made.append(builder.seal());
    }
    if (builder.rows() > 0)
        made.append(builder.seal());

    const auto sort = [&](table::OrderKey key) {
        return secondsOf([&] { static_cast<void>(table::sortedRows(made, {&key, 1}, allRows(rows), {})); });
    };
    const auto judge = [&](auto less) {
        return secondsOf([&] {
            table::Rows order = allRows(rows);
            std::stable_sort(order.begin(), order.end(), less);
        });
    };
    const double byNumbers = judge([&](auto a, auto b) { return numbers[a] < numbers[b]; });
    print("sort int64", sort({0}), "std::stable_sort of rows", byNumbers);
    print("sort double", sort({2}), "(int64 as above)", byNumbers);
    const double byTexts = judge([&](auto a, auto b) { return texts[a] < texts[b]; });
    print("sort short texts, by bytes", sort({1, false, false, table::TextOrder::Bytes}), "std::stable_sort of rows", byTexts);
    print("sort short texts, natural", sort({1}), "(by bytes as above)", byTexts);
    stopLatency(made, "stop of a sort of int64", {0});
    stopLatency(made, "stop of a sort of texts", {1});

    table::Condition condition;
    condition.column = 1;
    condition.text = "abc";
    std::size_t found = 0;
    const double filtered = secondsOf([&] {
        auto filter = table::Filter::compile(*schema, {condition}, {});
        found = filter->rows(made, 0, made.rowCount(), {})->size();
    });
    const double processor = lastProcessor;
    std::size_t judged = 0;
    const double searched = secondsOf([&] {
        for (const std::string &text : texts)
            judged += strcasestr(text.c_str(), "abc") != nullptr;
    });
    lastProcessor = processor;
    print("text filter, ignoring case", filtered, "strcasestr, one thread", searched);
    std::printf("%zu rows found, %s\n", found, found == judged ? "as expected" : "NOT as expected");
    condition.column = 0;
    condition.test = table::Condition::Test::Range;
    condition.from = "0";
    const double ranged = secondsOf([&] { found = table::Filter::compile(*schema, {condition}, {})->rows(made, 0, made.rowCount(), {})->size(); });
    std::printf("%-34s %7.3f s   %zu rows\n", "range filter", ranged, found);
    condition.column.reset();
    condition.test = table::Condition::Test::Contains;
    condition.text = "12345";
    const double anywhere = secondsOf([&] { found = table::Filter::compile(*schema, {condition}, {})->rows(made, 0, made.rowCount(), {})->size(); });
    std::printf("%-34s %7.3f s   %zu rows\n", "quick search over three columns", anywhere, found);
    return 0;
}
