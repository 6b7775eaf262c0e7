// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace table {

// Gives each different text a number, from 0 on, as long as a byte can tell them apart. The texts outlive this, and
// kReadBehind bytes behind each are readable.
class DistinctTexts
{
public:
    static constexpr std::size_t kReadBehind = 8;

    // -1: too many.
    int codeOf(std::string_view text)
    {
        const Key key = keyOf(text);
        // Neighbouring rows often share their text.
        if (m_count != 0 && isText(m_last, key, text)) [[likely]]
            return static_cast<int>(m_last);
        for (std::uint32_t slot = slotOf(key);; slot = (slot + 1) % kSlots) {
            if (m_slots[slot] == 0)
                return add(key, text, slot);
            if (isText(m_slots[slot] - 1U, key, text)) {
                m_last = m_slots[slot] - 1U;
                return static_cast<int>(m_last);
            }
        }
    }

    std::uint32_t count() const { return m_count; }
    std::size_t bytes() const { return m_bytes; }

    // The texts one behind the other, and where each begins; the last offset is where they end.
    void copyTo(std::uint32_t *offsets, char *arena) const
    {
        std::uint32_t size = 0;
        for (std::uint32_t i = 0; i < m_count; ++i) {
            offsets[i] = size;
            if (!m_texts[i].empty())
                std::memcpy(arena + size, m_texts[i].data(), m_texts[i].size());
            size += static_cast<std::uint32_t>(m_texts[i].size());
        }
        offsets[m_count] = size;
    }

private:
    static constexpr std::uint32_t kMost = 256;
    static constexpr std::uint32_t kSlots = 1024;

    // The first and the last eight bytes: all there is of a text of up to sixteen.
    struct Key {
        std::uint64_t head = 0;
        std::uint64_t tail = 0;
        std::size_t size = 0;

        bool operator==(const Key &) const = default;
    };

    static std::uint64_t loadEight(const char *text)
    {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text, sizeof eight);
        return eight;
    }
    static Key keyOf(std::string_view text)
    {
        if (text.size() >= 8)
            return {loadEight(text.data()), loadEight(text.data() + text.size() - 8), text.size()};
        Key key{0, 0, text.size()};
        if (text.empty())
            return key;
        key.head = loadEight(text.data());
        if constexpr (std::endian::native == std::endian::little)
            key.head &= (std::uint64_t(1) << (text.size() * 8)) - 1;
        else
            key.head >>= 64 - text.size() * 8;
        return key;
    }
    static std::uint32_t slotOf(const Key &key)
    {
        const std::uint64_t mixed = (key.head ^ (key.tail * 0x9e3779b97f4a7c15U) ^ key.size) * 0xff51afd7ed558ccdU;
        return static_cast<std::uint32_t>(mixed >> 54);
    }

    bool isText(std::uint32_t code, const Key &key, std::string_view text) const
    {
        return m_keys[code] == key && (text.size() <= 16 || m_texts[code] == text);
    }
    int add(const Key &key, std::string_view text, std::uint32_t slot)
    {
        if (m_count == kMost)
            return -1;
        m_keys[m_count] = key;
        m_texts[m_count] = text;
        m_bytes += text.size();
        m_last = m_count++;
        m_slots[slot] = static_cast<std::uint16_t>(m_count);
        return static_cast<int>(m_last);
    }

    std::array<Key, kMost> m_keys;
    std::array<std::string_view, kMost> m_texts;
    std::array<std::uint16_t, kSlots> m_slots{}; // code + 1; 0: free
    std::uint32_t m_count = 0;
    std::uint32_t m_last = 0;
    std::size_t m_bytes = 0;
};

} // namespace table
