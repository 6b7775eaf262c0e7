// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curloptions.h"

#include <algorithm>
#include <array>

namespace request {

namespace {

constexpr bool kFlag = false;
constexpr bool kValue = true;

// Every option of "curl --help all" of curl 7.88, by name. Of a flag "--no-NAME" is one too.
constexpr std::array kOptions{
    CurlOption{"abstract-unix-socket", '\0', kValue, CurlEffect::None},
    CurlOption{"alt-svc", '\0', kValue, CurlEffect::None},
    CurlOption{"anyauth", '\0', kFlag, CurlEffect::None},
    CurlOption{"append", 'a', kFlag, CurlEffect::None},
    CurlOption{"aws-sigv4", '\0', kValue, CurlEffect::AwsSignature},
    CurlOption{"basic", '\0', kFlag, CurlEffect::Basic},
    CurlOption{"cacert", '\0', kValue, CurlEffect::CaFile},
    CurlOption{"capath", '\0', kValue, CurlEffect::None},
    CurlOption{"cert", 'E', kValue, CurlEffect::Certificate},
    CurlOption{"cert-status", '\0', kFlag, CurlEffect::None},
    CurlOption{"cert-type", '\0', kValue, CurlEffect::None},
    CurlOption{"ciphers", '\0', kValue, CurlEffect::None},
    CurlOption{"compressed", '\0', kFlag, CurlEffect::Compressed},
    CurlOption{"compressed-ssh", '\0', kFlag, CurlEffect::None},
    CurlOption{"config", 'K', kValue, CurlEffect::Config},
    CurlOption{"connect-timeout", '\0', kValue, CurlEffect::ConnectTimeout},
    CurlOption{"connect-to", '\0', kValue, CurlEffect::None},
    CurlOption{"continue-at", 'C', kValue, CurlEffect::ContinueAt},
    CurlOption{"cookie", 'b', kValue, CurlEffect::Cookie},
    CurlOption{"cookie-jar", 'c', kValue, CurlEffect::None},
    CurlOption{"create-dirs", '\0', kFlag, CurlEffect::None},
    CurlOption{"create-file-mode", '\0', kValue, CurlEffect::None},
    CurlOption{"crlf", '\0', kFlag, CurlEffect::None},
    CurlOption{"crlfile", '\0', kValue, CurlEffect::None},
    CurlOption{"curves", '\0', kValue, CurlEffect::None},
    CurlOption{"data", 'd', kValue, CurlEffect::Data},
    CurlOption{"data-ascii", '\0', kValue, CurlEffect::Data},
    CurlOption{"data-binary", '\0', kValue, CurlEffect::DataBinary},
    CurlOption{"data-raw", '\0', kValue, CurlEffect::DataRaw},
    CurlOption{"data-urlencode", '\0', kValue, CurlEffect::DataUrlEncode},
    CurlOption{"delegation", '\0', kValue, CurlEffect::None},
    CurlOption{"digest", '\0', kFlag, CurlEffect::None},
    CurlOption{"disable", 'q', kFlag, CurlEffect::None},
    CurlOption{"disable-eprt", '\0', kFlag, CurlEffect::None},
    CurlOption{"disable-epsv", '\0', kFlag, CurlEffect::None},
    CurlOption{"disallow-username-in-url", '\0', kFlag, CurlEffect::None},
    CurlOption{"dns-interface", '\0', kValue, CurlEffect::None},
    CurlOption{"dns-ipv4-addr", '\0', kValue, CurlEffect::None},
    CurlOption{"dns-ipv6-addr", '\0', kValue, CurlEffect::None},
    CurlOption{"dns-servers", '\0', kValue, CurlEffect::None},
    CurlOption{"doh-cert-status", '\0', kFlag, CurlEffect::None},
    CurlOption{"doh-insecure", '\0', kFlag, CurlEffect::None},
    CurlOption{"doh-url", '\0', kValue, CurlEffect::None},
    CurlOption{"dump-header", 'D', kValue, CurlEffect::None},
    CurlOption{"egd-file", '\0', kValue, CurlEffect::None},
    CurlOption{"engine", '\0', kValue, CurlEffect::None},
    CurlOption{"etag-compare", '\0', kValue, CurlEffect::EtagCompare},
    CurlOption{"etag-save", '\0', kValue, CurlEffect::None},
    CurlOption{"expect100-timeout", '\0', kValue, CurlEffect::None},
    CurlOption{"fail", 'f', kFlag, CurlEffect::Fail},
    CurlOption{"fail-early", '\0', kFlag, CurlEffect::None},
    CurlOption{"fail-with-body", '\0', kFlag, CurlEffect::Fail},
    CurlOption{"false-start", '\0', kFlag, CurlEffect::None},
    CurlOption{"form", 'F', kValue, CurlEffect::Form},
    CurlOption{"form-escape", '\0', kFlag, CurlEffect::FormEscape},
    CurlOption{"form-string", '\0', kValue, CurlEffect::FormString},
    CurlOption{"ftp-account", '\0', kValue, CurlEffect::None},
    CurlOption{"ftp-alternative-to-user", '\0', kValue, CurlEffect::None},
    CurlOption{"ftp-create-dirs", '\0', kFlag, CurlEffect::None},
    CurlOption{"ftp-method", '\0', kValue, CurlEffect::None},
    CurlOption{"ftp-pasv", '\0', kFlag, CurlEffect::None},
    CurlOption{"ftp-port", 'P', kValue, CurlEffect::None},
    CurlOption{"ftp-pret", '\0', kFlag, CurlEffect::None},
    CurlOption{"ftp-skip-pasv-ip", '\0', kFlag, CurlEffect::None},
    CurlOption{"ftp-ssl-ccc", '\0', kFlag, CurlEffect::None},
    CurlOption{"ftp-ssl-ccc-mode", '\0', kValue, CurlEffect::None},
    CurlOption{"ftp-ssl-control", '\0', kFlag, CurlEffect::None},
    CurlOption{"get", 'G', kFlag, CurlEffect::Get},
    CurlOption{"globoff", 'g', kFlag, CurlEffect::GlobOff},
    CurlOption{"happy-eyeballs-timeout-ms", '\0', kValue, CurlEffect::None},
    CurlOption{"haproxy-protocol", '\0', kFlag, CurlEffect::None},
    CurlOption{"head", 'I', kFlag, CurlEffect::Head},
    CurlOption{"header", 'H', kValue, CurlEffect::Header},
    CurlOption{"help", 'h', kValue, CurlEffect::None},
    CurlOption{"hostpubmd5", '\0', kValue, CurlEffect::None},
    CurlOption{"hostpubsha256", '\0', kValue, CurlEffect::None},
    CurlOption{"hsts", '\0', kValue, CurlEffect::None},
    CurlOption{"http0.9", '\0', kFlag, CurlEffect::None},
    CurlOption{"http1.0", '0', kFlag, CurlEffect::None},
    CurlOption{"http1.1", '\0', kFlag, CurlEffect::Http11},
    CurlOption{"http2", '\0', kFlag, CurlEffect::None},
    CurlOption{"http2-prior-knowledge", '\0', kFlag, CurlEffect::None},
    CurlOption{"http3", '\0', kFlag, CurlEffect::None},
    CurlOption{"http3-only", '\0', kFlag, CurlEffect::None},
    CurlOption{"ignore-content-length", '\0', kFlag, CurlEffect::None},
    CurlOption{"include", 'i', kFlag, CurlEffect::Include},
    CurlOption{"insecure", 'k', kFlag, CurlEffect::None},
    CurlOption{"interface", '\0', kValue, CurlEffect::None},
    CurlOption{"ipv4", '4', kFlag, CurlEffect::None},
    CurlOption{"ipv6", '6', kFlag, CurlEffect::None},
    CurlOption{"json", '\0', kValue, CurlEffect::Json},
    CurlOption{"junk-session-cookies", 'j', kFlag, CurlEffect::None},
    CurlOption{"keepalive-time", '\0', kValue, CurlEffect::None},
    CurlOption{"key", '\0', kValue, CurlEffect::Key},
    CurlOption{"key-type", '\0', kValue, CurlEffect::None},
    CurlOption{"krb", '\0', kValue, CurlEffect::None},
    CurlOption{"libcurl", '\0', kValue, CurlEffect::None},
    CurlOption{"limit-rate", '\0', kValue, CurlEffect::None},
    CurlOption{"list-only", 'l', kFlag, CurlEffect::None},
    CurlOption{"local-port", '\0', kValue, CurlEffect::None},
    CurlOption{"location", 'L', kFlag, CurlEffect::Follow},
    CurlOption{"location-trusted", '\0', kFlag, CurlEffect::FollowTrusted},
    CurlOption{"login-options", '\0', kValue, CurlEffect::None},
    CurlOption{"mail-auth", '\0', kValue, CurlEffect::None},
    CurlOption{"mail-from", '\0', kValue, CurlEffect::None},
    CurlOption{"mail-rcpt", '\0', kValue, CurlEffect::None},
    CurlOption{"mail-rcpt-allowfails", '\0', kFlag, CurlEffect::None},
    CurlOption{"manual", 'M', kFlag, CurlEffect::None},
    CurlOption{"max-filesize", '\0', kValue, CurlEffect::None},
    CurlOption{"max-redirs", '\0', kValue, CurlEffect::MaxRedirects},
    CurlOption{"max-time", 'm', kValue, CurlEffect::MaxTime},
    CurlOption{"metalink", '\0', kFlag, CurlEffect::None},
    CurlOption{"negotiate", '\0', kFlag, CurlEffect::None},
    CurlOption{"netrc", 'n', kFlag, CurlEffect::None},
    CurlOption{"netrc-file", '\0', kValue, CurlEffect::None},
    CurlOption{"netrc-optional", '\0', kFlag, CurlEffect::None},
    CurlOption{"next", ':', kFlag, CurlEffect::Next},
    CurlOption{"no-alpn", '\0', kFlag, CurlEffect::None},
    CurlOption{"no-buffer", 'N', kFlag, CurlEffect::None},
    CurlOption{"no-clobber", '\0', kFlag, CurlEffect::None},
    CurlOption{"no-keepalive", '\0', kFlag, CurlEffect::None},
    CurlOption{"no-npn", '\0', kFlag, CurlEffect::None},
    CurlOption{"no-progress-meter", '\0', kFlag, CurlEffect::None},
    CurlOption{"no-sessionid", '\0', kFlag, CurlEffect::None},
    CurlOption{"noproxy", '\0', kValue, CurlEffect::None},
    CurlOption{"ntlm", '\0', kFlag, CurlEffect::None},
    CurlOption{"ntlm-wb", '\0', kFlag, CurlEffect::None},
    CurlOption{"oauth2-bearer", '\0', kValue, CurlEffect::Bearer},
    CurlOption{"output", 'o', kValue, CurlEffect::None},
    CurlOption{"output-dir", '\0', kValue, CurlEffect::None},
    CurlOption{"parallel", 'Z', kFlag, CurlEffect::None},
    CurlOption{"parallel-immediate", '\0', kFlag, CurlEffect::None},
    CurlOption{"parallel-max", '\0', kValue, CurlEffect::None},
    CurlOption{"pass", '\0', kValue, CurlEffect::None},
    CurlOption{"path-as-is", '\0', kFlag, CurlEffect::PathAsIs},
    CurlOption{"pinnedpubkey", '\0', kValue, CurlEffect::None},
    CurlOption{"post301", '\0', kFlag, CurlEffect::Post301},
    CurlOption{"post302", '\0', kFlag, CurlEffect::Post302},
    CurlOption{"post303", '\0', kFlag, CurlEffect::Post303},
    CurlOption{"preproxy", '\0', kValue, CurlEffect::None},
    CurlOption{"progress-bar", '#', kFlag, CurlEffect::None},
    CurlOption{"proto", '\0', kValue, CurlEffect::None},
    CurlOption{"proto-default", '\0', kValue, CurlEffect::DefaultScheme},
    CurlOption{"proto-redir", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy", 'x', kValue, CurlEffect::Proxy},
    CurlOption{"proxy-anyauth", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-basic", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-cacert", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-capath", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-cert", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-cert-type", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-ciphers", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-crlfile", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-digest", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-header", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-insecure", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-key", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-key-type", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-negotiate", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-ntlm", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-pass", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-pinnedpubkey", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-service-name", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-ssl-allow-beast", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-ssl-auto-client-cert", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-tls13-ciphers", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-tlsauthtype", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-tlspassword", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-tlsuser", '\0', kValue, CurlEffect::None},
    CurlOption{"proxy-tlsv1", '\0', kFlag, CurlEffect::None},
    CurlOption{"proxy-user", 'U', kValue, CurlEffect::ProxyUser},
    CurlOption{"proxy1.0", '\0', kValue, CurlEffect::None},
    CurlOption{"proxytunnel", 'p', kFlag, CurlEffect::None},
    CurlOption{"pubkey", '\0', kValue, CurlEffect::None},
    CurlOption{"quote", 'Q', kValue, CurlEffect::None},
    CurlOption{"random-file", '\0', kValue, CurlEffect::None},
    CurlOption{"range", 'r', kValue, CurlEffect::Range},
    CurlOption{"rate", '\0', kValue, CurlEffect::None},
    CurlOption{"raw", '\0', kFlag, CurlEffect::None},
    CurlOption{"referer", 'e', kValue, CurlEffect::Referer},
    CurlOption{"remote-header-name", 'J', kFlag, CurlEffect::None},
    CurlOption{"remote-name", 'O', kFlag, CurlEffect::None},
    CurlOption{"remote-name-all", '\0', kFlag, CurlEffect::None},
    CurlOption{"remote-time", 'R', kFlag, CurlEffect::None},
    CurlOption{"remove-on-error", '\0', kFlag, CurlEffect::None},
    CurlOption{"request", 'X', kValue, CurlEffect::Method},
    CurlOption{"request-target", '\0', kValue, CurlEffect::None},
    CurlOption{"resolve", '\0', kValue, CurlEffect::None},
    CurlOption{"retry", '\0', kValue, CurlEffect::None},
    CurlOption{"retry-all-errors", '\0', kFlag, CurlEffect::None},
    CurlOption{"retry-connrefused", '\0', kFlag, CurlEffect::None},
    CurlOption{"retry-delay", '\0', kValue, CurlEffect::None},
    CurlOption{"retry-max-time", '\0', kValue, CurlEffect::None},
    CurlOption{"sasl-authzid", '\0', kValue, CurlEffect::None},
    CurlOption{"sasl-ir", '\0', kFlag, CurlEffect::None},
    CurlOption{"service-name", '\0', kValue, CurlEffect::None},
    CurlOption{"show-error", 'S', kFlag, CurlEffect::None},
    CurlOption{"silent", 's', kFlag, CurlEffect::None},
    CurlOption{"socks4", '\0', kValue, CurlEffect::None},
    CurlOption{"socks4a", '\0', kValue, CurlEffect::None},
    CurlOption{"socks5", '\0', kValue, CurlEffect::None},
    CurlOption{"socks5-basic", '\0', kFlag, CurlEffect::None},
    CurlOption{"socks5-gssapi", '\0', kFlag, CurlEffect::None},
    CurlOption{"socks5-gssapi-nec", '\0', kFlag, CurlEffect::None},
    CurlOption{"socks5-gssapi-service", '\0', kValue, CurlEffect::None},
    CurlOption{"socks5-hostname", '\0', kValue, CurlEffect::None},
    CurlOption{"speed-limit", 'Y', kValue, CurlEffect::None},
    CurlOption{"speed-time", 'y', kValue, CurlEffect::None},
    CurlOption{"ssl", '\0', kFlag, CurlEffect::None},
    CurlOption{"ssl-allow-beast", '\0', kFlag, CurlEffect::None},
    CurlOption{"ssl-auto-client-cert", '\0', kFlag, CurlEffect::None},
    CurlOption{"ssl-no-revoke", '\0', kFlag, CurlEffect::None},
    CurlOption{"ssl-reqd", '\0', kFlag, CurlEffect::None},
    CurlOption{"ssl-revoke-best-effort", '\0', kFlag, CurlEffect::None},
    CurlOption{"sslv2", '2', kFlag, CurlEffect::None},
    CurlOption{"sslv3", '3', kFlag, CurlEffect::None},
    CurlOption{"stderr", '\0', kValue, CurlEffect::None},
    CurlOption{"styled-output", '\0', kFlag, CurlEffect::None},
    CurlOption{"suppress-connect-headers", '\0', kFlag, CurlEffect::None},
    CurlOption{"tcp-fastopen", '\0', kFlag, CurlEffect::None},
    CurlOption{"tcp-nodelay", '\0', kFlag, CurlEffect::None},
    CurlOption{"telnet-option", 't', kValue, CurlEffect::None},
    CurlOption{"tftp-blksize", '\0', kValue, CurlEffect::None},
    CurlOption{"tftp-no-options", '\0', kFlag, CurlEffect::None},
    CurlOption{"time-cond", 'z', kValue, CurlEffect::TimeCondition},
    CurlOption{"tls-max", '\0', kValue, CurlEffect::None},
    CurlOption{"tls13-ciphers", '\0', kValue, CurlEffect::None},
    CurlOption{"tlsauthtype", '\0', kValue, CurlEffect::None},
    CurlOption{"tlspassword", '\0', kValue, CurlEffect::None},
    CurlOption{"tlsuser", '\0', kValue, CurlEffect::None},
    CurlOption{"tlsv1", '1', kFlag, CurlEffect::None},
    CurlOption{"tlsv1.0", '\0', kFlag, CurlEffect::None},
    CurlOption{"tlsv1.1", '\0', kFlag, CurlEffect::None},
    CurlOption{"tlsv1.2", '\0', kFlag, CurlEffect::None},
    CurlOption{"tlsv1.3", '\0', kFlag, CurlEffect::None},
    CurlOption{"tr-encoding", '\0', kFlag, CurlEffect::TransferEncoding},
    CurlOption{"trace", '\0', kValue, CurlEffect::None},
    CurlOption{"trace-ascii", '\0', kValue, CurlEffect::None},
    CurlOption{"trace-time", '\0', kFlag, CurlEffect::None},
    CurlOption{"unix-socket", '\0', kValue, CurlEffect::None},
    CurlOption{"upload-file", 'T', kValue, CurlEffect::Upload},
    CurlOption{"url", '\0', kValue, CurlEffect::Url},
    CurlOption{"url-query", '\0', kValue, CurlEffect::UrlQuery},
    CurlOption{"use-ascii", 'B', kFlag, CurlEffect::None},
    CurlOption{"user", 'u', kValue, CurlEffect::User},
    CurlOption{"user-agent", 'A', kValue, CurlEffect::UserAgent},
    CurlOption{"verbose", 'v', kFlag, CurlEffect::None},
    CurlOption{"version", 'V', kFlag, CurlEffect::None},
    CurlOption{"write-out", 'w', kValue, CurlEffect::None},
    CurlOption{"xattr", '\0', kFlag, CurlEffect::None},
};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool startsWithAnyCase(std::string_view text, std::string_view start)
{
    return text.size() >= start.size()
        && std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

// curl takes any beginning of a name that no other option shares.
FoundOption longOption(std::string_view name)
{
    FoundOption found;
    for (const CurlOption &option : kOptions) {
        if (!startsWithAnyCase(option.name, name))
            continue;
        if (option.name.size() == name.size())
            return {&option, false, false};
        found.isAmbiguous = found.option != nullptr;
        if (found.isAmbiguous)
            return {nullptr, false, true};
        found.option = &option;
    }
    return found;
}

} // namespace

FoundOption findCurlOption(std::string_view name)
{
    FoundOption found = longOption(name);
    const bool isNegated = !found.option && !found.isAmbiguous && startsWithAnyCase(name, "no-");
    if (isNegated) {
        found = longOption(name.substr(3));
        found.isNegated = true;
    }
    // "--buffer" is what "--no-buffer" takes back.
    if (!found.option && !found.isAmbiguous) {
        const auto negative = std::find_if(kOptions.begin(), kOptions.end(),
            [name](const CurlOption &option) { return option.name.starts_with("no-") && option.name.substr(3) == name; });
        if (negative != kOptions.end())
            found = {&*negative, true, false};
    }
    if (found.isNegated && found.option && found.option->takesValue)
        found.option = nullptr;
    return found;
}

const CurlOption *findCurlOption(char letter)
{
    const auto found = std::find_if(kOptions.begin(), kOptions.end(), [letter](const CurlOption &option) { return option.letter == letter; });
    return found == kOptions.end() ? nullptr : &*found;
}

std::span<const CurlOption> curlOptions()
{
    return kOptions;
}

} // namespace request
