// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstddef>
#include <memory>

namespace table {

// A stretch of memory that the values of many columns share, counted by its users. Counting is thread-safe.
struct Block;

// Gives memory that allocateValues() gave back: to its block, or to the heap where there is none.
struct ONDO_EXPORT FreeValues {
    Block *block = nullptr;
    void operator()(void *memory) const;
};

template <typename T>
using Values = std::unique_ptr<T, FreeValues>;

// Where the columns of full chunks get their memory: one behind the other from blocks of 2 MB that the system can back
// by one huge page each. A large result then costs one page fault for five chunks instead of a hundred for one, and is
// given back in milliseconds. A block goes when its last user goes. For one thread.
class ONDO_EXPORT Blocks
{
public:
    Blocks() = default;
    ~Blocks();
    Blocks(Blocks &&other) noexcept;
    Blocks &operator=(Blocks &&) = delete;

private:
    friend Values<std::byte> allocateValues(std::size_t size, Blocks *blocks);
    std::byte *take(std::size_t size);
    bool startBlock();

    Block *m_current = nullptr;
    std::size_t m_used = 0; // of m_current
};

// Uninitialised, aligned for every type of value. From the heap where blocks is null.
Values<std::byte> allocateValues(std::size_t size, Blocks *blocks);

} // namespace table
