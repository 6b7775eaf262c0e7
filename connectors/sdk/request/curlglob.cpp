// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curlsettings.h"

#include <QCoreApplication>

#include <charconv>

namespace request {

namespace {

struct CurlGlobTr {
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

constexpr std::size_t kMostUrls = 1000;

// A pattern's parts: each a list of texts, of which a URL takes one.
class GlobReader
{
public:
    explicit GlobReader(const Word &word)
        : m_word(word)
        , m_text(word.text)
    {
    }

    core::Result<std::vector<std::string>> read()
    {
        std::vector<std::string> urls{std::string()};
        while (m_at < m_text.size()) {
            auto part = readPart();
            if (!part)
                return std::move(part).error();
            std::vector<std::string> longer;
            for (const std::string &url : urls) {
                for (const std::string &text : *part)
                    longer.push_back(url + text);
            }
            if (longer.size() > kMostUrls)
                return error(CurlGlobTr::tr("The pattern stands for more than %1 URLs.").arg(kMostUrls));
            urls = std::move(longer);
        }
        return urls;
    }

private:
    using Texts = std::vector<std::string>;

    core::Error error(const QString &message) const
    {
        return errorAt(m_word.line, m_word.column + static_cast<int>(m_at), message,
            CurlGlobTr::tr("In a URL curl reads [1-3] and {a,b} as patterns. Write \\[ for the character, or give -g (--globoff)."));
    }

    core::Result<Texts> readPart()
    {
        if (m_text[m_at] == '{')
            return readSet();
        if (m_text[m_at] == '[' && !isAddress())
            return readRange();
        std::string plain;
        while (m_at < m_text.size() && m_text[m_at] != '{' && (m_text[m_at] != '[' || isAddress())) {
            if (m_text[m_at] == '[') {
                const std::size_t end = m_text.find(']', m_at) + 1;
                plain += m_text.substr(m_at, end - m_at);
                m_at = end;
                continue;
            }
            if (m_text[m_at] == '}' || m_text[m_at] == ']')
                return error(CurlGlobTr::tr("The bracket %1 of the URL closes nothing.").arg(QLatin1Char(m_text[m_at])));
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size() && std::string_view("{[}]").find(m_text[m_at + 1]) != std::string_view::npos)
                ++m_at;
            plain += m_text[m_at++];
        }
        return Texts{plain};
    }

    // An IPv6 address in its brackets.
    bool isAddress() const
    {
        const std::size_t end = m_text.find(']', m_at);
        const std::string_view inside = end == std::string_view::npos ? std::string_view() : m_text.substr(m_at + 1, end - m_at - 1);
        return inside.find(':') != std::string_view::npos && inside.find_first_not_of("0123456789abcdefABCDEF:.%") == std::string_view::npos
            && inside.find('-') == std::string_view::npos;
    }

    core::Result<Texts> readSet()
    {
        Texts texts{std::string()};
        for (std::size_t at = m_at + 1; at < m_text.size(); ++at) {
            const char c = m_text[at];
            if (c == '}') {
                if (at == m_at + 1)
                    return error(CurlGlobTr::tr("The set {} of the URL is empty."));
                m_at = at + 1;
                return texts;
            }
            if (c == '{' || c == '[')
                return error(CurlGlobTr::tr("The patterns of the URL stand within each other."));
            if (c == ',')
                texts.emplace_back();
            else
                texts.back() += c == '\\' && at + 1 < m_text.size() ? m_text[++at] : c;
        }
        return error(CurlGlobTr::tr("The bracket %1 of the URL is not closed.").arg(QLatin1Char('{')));
    }

    core::Result<Texts> readRange()
    {
        const std::size_t end = m_text.find(']', m_at);
        if (end == std::string_view::npos)
            return error(CurlGlobTr::tr("The bracket %1 of the URL is not closed.").arg(QLatin1Char('[')));
        const std::string_view inside = m_text.substr(m_at + 1, end - m_at - 1);
        Texts texts = rangeOf(inside);
        if (texts.empty())
            return error(CurlGlobTr::tr("[%1] is not a range of the form [1-3] or [a-z:2].").arg(QString::fromUtf8(inside.data(), static_cast<qsizetype>(inside.size()))));
        m_at = end + 1;
        return texts;
    }

    static std::optional<long> numberOf(std::string_view text)
    {
        long value = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        return problem == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
    }

    static Texts rangeOf(std::string_view inside)
    {
        const std::size_t dash = inside.find('-');
        const std::size_t colon = inside.find(':');
        if (dash == std::string_view::npos || dash == 0)
            return {};
        const std::string_view first = inside.substr(0, dash);
        const std::string_view last = inside.substr(dash + 1, colon == std::string_view::npos ? colon : colon - dash - 1);
        const auto step = colon == std::string_view::npos ? std::optional(1L) : numberOf(inside.substr(colon + 1));
        if (!step || *step < 1)
            return {};
        Texts texts;
        const auto isLetter = [](std::string_view text) {
            return text.size() == 1 && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
        };
        if (isLetter(first) && isLetter(last)) {
            for (long c = first[0]; c <= last[0]; c += *step)
                texts.emplace_back(1, static_cast<char>(c));
            return texts;
        }
        const auto from = numberOf(first);
        const auto to = numberOf(last);
        if (!from || !to)
            return {};
        const std::size_t width = first.size() > 1 && first[0] == '0' ? first.size() : 0;
        for (long value = *from; value <= *to && texts.size() <= kMostUrls; value += *step) {
            std::string digits = std::to_string(value);
            digits.insert(0, digits.size() < width ? width - digits.size() : 0, '0');
            texts.push_back(std::move(digits));
        }
        return texts;
    }

    const Word &m_word;
    const std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

core::Result<std::vector<std::string>> globbed(const Word &url)
{
    return GlobReader(url).read();
}

} // namespace request
