// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/table.h"

#include <QObject>

namespace common {

// A result as the views of one tab share it: a table that grows while rows arrive. Lives on the GUI thread; whoever
// works on another thread takes a copy of table() first.
class ResultTable : public QObject
{
    Q_OBJECT
public:
    explicit ResultTable(QObject *parent = nullptr);

    const table::Table &table() const { return m_table; }

    void reset(std::shared_ptr<const table::Schema> schema);
    // The same rows with other columns: what was shown before their types were known is shown under them.
    void retype(table::Table typed);
    void append(std::shared_ptr<const table::Chunk> chunk);
    // The same for several at once, with one signal.
    void append(std::vector<std::shared_ptr<const table::Chunk>> chunks);

Q_SIGNALS:
    void wasReset();
    void wasRetyped();
    // Rows from first on are new, or (in a last chunk that was short) are there again with more behind them.
    void grew(qint64 first);

private:
    table::Table m_table;
};

} // namespace common
