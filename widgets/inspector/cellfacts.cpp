// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/cellfacts.h"

#include "json/writer.h"
#include "table/format.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <array>
#include <charconv>

namespace inspector {

namespace {

struct FactsTr {
    Q_DECLARE_TR_FUNCTIONS(Inspector)
};

constexpr std::size_t kShownOfRow = 300; // bytes of a value in the row's form
constexpr std::int64_t kExactDouble = std::int64_t(1) << 53;

QString asText(std::string_view bytes)
{
    std::string valid;
    json::appendUtf8(valid, bytes);
    return QString::fromStdString(valid);
}

QString kindName(table::Kind kind)
{
    switch (kind) {
    case table::Kind::Null:
        return FactsTr::tr("nothing");
    case table::Kind::Bool:
        return FactsTr::tr("truth value");
    case table::Kind::Int:
        return FactsTr::tr("64-bit integer");
    case table::Kind::UInt:
        return FactsTr::tr("unsigned 64-bit integer");
    case table::Kind::Float:
        return FactsTr::tr("32-bit float");
    case table::Kind::Double:
        return FactsTr::tr("64-bit float");
    case table::Kind::Decimal:
        return FactsTr::tr("decimal text");
    case table::Kind::Binary:
        return FactsTr::tr("bytes");
    case table::Kind::Json:
        return FactsTr::tr("JSON text");
    case table::Kind::Instant:
        return FactsTr::tr("instant");
    case table::Kind::LocalDateTime:
        return FactsTr::tr("date and time without a zone");
    default:
        return FactsTr::tr("text");
    }
}

QString instantText(std::int64_t value, int unitDigits, const table::Zone *zone)
{
    std::string text;
    table::appendInstant(text, value, unitDigits, unitDigits, zone);
    return QString::fromStdString(text);
}

// value counts 10^-from seconds; as a count of 10^-to, exact, or with a fraction where that is finer.
QString countIn(std::int64_t value, int from, int to)
{
    QString digits = QString::number(value);
    if (to >= from)
        return value == 0 ? digits : digits + QString(to - from, QLatin1Char('0'));
    const bool isNegative = digits.startsWith(QLatin1Char('-'));
    digits = digits.mid(isNegative ? 1 : 0).rightJustified(from - to + 1, QLatin1Char('0'));
    QString fraction = digits.right(from - to);
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    const QString whole = digits.chopped(from - to);
    return (isNegative ? QStringLiteral("-") : QString()) + whole + (fraction.isEmpty() ? QString() : QLatin1Char('.') + fraction);
}

const std::array<std::pair<int, const char *>, 4> kUnits{{{0, QT_TRANSLATE_NOOP("Inspector", "Seconds since 1970")},
    {3, QT_TRANSLATE_NOOP("Inspector", "Milliseconds since 1970")}, {6, QT_TRANSLATE_NOOP("Inspector", "Microseconds since 1970")},
    {9, QT_TRANSLATE_NOOP("Inspector", "Nanoseconds since 1970")}}};

void addZones(std::vector<Fact> &facts, const Inspected &inspected, std::int64_t value, int unitDigits)
{
    const table::Zone *own = inspected.zone ? &*inspected.zone : nullptr;
    if (own && !own->isUtc())
        facts.push_back({FactsTr::tr("%1 (of this tab)").arg(inspected.zoneName), instantText(value, unitDigits, own)});
    facts.push_back({QStringLiteral("UTC"), instantText(value, unitDigits, nullptr)});
    QStringList names{QString::fromUtf8(QTimeZone::systemTimeZoneId()), QStringLiteral("America/Los_Angeles"), QStringLiteral("America/New_York"),
        QStringLiteral("Europe/London"), QStringLiteral("Europe/Berlin"), QStringLiteral("Asia/Kolkata"), QStringLiteral("Asia/Shanghai"), QStringLiteral("Asia/Tokyo")};
    names.removeDuplicates();
    for (const QString &name : names) {
        const auto zone = table::Zone::fromName(name.toStdString());
        if (zone && !zone->isUtc() && name != inspected.zoneName)
            facts.push_back({name, instantText(value, unitDigits, &*zone)});
    }
}

QString grouped(const QString &digits)
{
    QString text;
    const qsizetype sign = digits.startsWith(QLatin1Char('-')) ? 1 : 0;
    const qsizetype point = digits.indexOf(QLatin1Char('.')) < 0 ? digits.size() : digits.indexOf(QLatin1Char('.'));
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (i > sign && i < point && (point - i) % 3 == 0)
            text += QChar(0x2009); // a thin space: no language takes it for a point
        text += digits[i];
    }
    return text;
}

QString inBase(std::uint64_t value, int base, int width, int group)
{
    const QString digits = QString::number(value, base).rightJustified(width, QLatin1Char('0'));
    QString text;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % group == 0)
            text += QLatin1Char(' ');
        text += digits[i];
    }
    return text;
}

QString doubleText(double value)
{
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(end.ptr - text.data()));
}

void addInteger(std::vector<Fact> &facts, std::uint64_t bits, int width, bool isExact, double asDouble)
{
    const std::uint64_t mask = width >= 64 ? ~std::uint64_t(0) : (std::uint64_t(1) << width) - 1;
    facts.push_back({FactsTr::tr("Hexadecimal"), QStringLiteral("0x") + QString::number(bits & mask, 16)});
    facts.push_back({FactsTr::tr("Binary"), inBase(bits & mask, 2, width, 8)});
    if (isExact)
        facts.push_back({FactsTr::tr("As a double"), FactsTr::tr("the same: a double holds it")});
    else
        facts.push_back({FactsTr::tr("As a double"), FactsTr::tr("%1 – what a browser-based tool would show").arg(QString::number(asDouble, 'f', 0))});
}

} // namespace

std::string valueText(const Inspected &inspected)
{
    const table::Cell cell = inspected.cell();
    std::string text;
    if (cell.column->isNull(cell.row))
        return text;
    if (table::storageOf(cell.column->kind()) == table::Storage::Bytes && cell.column->kind() != table::Kind::Binary && cell.column->hasValue(cell.row))
        return std::string(cell.column->bytes(cell.row));
    table::FormatOptions options;
    options.form = table::TextForm::Raw;
    options.zone = inspected.zone ? &*inspected.zone : nullptr;
    table::appendCell(text, inspected.info(), *cell.column, cell.row, options);
    return text;
}

QString typeText(const Inspected &inspected)
{
    const table::ColumnInfo &info = inspected.info();
    const QString stored = kindName(info.kind);
    const table::Cell cell = inspected.cell();
    const bool isLiteral = !cell.column->hasValue(cell.row) && !cell.column->isNull(cell.row);
    const QString type = info.serverType.empty() ? FactsTr::tr("stored as %1").arg(stored)
                                                 : FactsTr::tr("%1, stored as %2").arg(QString::fromStdString(info.serverType), stored);
    return isLiteral ? type + QLatin1Char('\n') + FactsTr::tr("This value does not fit that; it is kept as it was sent.") : type;
}

std::vector<Fact> timeFacts(const Inspected &inspected)
{
    std::vector<Fact> facts;
    const table::Cell cell = inspected.cell();
    const table::Column &column = *cell.column;
    if (!column.hasValue(cell.row))
        return facts;
    if (column.kind() == table::Kind::Int) {
        const std::int64_t value = column.ints()[cell.row];
        for (const auto &[digits, name] : kUnits)
            facts.push_back({FactsTr::tr("As %1").arg(FactsTr::tr(name)), instantText(value, digits, inspected.zone ? &*inspected.zone : nullptr)});
        return facts;
    }
    if (!table::isTime(column.kind()))
        return facts;
    const std::int64_t value = column.ints()[cell.row];
    const int unit = column.unitDigits();
    if (column.kind() == table::Kind::Instant)
        addZones(facts, inspected, value, unit);
    else
        facts.push_back({FactsTr::tr("Zone"), FactsTr::tr("none: the server names none; the counts take it for UTC"), true});
    for (const auto &[digits, name] : kUnits)
        facts.push_back({FactsTr::tr(name), countIn(value, unit, digits)});
    return facts;
}

std::vector<Fact> numberFacts(const Inspected &inspected)
{
    std::vector<Fact> facts;
    const table::Cell cell = inspected.cell();
    const table::Column &column = *cell.column;
    if (!table::isNumeric(inspected.info().kind) || column.isNull(cell.row))
        return facts;
    const QString digits = QString::fromStdString(valueText(inspected));
    facts.push_back({FactsTr::tr("Value"), digits});
    facts.push_back({FactsTr::tr("Grouped"), grouped(digits)});
    if (!column.hasValue(cell.row))
        return facts;
    const int width = inspected.info().bits;
    if (column.kind() == table::Kind::Int) {
        const std::int64_t value = column.ints()[cell.row];
        addInteger(facts, static_cast<std::uint64_t>(value), width, value >= -kExactDouble && value <= kExactDouble, static_cast<double>(value));
    } else if (column.kind() == table::Kind::UInt) {
        const std::uint64_t value = column.uints()[cell.row];
        addInteger(facts, value, width, value <= static_cast<std::uint64_t>(kExactDouble), static_cast<double>(value));
    } else if (column.kind() == table::Kind::Float) {
        facts.push_back({FactsTr::tr("As a double"), doubleText(static_cast<double>(column.floats()[cell.row]))});
    }
    return facts;
}

std::vector<Fact> rowFacts(const Inspected &inspected)
{
    std::vector<Fact> facts;
    Inspected at = inspected;
    for (std::size_t i = 0; i < inspected.table.columnCount(); ++i) {
        at.column = i;
        const table::Cell cell = at.cell();
        Fact fact;
        fact.label = asText(at.info().name);
        fact.isMuted = cell.column->isNull(cell.row);
        const bool isLong = table::storageOf(cell.column->kind()) == table::Storage::Bytes && cell.column->hasValue(cell.row)
            && cell.column->bytes(cell.row).size() > kShownOfRow;
        if (fact.isMuted)
            fact.value = QStringLiteral("NULL");
        else if (isLong && cell.column->kind() != table::Kind::Binary)
            fact.value = asText(cell.column->bytes(cell.row).substr(0, kShownOfRow)) + QStringLiteral("…");
        else if (isLong)
            fact.value = FactsTr::tr("%L1 bytes").arg(cell.column->bytes(cell.row).size());
        else
            fact.value = asText(valueText(at));
        facts.push_back(std::move(fact));
    }
    return facts;
}

std::optional<std::string> geometryBytes(const Inspected &inspected)
{
    const table::Cell cell = inspected.cell();
    if (!cell.column->hasValue(cell.row) || table::storageOf(cell.column->kind()) != table::Storage::Bytes)
        return std::nullopt;
    std::string_view bytes = cell.column->bytes(cell.row);
    if (cell.column->kind() == table::Kind::Binary)
        return std::string(bytes);
    if (bytes.starts_with("\\x") || bytes.starts_with("0x"))
        bytes.remove_prefix(2);
    // 18 hex digits are the shortest: byte order, type, a count of none.
    if (bytes.size() < 18 || bytes.size() % 2 != 0 || (!bytes.starts_with("00") && !bytes.starts_with("01"))
        || bytes.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
        return std::nullopt;
    const QByteArray raw = QByteArray::fromHex(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return raw.toStdString();
}

QString hexText(std::string_view bytes, std::size_t offset)
{
    constexpr std::size_t kLine = 16;
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += kLine) {
        const std::string_view line = bytes.substr(at, kLine);
        std::array<char, 20> number{};
        const auto end = std::to_chars(number.data(), number.data() + number.size(), offset + at, 16);
        const auto size = static_cast<std::size_t>(end.ptr - number.data());
        text.append(size < 8 ? 8 - size : 0, '0').append(number.data(), size).append("  ");
        for (std::size_t i = 0; i < kLine; ++i) {
            const auto byte = i < line.size() ? static_cast<unsigned char>(line[i]) : 0U;
            text += i < line.size() ? kDigits[byte >> 4] : ' ';
            text += i < line.size() ? kDigits[byte & 15] : ' ';
            text += i == 7 ? "  " : " ";
        }
        text += ' ';
        for (const char c : line)
            text += c >= 0x20 && c < 0x7f ? c : '.';
        text += '\n';
    }
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace inspector
