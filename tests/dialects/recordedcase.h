// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/recordedclient.h"

#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <string>
#include <vector>

// A recorded exchange of a dialect and what must come of it. The files are in a folder for each connector; README.md
// beside them tells their form.
struct RecordedExchange {
    std::string method = "POST";
    std::string url; // numbers behind req_id= stand as N
    std::vector<std::pair<std::string, std::string>> headers; // those that must be there; empty value: must not
    std::optional<std::string> body;
    support::RecordedAnswer answer;
};

struct RecordedCase {
    QString name; // file: title
    std::string url;
    std::string statement;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::int64_t maxRows = 0;
    std::vector<RecordedExchange> exchanges;

    std::optional<QStringList> columns; // "name kind serverType"
    std::optional<QStringList> rows; // each row as JSON values with commas between them
    std::string completeness = "complete";
    std::string reason;
    std::optional<std::int64_t> affectedRows;
    std::string errorKind; // empty: none
    int exitCode = 0;
    QString serverCode;
    std::string serverText;
    QString messageHas;
    QString hintHas;
};

// All cases of all files below a folder; a file that cannot be read is a case without exchanges that names it.
std::vector<RecordedCase> readCases(const QString &folder);
