// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/arrangement.h"

#include <algorithm>

namespace workspace {

namespace {

constexpr int kRoom = 1024;

using List = std::vector<SavedConnection>;

bool isAmong(const std::vector<std::string> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

List::iterator placeIn(List &rest, const std::string &group, const std::string &before)
{
    const auto found = std::find_if(rest.begin(), rest.end(), [&](const SavedConnection &one) { return one.name == before; });
    if (!before.empty() && found != rest.end())
        return found;
    if (group.empty())
        return rest.end();
    const auto last = std::find_if(rest.rbegin(), rest.rend(), [&](const SavedConnection &one) { return one.group == group; });
    return last == rest.rend() ? rest.end() : last.base();
}

// Numbers the block [begin, end) between its neighbours, where those are in order and leave room.
bool numberBlock(List &list, std::size_t begin, std::size_t end)
{
    const int low = begin == 0 ? 0 : list[begin - 1].order;
    const int high = end == list.size() ? low + kRoom * static_cast<int>(end - begin + 1) : list[end].order;
    const int step = (high - low) / static_cast<int>(end - begin + 1);
    const bool isPlaced = (begin == 0 || low > 0) && step > 0;
    for (std::size_t i = begin; isPlaced && i < end; ++i)
        list[i].order = low + step * static_cast<int>(i - begin + 1);
    return isPlaced && std::adjacent_find(list.begin(), list.end(), [](const auto &a, const auto &b) { return a.order >= b.order; }) == list.end();
}

} // namespace

List arranged(List all, const std::vector<std::string> &moved, const std::string &group, const std::string &before)
{
    const List former = all;
    List block;
    for (const std::string &name : moved) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const SavedConnection &one) { return one.name == name; });
        if (found == all.end())
            continue;
        block.push_back(*found);
        block.back().group = group;
    }
    std::erase_if(all, [&](const SavedConnection &one) { return isAmong(moved, one.name); });
    const auto place = placeIn(all, group, before);
    const auto begin = static_cast<std::size_t>(place - all.begin());
    all.insert(place, block.begin(), block.end());
    if (!block.empty() && !numberBlock(all, begin, begin + block.size())) {
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i].order = kRoom * static_cast<int>(i + 1);
    }
    std::erase_if(all, [&](const SavedConnection &one) {
        return std::any_of(former.begin(), former.end(), [&](const SavedConnection &other) { return other.name == one.name && other.order == one.order && other.group == one.group; });
    });
    return all;
}

int nextOrder(const List &all)
{
    int highest = 0;
    for (const SavedConnection &one : all)
        highest = std::max(highest, one.order);
    return highest == 0 ? 0 : highest + kRoom;
}

} // namespace workspace
