// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/source.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace timescale {

// Long JSON that came as a text (in an envelope's "body", encoded once more, as base64) is unpacked while it arrives. Of
// each layer only what is on the way is in memory, and of one that breaks off the rows that came are there. Short
// answers stay as they are: wrapping.h looks through those as a whole.
class Layers
{
public:
    // idle: called before each read; false ends the reading.
    Layers(json::Source &source, std::function<bool()> idle);
    ~Layers();

    // Looks at how the body begins, and through the layers that are found there.
    void open();

    json::Source &source() const { return *m_top; } // of what is innermost, from its first byte
    bool isUnpacked() const { return m_parts.size() > 1; }
    int innerStatus() const { return m_innerStatus; } // of the last envelope; 0: none
    const std::string &start() const { return m_start; } // how the body begins, as sent

private:
    bool openNext();

    std::function<bool()> m_idle;
    std::vector<std::unique_ptr<json::Source>> m_parts; // each reads the one before
    json::Source *m_top;
    int m_innerStatus = 0;
    std::string m_start;
};

} // namespace timescale
