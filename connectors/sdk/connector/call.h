// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace connector {

// What calling an object of the catalogue takes (a deployment, a procedure, a resource with parameters, a table that a
// row is put into): what a form shows, and callStatement() then writes as a request.
struct CallField {
    std::string name;
    QString type; // the server's type; empty: unknown
    QString hint;
    bool isRequired = true;
    std::string value; // proposed
};

struct CallForm {
    QString title; // "Call demo.plus"; translated
    std::vector<CallField> fields;
    std::vector<CallField> sharedFields; // given once for all rows
    bool takesSeveralRows = false;
    bool takesObjects = false; // rows can go as objects too: what comes back is then named
    bool writes = false;
    bool takesSomeFields = false; // of an insert: fields that rows do not have may be taken out of the form
};

// A form filled in. Values are in the order of the fields; none: SQL NULL, or not given where the field is not required.
struct CallValues {
    std::vector<std::vector<std::optional<std::string>>> rows;
    std::vector<std::optional<std::string>> shared;
    bool asObjects = false;
};

} // namespace connector
