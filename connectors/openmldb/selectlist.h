// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The columns of a query, from its text: the server does not transmit their names.
namespace openmldb {

struct SelectedColumn {
    std::string name;
    std::string type; // as the catalogue has it; empty: not known
};

struct Select;

// What stands behind FROM and JOIN.
struct SelectSource {
    std::string name; // by which the list refers to it
    std::string database; // empty: the statement's
    std::string table; // empty: a query
    std::shared_ptr<const Select> query;
};

struct SelectItem {
    bool isStar = false;
    std::string starOf; // name of a source; empty: all
    std::string name;
};

struct Select {
    std::vector<SelectItem> items;
    std::vector<SelectSource> sources;
    bool hasKnownSources = true; // else stars cannot be told
};

// Nothing for what is no query.
std::optional<Select> parseSelect(std::string_view statement, const connector::Language &language);

using TableColumns
    = std::function<std::optional<std::vector<SelectedColumn>>(const std::string &database, const std::string &table)>;

// With stars expanded; nothing where one cannot be.
std::optional<std::vector<SelectedColumn>> selectedColumns(const Select &select, const TableColumns &columnsOf);

} // namespace openmldb
