// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "columntype.h"

#include <QJsonObject>

#include <string>
#include <vector>

// What the catalogue's answers describe. Members that are not known are passed over.
namespace openmldb {

struct ColumnDescription {
    std::string name;
    Type type = Type::Unknown;
    std::string typeName; // as sent
    bool isNotNull = false;
};

struct IndexDescription {
    std::string name;
    std::vector<std::string> columns;
    std::string timeColumn;
    std::string ttlType; // "absolute", "latest", "absorlat", "absandlat"
    std::int64_t absoluteTtl = 0; // minutes; 0: for ever
    std::int64_t latestTtl = 0; // rows; 0: all
};

struct TableDescription {
    std::string database;
    std::string name;
    std::vector<ColumnDescription> columns; // later added ones behind
    std::vector<IndexDescription> indexes;
};

// A deployment or a procedure.
struct CallDescription {
    std::string name;
    std::vector<ColumnDescription> input;
    std::vector<std::string> inputCommon; // given once for all rows
    std::vector<ColumnDescription> output;
    std::vector<std::string> outputCommon;
};

TableDescription tableDescription(const QJsonObject &json);
CallDescription callDescription(const QJsonObject &json);

// Names of a list of texts.
std::vector<std::string> textList(const QJsonValue &value);

} // namespace openmldb
