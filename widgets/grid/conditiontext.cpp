// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/conditiontext.h"

#include <QCoreApplication>
#include <QStringList>

namespace grid {

namespace {
struct ConditionTr {
    Q_DECLARE_TR_FUNCTIONS(grid::Condition)
};

constexpr std::size_t kMostNamed = 3;

QString valuesText(const table::Condition &condition)
{
    QStringList names;
    for (std::size_t i = 0; i < condition.values.size() && i < kMostNamed; ++i)
        names << (condition.values[i].empty() ? QStringLiteral("\"\"") : QString::fromStdString(condition.values[i]));
    if (condition.includesNull)
        names << QStringLiteral("NULL");
    QString text = names.join(QStringLiteral(", "));
    if (condition.values.size() > kMostNamed)
        text += QStringLiteral(" … (%1)").arg(condition.values.size());
    return text;
}
}

QString conditionText(const table::Condition &condition)
{
    const QString text = QString::fromStdString(condition.text);
    const QString from = QString::fromStdString(condition.from);
    const QString to = QString::fromStdString(condition.to);
    QString said;
    switch (condition.test) {
    case table::Condition::Test::Contains:
        return condition.isNegated ? ConditionTr::tr("without %1").arg(text) : text;
    case table::Condition::Test::Pattern:
        said = QStringLiteral("/%1/").arg(text);
        break;
    case table::Condition::Test::Range:
        said = from.isEmpty() ? QStringLiteral("≤ %1").arg(to)
            : to.isEmpty()    ? QStringLiteral("≥ %1").arg(from)
            : from == to      ? QStringLiteral("= %1").arg(from)
                              : QStringLiteral("%1 … %2").arg(from, to);
        break;
    case table::Condition::Test::IsNull:
        return condition.isNegated ? ConditionTr::tr("not NULL") : QStringLiteral("NULL");
    case table::Condition::Test::OneOf:
        said = valuesText(condition);
        break;
    }
    return condition.isNegated ? ConditionTr::tr("not %1").arg(said) : said;
}

} // namespace grid
