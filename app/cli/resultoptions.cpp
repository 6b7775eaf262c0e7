// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/resultoptions.h"

#include <QCoreApplication>

#include <unistd.h>

namespace cli {

namespace {

struct ResultOptionsTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString formatList()
{
    QStringList names;
    for (const std::string_view name : table::formatNames())
        names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    return names.join(QStringLiteral(", "));
}

core::Result<table::FileFormat> formatFrom(const ParsedArguments &arguments)
{
    if (const Argument *name = arguments.value("--format")) {
        if (const auto format = table::formatByName(name->text))
            return *format;
        std::vector<std::string> names;
        for (const std::string_view known : table::formatNames())
            names.emplace_back(known);
        const auto nearest = nearestTo(name->text, names);
        const QString message = ResultOptionsTr::tr("There is no format \"%1\".").arg(QString::fromStdString(name->shown));
        if (nearest)
            return usageError(message, ResultOptionsTr::tr("Did you mean %1?").arg(QString::fromStdString(*nearest)));
        return usageError(message, ResultOptionsTr::tr("Formats: %1").arg(formatList()));
    }
    const Argument *file = arguments.value("--output");
    if (!file)
        return table::FileFormat::Table;
    if (const auto format = table::formatByFileName(file->text))
        return *format;
    return usageError(ResultOptionsTr::tr("The extension of %1 names no format.").arg(QString::fromStdString(file->shown)),
        ResultOptionsTr::tr("Say which with --format: %1").arg(formatList()));
}

} // namespace

std::vector<OptionSpec> resultOptions()
{
    return {
        {"--format", "", ResultOptionsTr::tr("FORMAT"), formatList() + ResultOptionsTr::tr(" (default table)"), false},
        {"--output", "-o", ResultOptionsTr::tr("FILE"),
            ResultOptionsTr::tr("write there, in the format of its extension; put in place when whole"), false},
        {"--tz", "", ResultOptionsTr::tr("ZONE"), ResultOptionsTr::tr("print instants in this time zone"), false},
        {"--table-name", "", ResultOptionsTr::tr("NAME"), ResultOptionsTr::tr("the table of INSERT statements (default result)"), false},
    };
}

OptionSpec maxRowsOption()
{
    return {"--max-rows", "", ResultOptionsTr::tr("N"), ResultOptionsTr::tr("stop after N rows (0 and default: none)"), false};
}

OptionSpec traceOption()
{
    return {"--trace", "", {}, ResultOptionsTr::tr("print each exchange to standard error, secrets blanked"), false};
}

core::Result<ResultOptions> resultOptionsFrom(const ParsedArguments &arguments)
{
    auto format = formatFrom(arguments);
    if (!format)
        return std::move(format).error();
    ResultOptions options;
    options.format = *format;
    if (const Argument *zoneName = arguments.value("--tz")) {
        auto zone = table::Zone::fromName(zoneName->text);
        if (!zone)
            return std::move(zone).error();
        options.writer.zone = std::move(zone).value();
    }
    if (const Argument *name = arguments.value("--table-name")) {
        if (name->text.empty())
            return usageError(ResultOptionsTr::tr("--table-name needs a name."));
        options.writer.tableName = name->text;
    }
    if (const Argument *file = arguments.value("--output")) {
        if (file->text.empty())
            return usageError(ResultOptionsTr::tr("-o needs the name of a file."));
        options.file = file->text;
    }
    if (options.format == table::FileFormat::Xlsx && options.file.empty() && isatty(STDOUT_FILENO) != 0)
        return usageError(ResultOptionsTr::tr("A workbook is nothing for a terminal."), ResultOptionsTr::tr("Give it a file: -o FILE.xlsx"));
    return options;
}

core::Result<std::unique_ptr<Output>> openOutput(const ResultOptions &options, Interrupt &interrupt)
{
    if (options.file.empty())
        return Output::toStandardOutput(interrupt);
    return Output::toFile(options.file, interrupt);
}

core::Result<std::int64_t> maxRowsFrom(const ParsedArguments &arguments)
{
    const Argument *value = arguments.value("--max-rows");
    return value ? integerValue(*value, "--max-rows", 0) : core::Result<std::int64_t>(std::int64_t(0));
}

} // namespace cli
