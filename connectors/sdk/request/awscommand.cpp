// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/awscommand.h"

#include "http/url.h"
#include "json/writer.h"
#include "request/awsoperations.h"
#include "request/curldata.h"
#include "request/jsonform.h"
#include "request/pointer.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace request {

namespace {

struct AwsCommandTr {
    Q_DECLARE_TR_FUNCTIONS(AwsCommand)
};

struct Option {
    Word word;
    std::vector<Word> values;
};

QString shownText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// "path-part" as pathPart or PathPart; digits and abbreviations as the services write them.
std::string memberName(std::string_view option, bool isPascal)
{
    std::string out;
    bool isUpper = isPascal;
    for (const char c : option) {
        if (c == '-') {
            isUpper = true;
            continue;
        }
        out += isUpper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        isUpper = false;
    }
    return out;
}

bool isOneOf(std::string_view word, std::string_view list)
{
    const std::string padded = ' ' + std::string(list) + ' ';
    return padded.find(' ' + std::string(word) + ' ') != std::string::npos;
}

constexpr std::string_view kFlags = "publish no-publish dry-run no-dry-run with-event no-with-event api-key-required no-api-key-required enabled generate-distinct-id cache-cluster-enabled tracing-enabled include-values";
constexpr std::string_view kNumbers = "timeout memory-size max-results max-items limit timeout-in-millis reserved-concurrent-executions cache-cluster-size";
constexpr std::string_view kLists = "layers compatible-runtimes compatible-architectures architectures sqls parameters binary-media-types cache-key-parameters";
constexpr std::string_view kMaps = "environment request-parameters response-parameters request-models response-models request-templates response-templates variables tags endpoint-configuration vpc-config dead-letter-config tracing-config code content image-config ephemeral-storage";
constexpr std::string_view kGlobals = "output query color page-size cli-read-timeout cli-connect-timeout ca-bundle cli-binary-format starting-token cli-input-json";
constexpr std::string_view kGlobalFlags = "debug no-verify-ssl no-paginate no-sign-request no-cli-pager cli-auto-prompt no-cli-auto-prompt";

class AwsReader
{
public:
    AwsReader(std::vector<Word> words, const ReadFile &readFile)
        : m_words(std::move(words))
        , m_readFile(readFile)
    {
    }

    core::Result<AwsDocument> read()
    {
        if (auto done = readWords(); !done)
            return std::move(done).error();
        if (m_bare.size() < 2)
            return errorAt(m_words[0].line, m_words[0].column, AwsCommandTr::tr("The command names no service and operation."));
        m_operation = findAwsOperation(m_bare[0].text, m_bare[1].text);
        if (!m_operation) {
            return errorAt(m_bare[1].line, m_bare[1].column, AwsCommandTr::tr("The operation \"%1 %2\" is not known here.").arg(shownText(m_bare[0].text), shownText(m_bare[1].text)),
                AwsCommandTr::tr("Read are operations of lambda, of apigateway and of the data APIs."));
        }
        m_isPascal = m_operation->service != "apigateway";
        takeGlobals();
        if (auto done = fillTarget(); !done)
            return std::move(done).error();
        if (auto done = takeHeaders(); !done)
            return std::move(done).error();
        if (auto done = fillBody(); !done)
            return std::move(done).error();
        if (m_bare.size() > 2)
            m_document.notices << AwsCommandTr::tr("Left out: %1").arg(shownText(m_bare[2].text));
        write();
        return std::move(m_document);
    }

private:
    core::Result<void> readWords()
    {
        for (std::size_t i = 1; i < m_words.size(); ++i) {
            const Word &word = m_words[i];
            if (!word.text.starts_with("--") || word.text.size() == 2) {
                m_bare.push_back(word);
                continue;
            }
            std::string name = word.text.substr(2);
            Option option{word, {}};
            if (const std::size_t equals = name.find('='); equals != std::string::npos) {
                option.values.push_back({name.substr(equals + 1), word.line, word.column + static_cast<int>(equals) + 3});
                name.erase(equals);
            }
            const bool isFlag = isOneOf(name, kFlags) || isOneOf(name, kGlobalFlags);
            const bool takesSeveral = isOneOf(name, kLists);
            while (!isFlag && i + 1 < m_words.size() && !m_words[i + 1].text.starts_with("--") && (option.values.empty() || takesSeveral))
                option.values.push_back(m_words[++i]);
            if (!isFlag && option.values.empty())
                return errorAt(word.line, word.column, AwsCommandTr::tr("The option --%1 needs a value.").arg(shownText(name)));
            m_options.insert_or_assign(name, std::move(option));
        }
        return {};
    }

    std::string taken(const std::string &name)
    {
        const auto option = m_options.find(name);
        if (option == m_options.end())
            return {};
        std::string value = option->second.values.empty() ? std::string() : option->second.values[0].text;
        m_options.erase(option);
        return value;
    }

    void takeGlobals()
    {
        m_region = taken("region");
        m_endpoint = taken("endpoint-url");
        if (const std::string profile = taken("profile"); !profile.empty())
            m_document.notices << AwsCommandTr::tr("--profile %1: set AWS_PROFILE, or use a connection with this profile.").arg(shownText(profile));
        m_binaryFormat = taken("cli-binary-format");
        QStringList ignored;
        for (auto option = m_options.begin(); option != m_options.end();) {
            const bool isGlobal = isOneOf(option->first, kGlobals) || isOneOf(option->first, kGlobalFlags);
            if (isGlobal)
                ignored << QStringLiteral("--") + shownText(option->first);
            option = isGlobal ? m_options.erase(option) : std::next(option);
        }
        if (!ignored.isEmpty())
            m_document.notices << AwsCommandTr::tr("Options without effect here: %1").arg(ignored.join(QStringLiteral(", ")));
    }

    core::Result<void> fillTarget()
    {
        std::string_view pattern = m_operation->target;
        while (!pattern.empty()) {
            const std::size_t open = std::min(pattern.find('{'), pattern.size());
            m_target += pattern.substr(0, open);
            pattern.remove_prefix(open);
            if (pattern.empty())
                break;
            const std::size_t close = pattern.find('}');
            const std::string name(pattern.substr(1, close - 1));
            const std::string value = taken(name);
            if (value.empty())
                return errorAt(m_bare[1].line, m_bare[1].column, AwsCommandTr::tr("The option --%1 is missing.").arg(shownText(name)));
            m_target += value.starts_with('<') && value.ends_with('>') ? "{{" + value.substr(1, value.size() - 2) + "}}" : http::percentEncodedSegment(value);
            pattern.remove_prefix(close + 1);
        }
        for (const QString &pair : shownText(m_operation->query).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            const std::string option = pair.section(QLatin1Char('='), 0, 0).toStdString();
            if (!m_options.contains(option))
                continue;
            m_target += (m_target.find('?') == std::string::npos ? '?' : '&') + pair.section(QLatin1Char('='), 1).toStdString() + '=' + http::percentEncoded(taken(option));
        }
        return {};
    }

    core::Result<void> takeHeaders()
    {
        if (m_operation->service.empty()) {
            m_headers = "X-Amz-Target: " + memberName(m_bare[0].text, true) + '.' + memberName(m_operation->name, true) + "\nContent-Type: application/x-amz-json-1.1\n";
            return {};
        }
        if (m_operation->name == "invoke") {
            const std::string type = taken("invocation-type");
            const std::string log = taken("log-type");
            m_headers += type.empty() ? std::string() : "X-Amz-Invocation-Type: " + type + '\n';
            m_headers += log.empty() ? std::string() : "X-Amz-Log-Type: " + log + '\n';
            const std::string context = taken("client-context");
            m_headers += context.empty() ? std::string() : "X-Amz-Client-Context: " + context + '\n';
            return takePayload();
        }
        m_headers += "Accept: application/json\n";
        return {};
    }

    core::Result<void> takePayload()
    {
        const auto option = m_options.find("payload");
        if (option == m_options.end())
            return {};
        const Word value = option->second.values[0];
        m_options.erase(option);
        const bool isFile = value.text.starts_with("file://") || value.text.starts_with("fileb://");
        const std::size_t path = value.text.find("://") + 3;
        const bool isText = m_binaryFormat == "raw-in-base64-out" || value.text.find_first_of("{[\" ") != std::string::npos;
        if (isFile)
            m_body = "< " + value.text.substr(path);
        else
            m_body = isText ? value.text : QByteArray::fromBase64(QByteArray::fromStdString(value.text)).toStdString();
        return {};
    }

    core::Result<void> fillBody()
    {
        std::string members;
        for (const auto &[name, option] : m_options) {
            if (m_operation->method == "GET" || m_operation->method == "DELETE" || m_operation->name == "invoke")
                return errorAt(option.word.line, option.word.column, AwsCommandTr::tr("The operation takes no option --%1.").arg(shownText(name)));
            auto value = jsonOf(name, option);
            if (!value)
                return std::move(value).error();
            if (!members.empty())
                members += ", ";
            json::appendString(members, memberFor(name));
            members += ": " + *value;
        }
        const bool needsBody = m_operation->service.empty() || !members.empty();
        if (needsBody)
            m_body = '{' + members + '}';
        return {};
    }

    // The member of the body that an option fills, where its name is not the option's.
    std::string memberFor(const std::string &name) const
    {
        if (name == "zip-file")
            return m_operation->name == "update-function-code" ? "ZipFile" : m_operation->name == "create-function" ? "Code" : "Content";
        if (m_operation->name == "put-integration" && name == "integration-http-method")
            return "httpMethod";
        const bool isNegated = name.starts_with("no-");
        return memberName(isNegated ? std::string_view(name).substr(3) : std::string_view(name), m_isPascal);
    }

    core::Result<std::string> jsonOf(const std::string &name, const Option &option) const
    {
        std::string out;
        if (isOneOf(name, kFlags))
            return std::string(name.starts_with("no-") ? "false" : "true");
        const Word &first = option.values[0];
        if (name == "zip-file") {
            const std::size_t path = first.text.find("://");
            json::appendString(out, "{{$base64 " + first.text.substr(path == std::string::npos ? 0 : path + 3) + "}}");
            return m_operation->name == "update-function-code" ? out : "{\"ZipFile\": " + out + '}';
        }
        std::string text = first.text;
        if (text.starts_with("file://") || text.starts_with("fileb://")) {
            auto bytes = readNamedFile(first, text.substr(text.find("://") + 3), m_readFile);
            if (!bytes)
                return bytes;
            text = std::move(bytes).value();
        }
        const std::size_t begin = text.find_first_not_of(" \t\r\n");
        const bool isJson = begin != std::string::npos && (text[begin] == '{' || text[begin] == '[') && valueAt(text, {});
        if ((isOneOf(name, kMaps) || isOneOf(name, kLists)) && isJson) {
            json::appendCompact(out, text);
            return out;
        }
        if (isOneOf(name, kLists))
            return listOf(name, option);
        if (isOneOf(name, kMaps))
            return shorthand(text);
        if (isOneOf(name, kNumbers) && json::isNumber(text))
            return text;
        json::appendString(out, text);
        return out;
    }

    static core::Result<std::string> listOf(const std::string &name, const Option &option)
    {
        std::string out = "[";
        for (const Word &value : option.values) {
            out += out.size() > 1 ? ", " : "";
            if (name == "parameters")
                out += shorthand(value.text);
            else
                json::appendString(out, value.text);
        }
        return out + ']';
    }

    // "A=b,C={D=e}" as {"A": "b", "C": {"D": "e"}}.
    static std::string shorthand(std::string_view text)
    {
        std::size_t at = 0;
        return shorthandAt(text, at);
    }

    static std::string shorthandAt(std::string_view text, std::size_t &at)
    {
        std::string out = "{";
        while (at < text.size() && text[at] != '}') {
            const std::size_t equals = std::min(text.find('=', at), text.size());
            out += out.size() > 1 ? ", " : "";
            json::appendString(out, text.substr(at, equals - at));
            out += ": ";
            at = std::min(equals + 1, text.size());
            if (at < text.size() && text[at] == '{') {
                out += shorthandAt(text, ++at);
                at += at < text.size() ? 1 : 0;
            } else if (at < text.size() && text[at] == '[') {
                out += shorthandList(text, at);
            } else {
                json::appendString(out, shorthandValue(text, at));
            }
            if (at < text.size() && text[at] == ',')
                ++at;
        }
        return out + '}';
    }

    static std::string shorthandList(std::string_view text, std::size_t &at)
    {
        std::string out = "[";
        for (++at; at < text.size() && text[at] != ']';) {
            out += out.size() > 1 ? ", " : "";
            json::appendString(out, shorthandValue(text, at));
            at += at < text.size() && text[at] == ',' ? 1 : 0;
        }
        at += at < text.size() ? 1 : 0;
        return out + ']';
    }

    static std::string shorthandValue(std::string_view text, std::size_t &at)
    {
        if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
            const std::size_t end = std::min(text.find(text[at], at + 1), text.size());
            const std::string value(text.substr(at + 1, end - at - 1));
            at = std::min(end + 1, text.size());
            return value;
        }
        const std::size_t end = std::min(text.find_first_of(",}]", at), text.size());
        const std::string value(text.substr(at, end - at));
        at = end;
        return value;
    }

    void write()
    {
        std::string text;
        if (m_region.empty())
            text += "@region = us-east-1\n\n";
        const std::string region = m_region.empty() ? "{{region}}" : m_region;
        std::string base = m_endpoint.empty() ? "https://" + m_bare[0].text + '.' + region + ".amazonaws.com" : m_endpoint;
        while (base.ends_with('/'))
            base.pop_back();
        if (m_region.empty())
            m_document.notices << AwsCommandTr::tr("The line names no region: us-east-1 is taken, see @region.");
        text += "### " + std::string(m_operation->name) + '\n' + std::string(m_operation->method) + ' ' + base + m_target + "\nAuthorization: AWS region:" + region + " service:" + m_bare[0].text + '\n' + m_headers;
        if (!m_body.empty() && m_headers.find("Content-Type") == std::string::npos)
            text += "Content-Type: application/json\n";
        if (!m_body.empty())
            text += '\n' + m_body + '\n';
        m_document.text = std::move(text);
    }

    const std::vector<Word> m_words;
    const ReadFile &m_readFile;
    std::vector<Word> m_bare;
    std::map<std::string, Option> m_options;
    const AwsOperation *m_operation = nullptr;
    bool m_isPascal = true;
    std::string m_region;
    std::string m_endpoint;
    std::string m_binaryFormat;
    std::string m_target;
    std::string m_headers;
    std::string m_body;
    AwsDocument m_document;
};

} // namespace

bool looksLikeAws(std::string_view text)
{
    const auto line = readCommandLine(text);
    return line && !line->words.empty() && (line->words[0].text == "aws" || line->words[0].text == "aws.exe");
}

core::Result<AwsDocument> awsDocument(std::string_view text, const ReadFile &readFile)
{
    auto line = readCommandLine(text);
    if (!line)
        return std::move(line).error();
    auto document = AwsReader(line->words, readFile).read();
    if (document)
        document->notices = line->notices + document->notices;
    return document;
}

} // namespace request
