// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace request {

// What an option of curl does to a request.
enum class CurlEffect : std::uint8_t {
    None, // nothing here: it is named as ignored
    Url, UrlQuery, Method, Header, Data, DataRaw, DataBinary, DataUrlEncode, Json, Form, FormString, FormEscape,
    Get, Head, Upload, User, UserAgent, Referer, Cookie, Range, ContinueAt, TimeCondition, Bearer, AwsSignature, Basic,
    Compressed, TransferEncoding, EtagCompare, Follow, FollowTrusted, MaxRedirects, Post301, Post302, Post303,
    CaFile, Certificate, Key, Proxy, ProxyUser, ConnectTimeout, MaxTime, Include, Fail, GlobOff, PathAsIs, Next, Config,
    DefaultScheme, Http11,
};

struct CurlOption {
    std::string_view name; // without "--"
    char letter = '\0'; // '\0': none
    bool takesValue = false;
    CurlEffect effect = CurlEffect::None;
};

struct FoundOption {
    const CurlOption *option = nullptr; // none: there is no such option
    bool isNegated = false; // --no-NAME
    bool isAmbiguous = false; // the beginning of several names
};

// By its long name without "--", any unambiguous beginning of it, in any case, as curl takes it.
ONDO_EXPORT FoundOption findCurlOption(std::string_view name);
ONDO_EXPORT const CurlOption *findCurlOption(char letter);
ONDO_EXPORT std::span<const CurlOption> curlOptions();

} // namespace request
