// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonview.h"

namespace timescale {

JsonView JsonView::operator[](std::string_view name) const
{
    if (!isObject())
        return {};
    const decode::MemoryObject object = decode::membersOf(m_raw);
    const decode::MemoryMember *member = object.find(name);
    return member ? JsonView(member->value) : JsonView();
}

std::vector<std::pair<std::string, JsonView>> JsonView::members() const
{
    std::vector<std::pair<std::string, JsonView>> all;
    if (!isObject())
        return all;
    for (decode::MemoryMember &member : decode::membersOf(m_raw).members)
        all.emplace_back(std::move(member.name), JsonView(member.value));
    return all;
}

std::vector<JsonView> JsonView::items() const
{
    std::vector<JsonView> all;
    if (!isArray()) {
        if (exists())
            all.push_back(*this);
        return all;
    }
    const char *end = m_raw.data() + m_raw.size();
    for (const char *at = decode::passBlanks(m_raw.data() + 1); at < end && *at != ']';) {
        const char *behind = decode::passValue(at, end);
        if (!behind)
            break;
        all.emplace_back(std::string_view(at, static_cast<std::size_t>(behind - at)));
        at = decode::passBlanks(behind);
        if (*at == ',')
            at = decode::passBlanks(at + 1);
    }
    return all;
}

std::string JsonView::text() const
{
    if (m_raw.starts_with('"'))
        return decode::textOf(m_raw);
    return exists() ? std::string(m_raw) : std::string();
}

JsonDocument::JsonDocument(std::string text)
    : m_text(std::move(text))
    , m_size(m_text.size())
{
    m_text.append(decode::kMemoryPadding, '\0');
    const char *begin = decode::passBlanks(m_text.data());
    const char *behind = decode::passValue(begin, m_text.data() + m_size);
    m_isValid = behind && decode::passBlanks(behind) >= m_text.data() + m_size;
}

JsonView JsonDocument::root() const
{
    const char *begin = decode::passBlanks(m_text.data());
    return m_isValid ? JsonView({begin, static_cast<std::size_t>(m_text.data() + m_size - begin)}) : JsonView();
}

} // namespace timescale
