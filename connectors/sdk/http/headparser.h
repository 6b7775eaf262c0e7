// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <cstddef>
#include <string_view>

namespace http {

// Puts the head of an answer together from its lines as they come: interim answers (1xx) are passed over, folded lines
// joined, trailers after the body added behind the headers.
class HeadParser
{
public:
    // False: the headers are longer than any server means them to be.
    bool addLine(std::string_view line);

    bool isComplete() const { return m_isComplete; }
    // Whether any status line came, be it an interim one.
    bool hasStarted() const { return m_size > 0; }
    const Head &head() const { return m_head; }

    static constexpr std::size_t kLongest = 256 * 1024;

private:
    void startHead(std::string_view line);
    void addHeader(std::string_view line);

    Head m_head;
    std::size_t m_size = 0;
    bool m_isInHead = false;
    bool m_isComplete = false;
};

} // namespace http
