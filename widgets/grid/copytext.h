// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "grid/copyformat.h"
#include "grid/range.h"
#include "table/rowmap.h"
#include "table/zone.h"

#include <QString>

#include <optional>
#include <stop_token>
#include <vector>

namespace grid {

// What to copy: a snapshot of what is seen and the rectangles that are selected in it.
struct CopyRequest {
    table::TableView view;
    std::vector<Range> ranges;
    std::optional<table::Zone> zone; // as in the view
    bool withHeaders = false;
    CopyStyle style; // its withHeaders is the one above
};

struct CopiedText {
    QString text;
    QByteArray html; // for spreadsheets; empty: the text says all
    qint64 cells = 0;
};

// The selection for the clipboard, as spreadsheets paste it: tabs between columns, a line a row, values exact, quoted
// only where a value holds a tab, a line end or a leading quote; NULL is nothing, empty text is "". One cell alone is
// its bare value. Of several rectangles, each row and column that any of them touches comes once, and what is not
// selected is left empty.
//
// Any thread; stops within some rows when asked to. Errors: Limit past mostChars, Cancelled.
core::Result<CopiedText> copyText(const CopyRequest &request, qint64 mostChars, std::stop_token stop);

} // namespace grid
