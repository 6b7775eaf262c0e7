// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/document.h"

#include "connector/request.h"
#include "request/shellwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace request {

namespace {

struct DocumentTr {
    Q_DECLARE_TR_FUNCTIONS(RequestDocument)
};

std::string_view trimmedPart(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '$';
}

struct Line {
    std::string_view text; // without its end
    std::size_t begin = 0;
    int number = 1;
};

std::vector<Line> linesOf(std::string_view text)
{
    std::vector<Line> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back({line, begin, static_cast<int>(lines.size()) + 1});
        begin = end + 1;
    }
    return lines;
}

// The text of a comment line; none for another.
std::optional<std::string_view> commentOf(std::string_view line)
{
    const std::string_view text = trimmedPart(line);
    if (text.starts_with("//"))
        return trimmedPart(text.substr(2));
    if (text.starts_with('#'))
        return trimmedPart(text.substr(1));
    return std::nullopt;
}

// A request line: METHOD TARGET [HTTP/…], or a URL alone.
std::optional<std::pair<std::string, std::string>> requestLineOf(std::string_view line)
{
    line = trimmedPart(line);
    std::string_view word = line.substr(0, line.find_first_of(" \t"));
    const bool isUrl = word.starts_with("http://") || word.starts_with("https://") || word.starts_with("{{") || word.starts_with('/');
    // A method of any name in capitals, or a usual one in any case.
    const bool isCapital = !word.empty() && std::ranges::all_of(word, [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
    const bool isMethod = isCapital || connector::startsRequest(std::string(word) + " /");
    if (isUrl)
        word = {};
    else if (!isMethod)
        return std::nullopt;
    std::string_view target = trimmedPart(line.substr(word.size()));
    const std::size_t blank = target.find_last_of(" \t");
    if (blank != std::string_view::npos && target.substr(blank + 1).starts_with("HTTP/"))
        target = trimmedPart(target.substr(0, blank));
    if (target.empty())
        return std::nullopt;
    std::string method(word.empty() ? "GET" : word);
    std::ranges::transform(method, method.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
    return std::pair(std::move(method), std::string(target));
}

// What other clients do with the answer: a script in the document or in a file, where it is saved, what it is compared
// with. Other lines with such a beginning belong to the body.
bool handlesAnswer(std::string_view line)
{
    const std::string_view text = trimmedPart(line);
    const bool isScriptFile = text.starts_with("> ") && (text.ends_with(".js") || text.ends_with(".mjs") || text.ends_with(".ts"));
    return text.starts_with("> {%") || text.starts_with(">{%") || isScriptFile || line.starts_with(">> ") || line.starts_with(">>! ") || line.starts_with("<> ");
}

class DocumentReader
{
public:
    explicit DocumentReader(std::string text)
        : m_text(std::move(text))
        , m_lines(linesOf(m_text))
    {
    }

    core::Result<Document> read()
    {
        Document document;
        for (m_at = 0; m_at < m_lines.size();) {
            auto entry = readSection(document);
            if (!entry)
                return std::move(entry).error();
            if (*entry)
                document.entries.push_back(std::move(**entry));
        }
        document.text = m_text;
        return document;
    }

private:
    bool isSeparator() const { return m_lines[m_at].text.starts_with("###"); }
    bool isOver() const { return m_at == m_lines.size() || isSeparator(); }
    const Line &line() const { return m_lines[m_at]; }

    core::Error error(const QString &message, const QString &hint = {}) const
    {
        const std::size_t indent = line().text.find_first_not_of(" \t");
        return errorAt(line().number, static_cast<int>(indent == std::string_view::npos ? 0 : indent) + 1, message, hint);
    }

    // From one separator to the next; none without a request.
    core::Result<std::optional<Entry>> readSection(Document &document)
    {
        Entry entry;
        entry.begin = line().begin;
        if (isSeparator()) {
            entry.name = trimmedPart(line().text.substr(std::min(line().text.find_first_not_of('#'), line().text.size())));
            ++m_at;
        }
        bool hasRequest = false;
        for (; !isOver() && !hasRequest; ++m_at) {
            auto done = readPreamble(document, entry, hasRequest);
            if (!done)
                return std::move(done).error();
        }
        if (hasRequest) {
            readQueryLines(entry);
            if (auto done = readHeaders(entry); !done)
                return std::move(done).error();
            if (auto done = readBody(entry); !done)
                return std::move(done).error();
        }
        entry.end = m_at < m_lines.size() ? line().begin : m_text.size();
        return hasRequest ? std::optional(std::move(entry)) : std::nullopt;
    }

    core::Result<void> readPreamble(Document &document, Entry &entry, bool &hasRequest)
    {
        const std::string_view text = trimmedPart(line().text);
        if (text.empty())
            return {};
        if (const auto comment = commentOf(text))
            return readComment(*comment, entry);
        if (text.starts_with('@'))
            return readVariable(document, text);
        if (text.starts_with("< {%") || text.starts_with("<{%") || (text.starts_with('<') && !text.starts_with("<@")))
            return readScript(entry);
        auto request = requestLineOf(text);
        if (!request)
            return error(DocumentTr::tr("This is neither a request line nor a comment."), DocumentTr::tr("A request line reads METHOD URL, such as GET https://example.com/; requests are parted by lines of ###."));
        entry.line = line().number;
        entry.method = std::move(request->first);
        entry.target = std::move(request->second);
        hasRequest = true;
        return {};
    }

    core::Result<void> readComment(std::string_view comment, Entry &entry)
    {
        if (!comment.starts_with('@'))
            return {};
        const std::size_t end = std::min(comment.find_first_of(" \t="), comment.size());
        Directive directive;
        directive.name = comment.substr(1, end - 1);
        std::string_view value = trimmedPart(comment.substr(end));
        if (value.starts_with('='))
            value = trimmedPart(value.substr(1));
        directive.value = value;
        directive.line = line().number;
        if (directive.name == "name")
            entry.name = directive.value;
        if (directive.name == "expect") {
            const std::size_t column = value.empty() ? 0 : static_cast<std::size_t>(value.data() - line().text.data());
            auto check = parseCheck(value, line().number, static_cast<int>(column) + 1);
            if (!check)
                return std::move(check).error();
            entry.checks.push_back(std::move(check).value());
        }
        entry.directives.push_back(std::move(directive));
        return {};
    }

    core::Result<void> readVariable(Document &document, std::string_view text)
    {
        const std::size_t equals = text.find('=');
        const std::string_view name = trimmedPart(text.substr(1, equals == std::string_view::npos ? equals : equals - 1));
        if (equals == std::string_view::npos || name.empty() || !std::ranges::all_of(name, isNameCharacter))
            return error(DocumentTr::tr("A variable reads @name = value."));
        document.variables.push_back({std::string(name), std::string(trimmedPart(text.substr(equals + 1))), line().number});
        return {};
    }

    // A script of another client, in the document or in a file beside it; leaves m_at at its last line.
    core::Result<void> readScript(Entry &entry)
    {
        entry.hasScripts = true;
        if (line().text.find("{%") == std::string_view::npos)
            return {};
        const std::size_t begin = m_at;
        while (line().text.find("%}") == std::string_view::npos) {
            if (m_at + 1 == m_lines.size()) {
                m_at = begin;
                return error(DocumentTr::tr("The script that begins here is not closed."), DocumentTr::tr("It ends with %}."));
            }
            ++m_at;
        }
        return {};
    }

    // "?a=b" and "&c=d" below the request line, and the path that goes on there.
    void readQueryLines(Entry &entry)
    {
        for (; !isOver(); ++m_at) {
            const std::string_view text = trimmedPart(line().text);
            const bool isIndented = line().text.starts_with(' ') || line().text.starts_with('\t');
            const bool isPart = text.starts_with('?') || text.starts_with('&') || (isIndented && (text.starts_with('/') && !text.starts_with("//")));
            if (!isPart)
                return;
            entry.target += text;
        }
    }

    core::Result<void> readHeaders(Entry &entry)
    {
        for (; !isOver(); ++m_at) {
            const std::string_view text = trimmedPart(line().text);
            if (text.empty()) {
                ++m_at;
                return {};
            }
            if (const auto comment = commentOf(text)) {
                if (auto done = readComment(*comment, entry); !done)
                    return done;
                continue;
            }
            if (handlesAnswer(text))
                return {};
            const std::size_t colon = text.find(':');
            const std::string_view name = trimmedPart(text.substr(0, colon));
            if (colon == std::string_view::npos || name.empty() || name.find_first_of(" \t") != std::string_view::npos)
                return error(DocumentTr::tr("This line is not a header."), DocumentTr::tr("A header reads \"Name: value\"; an empty line separates headers and body."));
            entry.headers.push_back({std::string(name), std::string(trimmedPart(text.substr(colon + 1))), false});
            entry.headerLines.push_back(line().number);
        }
        return {};
    }

    core::Result<void> readBody(Entry &entry)
    {
        std::string text;
        int first = m_at < m_lines.size() ? line().number : 1;
        bool endsInLine = false; // the text so far needs an end of line before more of it
        const auto flush = [&] {
            if (!text.empty())
                entry.body.push_back({std::move(text), false, false, first});
            text.clear();
        };
        for (; !isOver(); ++m_at) {
            const std::string_view content = line().text;
            if (handlesAnswer(content)) {
                if (auto done = readTail(entry); !done)
                    return done;
                continue;
            }
            if (endsInLine)
                text += '\n';
            endsInLine = true;
            const bool hasVariables = content.starts_with("<@");
            const std::size_t path = hasVariables ? content.find_first_of(" \t") : 1;
            const bool isFile = (content.starts_with("< ") || (hasVariables && path != std::string_view::npos)) && !content.starts_with("< {%");
            if (isFile) {
                flush();
                entry.body.push_back({std::string(trimmedPart(content.substr(path))), true, hasVariables, line().number});
                first = line().number + 1;
            } else {
                text += content;
            }
        }
        flush();
        trimEnd(entry);
        return {};
    }

    // What handles the answer in other clients: a script, a file of one, where it is saved, what it is compared with.
    core::Result<void> readTail(Entry &entry)
    {
        if (line().text.starts_with('>') && !line().text.starts_with(">>"))
            return readScript(entry);
        return {};
    }

    // Empty lines before the next request are none of the body's.
    static void trimEnd(Entry &entry)
    {
        while (!entry.body.empty() && !entry.body.back().isFile) {
            std::string &last = entry.body.back().text;
            while (last.ends_with('\n') || last.ends_with('\r') || last.ends_with(' ') || last.ends_with('\t'))
                last.pop_back();
            if (!last.empty())
                return;
            entry.body.pop_back();
        }
    }

    const std::string m_text;
    const std::vector<Line> m_lines;
    std::size_t m_at = 0;
};

} // namespace

bool Entry::has(std::string_view directive) const
{
    return std::ranges::any_of(directives, [directive](const Directive &known) { return known.name == directive; });
}

const Entry *Document::find(std::string_view name) const
{
    for (const Entry &entry : entries) {
        if (entry.name == name)
            return &entry;
    }
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool isNumber = problem == std::errc() && end == name.data() + name.size();
    return isNumber && number >= 1 && number <= entries.size() ? &entries[number - 1] : nullptr;
}

core::Result<Document> parseDocument(std::string text)
{
    return DocumentReader(std::move(text)).read();
}

} // namespace request
