// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resulttable.h"

namespace common {

ResultTable::ResultTable(QObject *parent)
    : QObject(parent)
{
}

void ResultTable::reset(std::shared_ptr<const table::Schema> schema)
{
    m_table = table::Table(std::move(schema));
    Q_EMIT wasReset();
}

void ResultTable::retype(table::Table typed)
{
    m_table = std::move(typed);
    Q_EMIT wasRetyped();
}

void ResultTable::append(std::shared_ptr<const table::Chunk> chunk)
{
    const qint64 first = m_table.rowCount();
    m_table.append(std::move(chunk));
    Q_EMIT grew(first);
}

void ResultTable::append(std::vector<std::shared_ptr<const table::Chunk>> chunks)
{
    if (chunks.empty())
        return;
    const qint64 first = m_table.rowCount();
    for (auto &chunk : chunks)
        m_table.append(std::move(chunk));
    Q_EMIT grew(first);
}

} // namespace common

#include "moc_resulttable.cpp"
