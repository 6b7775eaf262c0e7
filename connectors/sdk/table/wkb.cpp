// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/wkb.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>

namespace table {

namespace {

struct WkbTr {
    Q_DECLARE_TR_FUNCTIONS(Wkb)
};

constexpr std::array<std::string_view, 8> kNames{
    "", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"};
constexpr int kDeepest = 32;

enum Shape : std::uint32_t { Point = 1, LineString = 2, Polygon = 3, MultiPoint = 4, MultiLineString = 5, MultiPolygon = 6, Collection = 7 };

struct Head {
    std::uint32_t shape = 0;
    bool hasZ = false;
    bool hasM = false;
    std::optional<std::uint32_t> srid;
    int dimensions() const { return 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0); }
};

class WkbReader
{
public:
    explicit WkbReader(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    core::Result<std::string> read()
    {
        if (geometry(0, nullptr) && m_at != m_bytes.size())
            fail(WkbTr::tr("the geometry ends here, the bytes go on"));
        if (!m_problem.isEmpty()) {
            core::Error error;
            error.kind = core::ErrorKind::Decode;
            error.message = WkbTr::tr("This is no geometry in well-known binary: at byte %1 %2.").arg(m_at).arg(m_problem);
            error.position.byte = static_cast<std::int64_t>(m_at);
            return error;
        }
        return std::move(m_text);
    }

private:
    bool fail(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = problem;
        return false;
    }

    template <typename T>
    bool take(T *value)
    {
        if (m_bytes.size() - m_at < sizeof(T))
            return fail(WkbTr::tr("the bytes end"));
        std::array<char, sizeof(T)> raw{};
        std::memcpy(raw.data(), m_bytes.data() + m_at, sizeof(T));
        if (m_isLittle != (std::endian::native == std::endian::little))
            std::reverse(raw.begin(), raw.end());
        std::memcpy(value, raw.data(), sizeof(T));
        m_at += sizeof(T);
        return true;
    }

    bool head(Head *head)
    {
        constexpr std::uint32_t kZ = 0x80000000;
        constexpr std::uint32_t kM = 0x40000000;
        constexpr std::uint32_t kSrid = 0x20000000;
        if (m_at >= m_bytes.size())
            return fail(WkbTr::tr("the bytes end"));
        if (m_bytes[m_at] != 0 && m_bytes[m_at] != 1)
            return fail(WkbTr::tr("there is no byte order (0 or 1)"));
        m_isLittle = m_bytes[m_at++] == 1;
        std::uint32_t type = 0;
        if (!take(&type))
            return false;
        const std::uint32_t iso = (type & ~(kZ | kM | kSrid)) / 1000;
        head->shape = (type & ~(kZ | kM | kSrid)) % 1000;
        head->hasZ = (type & kZ) != 0 || iso == 1 || iso == 3;
        head->hasM = (type & kM) != 0 || iso == 2 || iso == 3;
        if (iso > 3 || head->shape < Point || head->shape > Collection) {
            m_at -= 4;
            return fail(WkbTr::tr("the type %1 is none that is known").arg(type));
        }
        std::uint32_t srid = 0;
        if ((type & kSrid) != 0) {
            if (!take(&srid))
                return false;
            head->srid = srid;
        }
        return true;
    }

    // within: what holds it, whose dimensions it has to share; null at the top.
    bool geometry(int depth, const Head *within)
    {
        if (depth > kDeepest)
            return fail(WkbTr::tr("collections are nested too deep"));
        Head now;
        if (!head(&now))
            return false;
        if (within && (within->hasZ != now.hasZ || within->hasM != now.hasM))
            return fail(WkbTr::tr("a part has other dimensions than the whole"));
        if (within && within->shape != Collection && now.shape + 3 != within->shape)
            return fail(WkbTr::tr("a part is of another kind than the whole"));
        if (!within && now.srid)
            m_text += "SRID=" + std::to_string(*now.srid) + ";";
        if (!within || within->shape == Collection) {
            m_text += kNames[now.shape];
            if (now.hasZ || now.hasM)
                m_text += std::string(now.hasZ ? now.hasM ? " ZM" : " Z" : " M");
            m_text += ' ';
        }
        return body(now, depth);
    }

    bool body(const Head &now, int depth)
    {
        switch (now.shape) {
        case Point:
            return point(now);
        case LineString:
            return line(now);
        case Polygon:
            return list(4, [&] { return line(now); });
        default:
            return list(5, [&] { return geometry(depth + 1, &now); });
        }
    }

    // A count, then as many parts of at least smallest bytes each, in parentheses.
    template <typename Part>
    bool list(std::size_t smallest, Part part)
    {
        std::uint32_t count = 0;
        if (!take(&count))
            return false;
        if (count > (m_bytes.size() - m_at) / smallest) {
            m_at -= 4;
            return fail(WkbTr::tr("%1 parts are announced, more than the bytes hold").arg(count));
        }
        if (count == 0) {
            m_text += "EMPTY";
            return true;
        }
        m_text += '(';
        for (std::uint32_t i = 0; i < count; ++i) {
            m_text += i == 0 ? "" : ", ";
            if (!part())
                return false;
        }
        m_text += ')';
        return true;
    }

    bool coordinates(const Head &now, bool *isEmpty)
    {
        *isEmpty = true;
        for (int i = 0; i < now.dimensions(); ++i) {
            double value = 0;
            if (!take(&value))
                return false;
            *isEmpty = *isEmpty && std::isnan(value);
            std::array<char, 40> text{};
            const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
            m_text.append(i == 0 ? "" : " ").append(text.data(), end.ptr);
        }
        return true;
    }

    // A point of NaN alone is the empty point: binary has no other.
    bool point(const Head &now)
    {
        const std::size_t begin = m_text.size();
        bool isEmpty = false;
        m_text += '(';
        if (!coordinates(now, &isEmpty))
            return false;
        m_text += ')';
        if (isEmpty)
            m_text.replace(begin, std::string::npos, "EMPTY");
        return true;
    }

    bool line(const Head &now)
    {
        bool isEmpty = false;
        return list(8 * static_cast<std::size_t>(now.dimensions()), [&] { return coordinates(now, &isEmpty); });
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    bool m_isLittle = true;
    QString m_problem;
    std::string m_text;
};

} // namespace

core::Result<std::string> wkbToText(std::string_view bytes)
{
    return WkbReader(bytes).read();
}

} // namespace table
