// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/systemvariables.h"

#include "http/url.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QUuid>

namespace request {

namespace {

struct SystemVariablesTr {
    Q_DECLARE_TR_FUNCTIONS(RequestVariables)
};

core::Error variableError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

// The words of a variable; text in quotes is one.
QStringList wordsOf(std::string_view text)
{
    static const QRegularExpression word(QStringLiteral("\"([^\"]*)\"|'([^']*)'|(\\S+)"));
    QStringList words;
    auto matches = word.globalMatch(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        words << match.captured(match.lastCapturedIndex());
    }
    return words;
}

// "-1 d", "3 h": a time later or earlier.
QDateTime shifted(QDateTime time, const QString &count, const QString &unit)
{
    const qint64 value = count.toLongLong();
    if (unit == QLatin1String("y"))
        return time.addYears(static_cast<int>(value));
    if (unit == QLatin1String("Q"))
        return time.addMonths(static_cast<int>(value * 3));
    if (unit == QLatin1String("M"))
        return time.addMonths(static_cast<int>(value));
    if (unit == QLatin1String("w"))
        return time.addDays(value * 7);
    if (unit == QLatin1String("d"))
        return time.addDays(value);
    if (unit == QLatin1String("ms"))
        return time.addMSecs(value);
    const qint64 seconds = unit == QLatin1String("h") ? 3600 : unit == QLatin1String("m") ? 60 : 1;
    return time.addSecs(value * seconds);
}

// Of "YYYY-MM-DD HH:mm:ss" as other clients write a format.
QString qtFormat(QString format)
{
    return format.replace(QLatin1String("YYYY"), QLatin1String("yyyy")).replace(QLatin1String("YY"), QLatin1String("yy")).replace(QLatin1String("DD"), QLatin1String("dd")).replace(QLatin1String("D"), QLatin1String("d")).replace(QLatin1String("SSS"), QLatin1String("zzz")).replace(QLatin1String("A"), QLatin1String("AP"));
}

std::string dateTime(const QStringList &words, bool isLocal)
{
    QDateTime time = isLocal ? QDateTime::currentDateTime() : QDateTime::currentDateTimeUtc();
    if (words.size() >= 4)
        time = shifted(time, words[2], words[3]);
    const QString format = words.value(1);
    if (format == QLatin1String("rfc1123"))
        return QLocale::c().toString(time.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toStdString();
    if (format.isEmpty() || format == QLatin1String("iso8601"))
        return time.toString(Qt::ISODateWithMs).toStdString();
    return QLocale::c().toString(time, qtFormat(format)).toStdString();
}

// NAME out of the nearest .env file: lines of NAME=value.
std::optional<std::string> dotEnv(const std::string &folder, const QString &name)
{
    QDir dir(QString::fromStdString(folder.empty() ? "." : folder));
    dir.makeAbsolute();
    do {
        QFile file(dir.filePath(QStringLiteral(".env")));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (QString line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
            line = line.trimmed();
            if (line.startsWith(QLatin1String("export ")))
                line.remove(0, 7);
            const qsizetype equals = line.indexOf(QLatin1Char('='));
            if (line.startsWith(QLatin1Char('#')) || equals < 0 || line.left(equals).trimmed() != name)
                continue;
            QString value = line.mid(equals + 1).trimmed();
            if (value.size() >= 2 && (value[0] == QLatin1Char('"') || value[0] == QLatin1Char('\'')) && value.back() == value[0])
                value = value.mid(1, value.size() - 2);
            return value.toStdString();
        }
        return std::nullopt;
    } while (dir.cdUp());
    return std::nullopt;
}

core::Result<SystemValue> fromOutside(const QStringList &words, const std::string &folder)
{
    QString name = words.value(1);
    if (name.startsWith(QLatin1Char('%')))
        name.remove(0, 1);
    if (name.isEmpty())
        return variableError(SystemVariablesTr::tr("%1 needs a name.").arg(words[0]));
    if (words[0] == QLatin1String("$dotenv")) {
        auto value = dotEnv(folder, name);
        if (!value)
            return variableError(SystemVariablesTr::tr("No .env file gives %1 a value.").arg(name), SystemVariablesTr::tr("It is looked for beside the document and in the folders above."));
        return SystemValue{std::move(*value), true};
    }
    const QByteArray value = qgetenv(name.toLocal8Bit().constData());
    if (value.isNull())
        return variableError(SystemVariablesTr::tr("The environment variable %1 is not set.").arg(name));
    return SystemValue{value.toStdString(), true};
}

core::Result<SystemValue> fileInBase64(const QString &path, const std::string &folder)
{
    QFile file(path);
    const QString beside = QDir(QString::fromStdString(folder)).filePath(path);
    if (!folder.empty() && QFile::exists(beside))
        file.setFileName(beside);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return variableError(SystemVariablesTr::tr("The file %1 cannot be read: %2").arg(path, file.errorString()),
            SystemVariablesTr::tr("{{$base64 PATH}} stands for a file; its path is looked up beside the document, then from the folder where the program was started."));
    return SystemValue{file.readAll().toBase64().toStdString(), false};
}

core::Result<SystemValue> randomInteger(const QString &from, const QString &to)
{
    bool isFirst = true;
    bool isSecond = true;
    const qint64 low = from.isEmpty() ? 0 : from.toLongLong(&isFirst);
    const qint64 high = to.isEmpty() ? (from.isEmpty() ? 1000 : low + 1000) : to.toLongLong(&isSecond);
    if (!isFirst || !isSecond || high <= low)
        return variableError(SystemVariablesTr::tr("A random number needs a smallest and a larger number."));
    return SystemValue{std::to_string(low + static_cast<qint64>(QRandomGenerator::global()->generate64() % static_cast<quint64>(high - low))), false};
}

std::string randomLetters(const QString &count, std::string_view letters)
{
    std::string out;
    for (int i = 0; i < std::clamp(count.toInt(), 1, 10000); ++i)
        out += letters[QRandomGenerator::global()->bounded(static_cast<quint32>(letters.size()))];
    return out;
}

} // namespace

core::Result<SystemValue> systemVariable(std::string_view text, const std::string &folder)
{
    QStringList words = wordsOf(text);
    // "$random.integer(1, 9)" is written as a call.
    static const QRegularExpression call(QStringLiteral("^(\\$[\\w.]+)\\((.*)\\)$"));
    const QRegularExpressionMatch match = call.match(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    if (match.hasMatch()) {
        words = QStringList{match.captured(1)};
        for (const QString &part : match.captured(2).split(QLatin1Char(','), Qt::SkipEmptyParts))
            words << part.trimmed();
    }
    const std::string name = words.value(0).toStdString();
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view kAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789_";
    if (name == "$uuid" || name == "$guid" || name == "$random.uuid")
        return SystemValue{QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(), false};
    if (name == "$timestamp") {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        return SystemValue{std::to_string((words.size() >= 3 ? shifted(now, words[1], words[2]) : now).toSecsSinceEpoch()), false};
    }
    if (name == "$isoTimestamp")
        return SystemValue{QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString(), false};
    if (name == "$datetime" || name == "$localDatetime")
        return SystemValue{dateTime(words, name == "$localDatetime"), false};
    if (name == "$randomInt" || name == "$random.integer")
        return randomInteger(words.value(1), words.value(2));
    if (name == "$random.alphabetic")
        return SystemValue{randomLetters(words.value(1), kLetters), false};
    if (name == "$random.alphanumeric")
        return SystemValue{randomLetters(words.value(1), kAlphanumeric), false};
    if (name == "$random.hexadecimal")
        return SystemValue{randomLetters(words.value(1), "0123456789abcdef"), false};
    if (name == "$random.email")
        return SystemValue{randomLetters(QStringLiteral("8"), kLetters) + "@example.com", false};
    if (name.starts_with("$env."))
        return fromOutside({QStringLiteral("$processEnv"), words[0].mid(5)}, folder);
    if (name == "$processEnv" || name == "$dotenv")
        return fromOutside(words, folder);
    if (name == "$base64")
        return fileInBase64(words.value(1), folder);
    return variableError(SystemVariablesTr::tr("There is no variable %1.").arg(words.value(0)),
        SystemVariablesTr::tr("Known are $uuid, $timestamp, $isoTimestamp, $datetime, $localDatetime, $randomInt, $random.…, $processEnv, $dotenv and $base64."));
}

} // namespace request
