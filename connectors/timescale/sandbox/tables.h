// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/datafile.h"

#include <QStringList>

namespace timescale::server {

// stocks_intraday, the tutorial's table: its own row of 2021, then two weeks of the synthetic shares; and stocks, all of
// them, with times in milliseconds.
void fillStockTables(const sandbox::DataFile &data);
// meters, the synthetic readings.
void fillMeterTable(const sandbox::DataFile &data);

// "name type" of the rows that the functions give, in order.
QStringList stockColumns();
QStringList meterColumns();

} // namespace timescale::server
