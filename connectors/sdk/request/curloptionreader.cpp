// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curldata.h"
#include "request/curlsettings.h"

#include <QCoreApplication>

#include <charconv>
#include <cmath>

namespace request {

namespace {

struct CurlOptionsTr {
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// Takes the words of a command line as curl's own option reader does.
class OptionReader
{
public:
    OptionReader(const std::vector<Word> &words, const ReadFile &readFile)
        : m_words(words)
        , m_readFile(readFile)
    {
        m_options.sets.emplace_back();
    }

    core::Result<CurlOptions> read()
    {
        for (m_at = 0; m_at < m_words.size(); ++m_at) {
            const Word &word = m_words[m_at];
            core::Result<void> done;
            if (!m_areOptionsOver && word.text == "--")
                m_areOptionsOver = true;
            else if (m_areOptionsOver || !word.text.starts_with('-'))
                set().urls.push_back(word);
            else
                done = word.text.starts_with("--") ? readLong(word) : readShort(word);
            if (!done)
                return std::move(done).error();
        }
        std::erase_if(m_options.sets, [](const CurlSettings &settings) { return settings.urls.empty(); });
        if (m_options.sets.empty()) {
            const Word &last = m_words.back();
            return errorAt(last.line, last.column, CurlOptionsTr::tr("The command line names no URL."), CurlOptionsTr::tr("Put it behind the options, in quotes."));
        }
        return std::move(m_options);
    }

private:
    CurlSettings &set() { return m_options.sets.back(); }

    core::Result<void> readLong(const Word &word)
    {
        const FoundOption found = findCurlOption(std::string_view(word.text).substr(2));
        if (found.isAmbiguous)
            return errorAt(word.line, word.column, CurlOptionsTr::tr("The option %1 may stand for several.").arg(shown(word.text)), CurlOptionsTr::tr("Write it in full."));
        if (!found.option)
            return unknown(word, word.text, 0);
        if (!found.option->takesValue)
            return apply(*found.option, word, !found.isNegated, "--" + std::string(found.option->name));
        if (m_at + 1 == m_words.size())
            return missing(word, word.text);
        return apply(*found.option, m_words[++m_at], true, "--" + std::string(found.option->name));
    }

    core::Result<void> readShort(const Word &word)
    {
        for (std::size_t at = 1; at < std::max<std::size_t>(2, word.text.size()); ++at) {
            const char letter = at < word.text.size() ? word.text[at] : '\0';
            const CurlOption *option = letter == '\0' ? nullptr : findCurlOption(letter);
            const std::string name{'-', letter};
            if (!option)
                return unknown(word, letter == '\0' ? std::string("-") : name, static_cast<int>(at));
            if (!option->takesValue) {
                if (auto done = apply(*option, word, true, name); !done)
                    return done;
                continue;
            }
            if (at + 1 < word.text.size())
                return apply(*option, {word.text.substr(at + 1), word.line, word.column + static_cast<int>(at) + 1}, true, name);
            if (m_at + 1 == m_words.size())
                return missing(word, name);
            return apply(*option, m_words[++m_at], true, name);
        }
        return {};
    }

    static core::Error unknown(const Word &word, const std::string &name, int ahead)
    {
        const bool hasEquals = name.starts_with("--") && name.find('=') != std::string::npos;
        return errorAt(word.line, word.column + ahead, CurlOptionsTr::tr("curl has no option %1.").arg(shown(name)),
            hasEquals ? CurlOptionsTr::tr("curl takes no = between an option and its value: put a blank there.")
                      : CurlOptionsTr::tr("A text that begins with - and is no option stands behind --, or is the value of an option."));
    }
    static core::Error missing(const Word &word, const std::string &name)
    {
        return errorAt(word.line, word.column, CurlOptionsTr::tr("The option %1 needs a value.").arg(shown(name)));
    }

    core::Result<void> apply(const CurlOption &option, const Word &value, bool isOn, const std::string &name)
    {
        switch (option.effect) {
        case CurlEffect::Data:
        case CurlEffect::DataRaw:
        case CurlEffect::DataBinary:
        case CurlEffect::DataUrlEncode:
        case CurlEffect::Json:
        case CurlEffect::UrlQuery:
            return applyData(option.effect, value);
        case CurlEffect::Form:
        case CurlEffect::FormString:
            set().form.push_back({value, option.effect == CurlEffect::FormString});
            set().place = value;
            return {};
        case CurlEffect::Header:
            return applyHeader(value);
        case CurlEffect::Config:
            return applyConfig(value);
        case CurlEffect::Next:
            m_options.sets.emplace_back();
            m_areOptionsOver = false;
            return {};
        default:
            break;
        }
        if (option.takesValue ? applyText(option.effect, value) : applyFlag(option.effect, isOn))
            return applyRest(option.effect, value);
        if (const QString ignored = shown(name); !m_options.ignored.contains(ignored))
            m_options.ignored << ignored;
        return {};
    }

    core::Result<void> applyData(CurlEffect effect, const Word &value)
    {
        auto piece = curlDataPiece(effect, value, m_readFile);
        if (!piece)
            return std::move(piece).error();
        std::optional<std::string> &all = effect == CurlEffect::UrlQuery ? set().urlQuery : set().data;
        if (all && effect != CurlEffect::Json)
            *all += '&';
        all = all.value_or(std::string()) + *piece;
        set().isJson = set().isJson || effect == CurlEffect::Json;
        if (effect != CurlEffect::UrlQuery)
            set().place = value;
        return {};
    }

    core::Result<void> applyHeader(const Word &value)
    {
        if (!value.text.starts_with('@')) {
            set().headers.push_back(value.text);
            return {};
        }
        auto text = readNamedFile(value, value.text.substr(1), m_readFile);
        if (!text)
            return std::move(text).error();
        std::string_view rest = *text;
        while (!rest.empty()) {
            std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            while (line.ends_with('\r'))
                line.remove_suffix(1);
            if (!line.empty())
                set().headers.emplace_back(line);
        }
        return {};
    }

    core::Result<void> applyConfig(const Word &value)
    {
        auto text = readNamedFile(value, value.text, m_readFile);
        if (!text)
            return std::move(text).error();
        auto words = curlConfigWords(*text);
        if (!words)
            return std::move(words).error();
        if (words->empty())
            return {};
        // Read in place, as if the words had stood here.
        const std::vector<Word> outer = std::move(m_words);
        const std::size_t at = m_at;
        m_words = std::move(words).value();
        core::Result<void> done;
        for (m_at = 0; m_at < m_words.size() && done; ++m_at) {
            const Word word = m_words[m_at];
            if (!word.text.starts_with('-'))
                set().urls.push_back(word);
            else
                done = word.text.starts_with("--") ? readLong(word) : readShort(word);
        }
        m_words = outer;
        m_at = at;
        return done;
    }

    // False: not one of these.
    bool applyFlag(CurlEffect effect, bool isOn)
    {
        CurlSettings &settings = set();
        Redirects &redirects = settings.ready.redirects;
        switch (effect) {
        case CurlEffect::Get: settings.isGet = isOn; return true;
        case CurlEffect::Head: settings.isHead = isOn; settings.ready.showsHead = isOn; return true;
        case CurlEffect::Include: settings.ready.showsHead = isOn; return true;
        case CurlEffect::Fail: settings.ready.failsOnStatus = isOn; return true;
        case CurlEffect::FormEscape: settings.escapesForm = isOn; return true;
        case CurlEffect::Compressed: settings.isCompressed = isOn; return true;
        case CurlEffect::TransferEncoding: settings.asksTransferEncoding = isOn; return true;
        case CurlEffect::GlobOff: settings.globs = !isOn; return true;
        case CurlEffect::PathAsIs: settings.keepsDots = isOn; return true;
        case CurlEffect::Follow: redirects.areFollowed = isOn; return true;
        case CurlEffect::FollowTrusted: redirects.areFollowed = redirects.trustsOtherHosts = isOn; return true;
        case CurlEffect::Post301: redirects.keeps301 = isOn; return true;
        case CurlEffect::Post302: redirects.keeps302 = isOn; return true;
        case CurlEffect::Post303: redirects.keeps303 = isOn; return true;
        case CurlEffect::Basic:
        case CurlEffect::Http11: return true; // what is done anyway
        default: return false;
        }
    }

    bool applyText(CurlEffect effect, const Word &value)
    {
        CurlSettings &settings = set();
        http::Transport &transport = settings.ready.transport;
        switch (effect) {
        case CurlEffect::Url: settings.urls.push_back(value); return true;
        case CurlEffect::Upload: settings.uploads.push_back(value); return true;
        case CurlEffect::Method: settings.method = value.text; return true;
        case CurlEffect::User: settings.user = value.text; return true;
        case CurlEffect::ProxyUser: settings.proxyUser = value.text; return true;
        case CurlEffect::UserAgent: settings.userAgent = value.text; return true;
        case CurlEffect::Bearer: settings.bearer = value.text; return true;
        case CurlEffect::AwsSignature: settings.awsProvider = value; return true;
        case CurlEffect::CaFile: transport.caFile = value.text; return true;
        case CurlEffect::Key: transport.keyFile = value.text; return true;
        case CurlEffect::Proxy: transport.proxyUrl = value.text; return true;
        case CurlEffect::DefaultScheme: settings.defaultScheme = value.text; return true;
        case CurlEffect::Certificate: transport.certificateFile = value.text.substr(0, value.text.rfind(':')); return true;
        case CurlEffect::Referer: settings.referer = value.text.substr(0, value.text.find(";auto")); return true;
        case CurlEffect::Cookie:
        case CurlEffect::Range:
        case CurlEffect::ContinueAt:
        case CurlEffect::TimeCondition:
        case CurlEffect::EtagCompare:
        case CurlEffect::ConnectTimeout:
        case CurlEffect::MaxTime:
        case CurlEffect::MaxRedirects: return true; // see applyRest
        default: return false;
        }
    }

    // Values that have to be read first.
    core::Result<void> applyRest(CurlEffect effect, const Word &value)
    {
        CurlSettings &settings = set();
        switch (effect) {
        case CurlEffect::Cookie:
            if (value.text.find('=') == std::string::npos)
                settings.cookieFiles.push_back(value);
            else
                settings.cookies += (settings.cookies.empty() ? "" : ";") + value.text;
            return {};
        case CurlEffect::Range:
            settings.range = value.text.find('-') == std::string::npos ? value.text + '-' : value.text;
            return {};
        case CurlEffect::ContinueAt:
            if (value.text == "-")
                m_options.notices << CurlOptionsTr::tr("-C - goes on behind a file that is there already; here the whole is asked for.");
            else
                settings.range = value.text + '-';
            return {};
        case CurlEffect::TimeCondition: {
            auto line = curlTimeCondition(value);
            if (line)
                settings.timeCondition = std::move(line).value();
            else
                m_options.notices << std::move(line).error().message;
            return {};
        }
        case CurlEffect::EtagCompare: {
            auto text = readNamedFile(value, value.text, m_readFile);
            const std::string etag = text ? withoutLineEnds(*text) : std::string();
            settings.headers.push_back("If-None-Match: " + (etag.empty() ? "\"\"" : etag));
            return {};
        }
        case CurlEffect::ConnectTimeout:
            return applySeconds(value, settings.ready.request.connectTimeout);
        case CurlEffect::MaxTime:
            return applySeconds(value, settings.ready.totalTimeout);
        case CurlEffect::MaxRedirects: {
            int &most = settings.ready.redirects.most;
            const char *end = value.text.data() + value.text.size();
            if (std::from_chars(value.text.data(), end, most).ptr != end || value.text.empty())
                return errorAt(value.line, value.column, CurlOptionsTr::tr("--max-redirs needs a whole number, not \"%1\".").arg(shown(value.text)));
            return {};
        }
        default:
            return {};
        }
    }

    template <typename Time>
    static core::Result<void> applySeconds(const Word &value, Time &into)
    {
        bool isNumber = false;
        const double seconds = shown(value.text).toDouble(&isNumber);
        if (!isNumber || !(seconds >= 0) || seconds > 1e9)
            return errorAt(value.line, value.column, CurlOptionsTr::tr("A number of seconds is due here, not \"%1\".").arg(shown(value.text)));
        into = std::chrono::milliseconds(std::llround(seconds * 1000));
        return {};
    }

    std::vector<Word> m_words;
    const ReadFile &m_readFile;
    std::size_t m_at = 0;
    bool m_areOptionsOver = false;
    CurlOptions m_options;
};

} // namespace

core::Result<CurlOptions> readCurlOptions(const std::vector<Word> &words, const ReadFile &readFile)
{
    return OptionReader(words, readFile).read();
}

} // namespace request
