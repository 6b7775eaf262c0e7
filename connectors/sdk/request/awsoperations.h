// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace request {

// Where operations of AWS's REST services go, from the services' API references.
struct AwsOperation {
    std::string_view service; // empty: services whose operations are all POSTs to "/", told apart by a header
    std::string_view name;
    std::string_view method;
    std::string_view target; // options in braces are filled in
    std::string_view query; // options that go into the query: "option=Name,…"
};

// nullptr: not known.
const AwsOperation *findAwsOperation(std::string_view service, std::string_view name);

} // namespace request
