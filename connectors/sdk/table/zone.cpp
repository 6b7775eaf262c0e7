// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/zone.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <vector>

namespace table {

namespace {
struct ZoneTr {
    Q_DECLARE_TR_FUNCTIONS(Zone)
};

// Transitions are kept for these years; instants outside are asked of QTimeZone one by one (its own list of transitions
// ends in January 2038).
constexpr int kFirstYear = 1840;
constexpr int kLastYear = 2038;

std::int64_t yearStart(int year)
{
    return QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
}
}

struct Zone::State {
    struct Stretch {
        std::int64_t begin = 0; // of the offset, in seconds since 1970 UTC
        int offset = 0;
    };

    QTimeZone zone;
    std::vector<Stretch> stretches; // ascending; the first begins with kFirstYear
    std::int64_t end = 0;
    bool isUtc = false;
};

core::Result<Zone> Zone::fromName(std::string_view name)
{
    const QByteArray id(name.data(), static_cast<qsizetype>(name.size()));
    const QTimeZone zone(id);
    if (id.isEmpty() || !zone.isValid()) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = ZoneTr::tr("There is no time zone named \"%1\".").arg(QString::fromUtf8(id));
        error.hint = ZoneTr::tr("Give an IANA name such as UTC, Asia/Shanghai or Europe/Berlin.");
        return error;
    }
    auto state = std::make_shared<State>();
    state->zone = zone;
    state->end = yearStart(kLastYear);
    state->isUtc = id == "UTC" || id == "Etc/UTC" || id == "Z";
    const QDateTime begin(QDate(kFirstYear, 1, 1), QTime(0, 0), Qt::UTC);
    state->stretches.push_back({begin.toSecsSinceEpoch(), zone.offsetFromUtc(begin)});
    if (zone.hasTransitions()) {
        const QDateTime end = QDateTime::fromSecsSinceEpoch(state->end, Qt::UTC);
        for (const QTimeZone::OffsetData &data : zone.transitions(begin, end)) {
            const std::int64_t at = data.atUtc.toSecsSinceEpoch();
            if (at > state->stretches.back().begin)
                state->stretches.push_back({at, data.offsetFromUtc});
        }
    }
    Zone result;
    result.m_state = std::move(state);
    return result;
}

int Zone::offsetAt(std::int64_t instant) const
{
    const std::vector<State::Stretch> &stretches = m_state->stretches;
    if (instant < stretches.front().begin || instant >= m_state->end) {
        constexpr std::int64_t kMost = 8000000000000; // what QDateTime can hold, about 250,000 years
        const std::int64_t near = std::clamp(instant, -kMost, kMost);
        return m_state->zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(near, Qt::UTC));
    }
    const auto after = std::upper_bound(stretches.begin(), stretches.end(), instant,
        [](std::int64_t at, const State::Stretch &stretch) { return at < stretch.begin; });
    return std::prev(after)->offset;
}

bool Zone::isUtc() const
{
    return m_state->isUtc;
}

} // namespace table
