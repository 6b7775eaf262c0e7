// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/pushdown.h"
#include "tableinfo.h"

namespace lindorm {

// Writes the statement that aggregates a table into time buckets by SAMPLE BY. That works on each series (what has the
// same tags) by itself, so it gives what was asked for where each value of "by" stands for one series; where the tags do
// not show this, the server is asked. Several series cannot be made one: which of their values is first nothing tells.
class Aggregation
{
public:
    Aggregation(Runner &runner, TableCache &tables, connector::Sink &sink, std::stop_token stop);

    core::Result<connector::AggregateStatement> statement(const connector::AggregateRequest &request);

private:
    core::Result<void> check(const connector::AggregateRequest &request, const TableInfo &table) const;
    core::Result<void> checkSeries(const connector::AggregateRequest &request, const TableInfo &table);
    std::vector<std::string> freeTags(const connector::AggregateRequest &request, const TableInfo &table) const;

    Runner &m_runner;
    TableCache &m_tables;
    connector::Sink &m_sink;
    std::stop_token m_stop;
};

} // namespace lindorm
