// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/blocks.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

#include <sys/mman.h>

namespace table {

struct Block {
    std::atomic<std::size_t> users = 1;
};

namespace {

constexpr std::size_t kBlockSize = std::size_t(2) << 20;
constexpr std::size_t kValueAlignment = 64;
// What is larger than this gets memory of its own: little of a block is then lost at its end.
constexpr std::size_t kLargestShared = kBlockSize / 8;

// The address sanitizer sees an overrun only between pieces of the heap.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kUsesBlocks = false;
#else
constexpr bool kUsesBlocks = true;
#endif

void drop(Block *block)
{
    if (block && block->users.fetch_sub(1, std::memory_order_acq_rel) == 1)
        munmap(block, kBlockSize);
}

// Aligned to its own size, as huge pages are.
Block *mapBlock()
{
    void *memory = mmap(nullptr, 2 * kBlockSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return nullptr;
    auto *bytes = static_cast<std::byte *>(memory);
    const std::size_t before = (kBlockSize - reinterpret_cast<std::uintptr_t>(memory) % kBlockSize) % kBlockSize;
    if (before != 0)
        munmap(bytes, before);
    munmap(bytes + before + kBlockSize, kBlockSize - before);
#if defined(MADV_HUGEPAGE)
    madvise(bytes + before, kBlockSize, MADV_HUGEPAGE);
#endif
    return new (bytes + before) Block;
}

} // namespace

void FreeValues::operator()(void *memory) const
{
    if (block)
        drop(block);
    else
        std::free(memory);
}

Blocks::Blocks(Blocks &&other) noexcept
    : m_current(std::exchange(other.m_current, nullptr))
    , m_used(std::exchange(other.m_used, 0))
{
}

Blocks::~Blocks()
{
    drop(m_current);
}

bool Blocks::startBlock()
{
    Block *block = mapBlock();
    if (!block)
        return false;
    drop(std::exchange(m_current, block));
    m_used = std::max(sizeof(Block), kValueAlignment);
    return true;
}

std::byte *Blocks::take(std::size_t size)
{
    const std::size_t step = (size + kValueAlignment - 1) / kValueAlignment * kValueAlignment;
    if ((!m_current || kBlockSize - m_used < step) && !startBlock())
        return nullptr;
    std::byte *memory = reinterpret_cast<std::byte *>(m_current) + m_used;
    m_used += step;
    m_current->users.fetch_add(1, std::memory_order_relaxed);
    return memory;
}

Values<std::byte> allocateValues(std::size_t size, Blocks *blocks)
{
    if (kUsesBlocks && blocks && size <= kLargestShared) {
        if (std::byte *memory = blocks->take(size))
            return {memory, FreeValues{blocks->m_current}};
    }
    auto *memory = static_cast<std::byte *>(std::malloc(std::max<std::size_t>(size, 1)));
    if (!memory)
        throw std::bad_alloc();
    return {memory, FreeValues{}};
}

} // namespace table
