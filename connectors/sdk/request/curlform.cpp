// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curldata.h"
#include "request/curlsettings.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <array>

namespace request {

namespace {

struct CurlFormTr {
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

struct Part {
    std::string name;
    std::string content;
    std::optional<std::string> fileName;
    std::string type;
    std::vector<std::string> headers;
    std::string encoder;
};

// What curl knows of file names' endings.
std::string typeOfFile(std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes{{{".gif", "image/gif"}, {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"}, {".png", "image/png"}, {".svg", "image/svg+xml"}, {".txt", "text/plain"}, {".htm", "text/html"},
        {".html", "text/html"}, {".pdf", "application/pdf"}, {".xml", "application/xml"}}};
    const QString lower = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).toLower();
    for (const auto &[ending, type] : kTypes) {
        if (lower.endsWith(QLatin1String(ending.data(), static_cast<qsizetype>(ending.size()))))
            return std::string(type);
    }
    return {};
}

// "name=content;type=…;filename=…", as curl takes it apart.
class FieldReader
{
public:
    FieldReader(const FormField &field, const ReadFile &readFile)
        : m_field(field)
        , m_text(field.word.text)
        , m_readFile(readFile)
    {
    }

    core::Result<std::vector<Part>> read()
    {
        const std::size_t equals = m_text.find('=');
        if (equals == std::string_view::npos)
            return errorAt(m_field.word.line, m_field.word.column, CurlFormTr::tr("A form field reads name=content."));
        const std::string name(m_text.substr(0, equals));
        m_at = equals + 1;
        if (m_field.isLiteral)
            return std::vector<Part>{Part{name, std::string(m_text.substr(m_at)), {}, {}, {}, {}}};
        const char mark = m_at < m_text.size() ? m_text[m_at] : '\0';
        if (mark == '(' || (name.empty() && mark == ')'))
            return errorAt(m_field.word.line, m_field.word.column, CurlFormTr::tr("Forms within forms are not read."));
        std::vector<Part> parts;
        if (mark == '@' || mark == '<') {
            do {
                ++m_at;
                auto part = filePart(name, mark == '@');
                if (!part)
                    return std::move(part).error();
                parts.push_back(std::move(part).value());
            } while (mark == '@' && m_at < m_text.size() && m_text[m_at] == ',');
            return parts;
        }
        Part part;
        part.name = name;
        part.content = word(";");
        readSettings(part, false);
        return std::vector<Part>{part};
    }

private:
    core::Result<Part> filePart(const std::string &name, bool isUpload)
    {
        Part part;
        part.name = name;
        const std::string path = word(isUpload ? ",;" : ";");
        readSettings(part, isUpload);
        auto bytes = readNamedFile(m_field.word, path, m_readFile);
        if (!bytes)
            return std::move(bytes).error();
        part.content = std::move(bytes).value();
        if (isUpload && !part.fileName)
            part.fileName = path == "-" ? path : path.substr(path.find_last_of('/') + 1);
        if (part.type.empty() && path != "-") {
            part.type = typeOfFile(part.fileName.value_or(std::string()));
            if (part.type.empty())
                part.type = typeOfFile(path);
            if (part.type.empty() && part.fileName)
                part.type = "application/octet-stream";
            if (part.type == "text/plain" && !part.fileName)
                part.type.clear();
        }
        return part;
    }

    // Up to one of the ends, or what stands in quotes.
    std::string word(std::string_view ends)
    {
        std::size_t at = m_at;
        while (at < m_text.size() && (m_text[at] == ' ' || m_text[at] == '\t'))
            ++at;
        if (at < m_text.size() && m_text[at] == '"') {
            std::string quoted;
            for (++at; at < m_text.size() && m_text[at] != '"'; ++at) {
                if (m_text[at] == '\\' && at + 1 < m_text.size() && (m_text[at + 1] == '\\' || m_text[at + 1] == '"'))
                    ++at;
                quoted += m_text[at];
            }
            if (at < m_text.size()) {
                m_at = std::min(m_text.find_first_of(ends, at), m_text.size());
                return quoted;
            }
        }
        const std::size_t end = std::min(m_text.find_first_of(ends, m_at), m_text.size());
        const std::string plain(m_text.substr(m_at, end - m_at));
        m_at = end;
        return plain;
    }

    void readSettings(Part &part, bool isUpload)
    {
        const std::string_view ends = isUpload ? ",;" : ";";
        while (m_at < m_text.size() && m_text[m_at] == ';') {
            const std::size_t begin = m_text.find_first_not_of(" \t", m_at + 1);
            m_at = std::min(begin, m_text.size());
            const auto takes = [this](std::string_view key) {
                const bool isKey = m_text.substr(m_at).starts_with(key);
                m_at += isKey ? key.size() : 0;
                return isKey;
            };
            if (takes("type="))
                part.type = typeValue(ends);
            else if (takes("filename="))
                part.fileName = word(ends);
            else if (takes("headers="))
                readHeader(part, word(ends));
            else if (takes("encoder="))
                part.encoder = word(ends);
            else
                static_cast<void>(word(ends)); // curl warns and goes on
        }
    }

    // A type goes on behind a semicolon that is followed by neither of the other settings: text/plain;charset=utf-8
    std::string typeValue(std::string_view ends)
    {
        std::string type = word(ends);
        while (m_at < m_text.size() && m_text[m_at] == ';') {
            const std::string_view next = m_text.substr(std::min(m_text.find_first_not_of(" \t", m_at + 1), m_text.size()));
            if (next.starts_with("filename=") || next.starts_with("headers=") || next.starts_with("encoder=") || next.starts_with("type="))
                break;
            const std::size_t begin = m_at++;
            static_cast<void>(word(ends));
            type += m_text.substr(begin, m_at - begin);
        }
        while (type.ends_with(' '))
            type.pop_back();
        return type;
    }

    void readHeader(Part &part, const std::string &value)
    {
        if (!value.starts_with('@') && !value.starts_with('<'))
            part.headers.push_back(value);
    }

    const FormField &m_field;
    const std::string_view m_text;
    const ReadFile &m_readFile;
    std::size_t m_at = 0;
};

std::string quotedName(std::string_view text, bool escapes)
{
    std::string out;
    for (const char c : text) {
        if (c == '"')
            out += escapes ? "\\\"" : "%22";
        else if (c == '\\' && escapes)
            out += "\\\\";
        else if ((c == '\r' || c == '\n') && !escapes)
            out += c == '\r' ? "%0D" : "%0A";
        else
            out += c;
    }
    return out;
}

std::string newBoundary()
{
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string boundary(24, '-');
    for (int i = 0; i < 16; ++i)
        boundary += kHex[QRandomGenerator::global()->bounded(16U)];
    return boundary;
}

void appendPart(FormBody &body, const Part &part, bool escapes, std::string_view disposition)
{
    std::string &out = body.bytes;
    out += "--" + body.boundary + "\r\nContent-Disposition: " + std::string(disposition) + "; name=\"" + quotedName(part.name, escapes) + '"';
    if (part.fileName)
        out += "; filename=\"" + quotedName(*part.fileName, escapes) + '"';
    out += "\r\n";
    if (!part.type.empty())
        out += "Content-Type: " + part.type + "\r\n";
    if (!part.encoder.empty())
        out += "Content-Transfer-Encoding: " + part.encoder + "\r\n";
    for (const std::string &header : part.headers)
        out += header + "\r\n";
    out += "\r\n" + part.content + "\r\n";
}

} // namespace

core::Result<FormBody> formBody(const CurlSettings &settings, const ReadFile &readFile)
{
    FormBody body;
    body.boundary = newBoundary();
    // Parts of a multipart of another kind are attachments.
    bool isFormData = true;
    for (const std::string &header : settings.headers) {
        const QString line = QString::fromStdString(header);
        if (line.startsWith(QLatin1String("Content-Type:"), Qt::CaseInsensitive))
            isFormData = line.mid(13).trimmed().startsWith(QLatin1String("multipart/form-data"), Qt::CaseInsensitive);
    }
    const std::string_view disposition = isFormData ? "form-data" : "attachment";
    for (const FormField &field : settings.form) {
        auto parts = FieldReader(field, readFile).read();
        if (!parts)
            return std::move(parts).error();
        // Several files of one field are a form of their own.
        if (parts->size() > 1) {
            FormBody inner;
            inner.boundary = newBoundary();
            Part outer;
            outer.name = parts->front().name;
            outer.type = "multipart/mixed; boundary=" + inner.boundary;
            for (Part &part : *parts) {
                inner.bytes += "--" + inner.boundary + "\r\nContent-Disposition: attachment; filename=\""
                    + quotedName(part.fileName.value_or(std::string()), settings.escapesForm) + "\"\r\n";
                if (!part.type.empty())
                    inner.bytes += "Content-Type: " + part.type + "\r\n";
                inner.bytes += "\r\n" + part.content + "\r\n";
            }
            outer.content = inner.bytes + "--" + inner.boundary + "--\r\n";
            appendPart(body, outer, settings.escapesForm, disposition);
            continue;
        }
        if (!parts->front().encoder.empty())
            return errorAt(field.word.line, field.word.column, CurlFormTr::tr("encoder= of a form field is not read; write the content as it is to be sent."));
        appendPart(body, parts->front(), settings.escapesForm, disposition);
    }
    body.bytes += "--" + body.boundary + "--\r\n";
    return body;
}

} // namespace request
