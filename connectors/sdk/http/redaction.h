// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <string>
#include <string_view>
#include <vector>

namespace http {

// Blanks known secrets in text, whatever form they take there: as they are, percent-encoded, Base64, JSON-escaped.
// Secrets of fewer than four bytes are left to the structural blanking of headers and URLs.
class ONDO_EXPORT Redactor
{
public:
    void add(const core::Secret &secret);
    std::string redacted(std::string_view text) const;
    bool isEmpty() const { return m_forms.empty(); }

private:
    std::vector<core::Secret> m_forms;
};

inline constexpr std::string_view kBlank = "***";

} // namespace http
