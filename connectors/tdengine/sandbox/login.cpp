// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/login.h"

#include <QByteArray>

#include <openssl/evp.h>

#include <array>
#include <memory>

namespace tdengine::server {

namespace {

constexpr std::size_t kPart = 24; // user and password are padded to this

// taosAdapter's own constant, in its published source (controller/rest/auth.go).
constexpr std::array<unsigned char, 8> kKey{64, 182, 122, 48, 86, 115, 253, 68};

// Single DES is only in OpenSSL's legacy provider; triple DES with three equal keys is the same and always there.
std::string desBlocks(const std::string &input, bool encrypt)
{
    std::array<unsigned char, 24> key;
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = kKey[i % kKey.size()];
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string output(input.size() + 8, '\0');
    int written = 0;
    auto *out = reinterpret_cast<unsigned char *>(output.data());
    const auto *in = reinterpret_cast<const unsigned char *>(input.data());
    if (EVP_CipherInit_ex(cipher.get(), EVP_des_ede3_ecb(), nullptr, key.data(), nullptr, encrypt) != 1
        || EVP_CIPHER_CTX_set_padding(cipher.get(), 0) != 1
        || EVP_CipherUpdate(cipher.get(), out, &written, in, static_cast<int>(input.size())) != 1)
        return {};
    output.resize(static_cast<std::size_t>(written));
    return output;
}

std::string upToNul(std::string_view bytes)
{
    return std::string(bytes.substr(0, bytes.find('\0')));
}

LogIn refusedHeader(int code)
{
    LogIn refused;
    refused.headerCode = code;
    return refused;
}

LogIn checked(const std::string &user, const std::string &password, Store &store)
{
    LogIn login;
    login.user = user;
    if (!store.isPassword(user, password))
        login.failure = {code::kAuthentication, "Authentication failure"};
    return login;
}

std::string_view blanksTrimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

} // namespace

std::string taosdToken(std::string_view user, std::string_view password)
{
    std::string plain(user);
    plain.resize(kPart, '\0');
    plain += password;
    plain.resize(std::max(2 * kPart, (plain.size() + 7) / 8 * 8), '\0');
    const std::string cipher = desBlocks(plain, true);
    return QByteArray(cipher.data(), static_cast<qsizetype>(cipher.size())).toBase64().toStdString();
}

std::string decodedBase64(std::string_view text, bool &ok)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(text.data(), static_cast<qsizetype>(text.size())), QByteArray::AbortOnBase64DecodingErrors);
    ok = decoded.decodingStatus == QByteArray::Base64DecodingStatus::Ok && text.size() % 4 == 0;
    return decoded.decoded.toStdString();
}

std::optional<Account> accountOfToken(std::string_view token)
{
    bool ok = false;
    const std::string cipher = decodedBase64(token, ok);
    if (!ok || cipher.size() < 2 * kPart || cipher.size() % 8 != 0)
        return std::nullopt;
    const std::string plain = desBlocks(cipher, false);
    const std::string_view all = plain;
    return Account{upToNul(all.substr(0, kPart)), upToNul(all.substr(kPart))};
}

LogIn logIn(std::string_view authorization, Store &store)
{
    const std::string_view text = blanksTrimmed(authorization);
    if (text.empty())
        return refusedHeader(0x1105);
    if (text.starts_with("Basic") && text.size() > 6) {
        bool ok = false;
        const std::string pair = decodedBase64(text.substr(6), ok);
        const std::size_t colon = pair.find(':');
        if (!ok || colon == std::string::npos || colon == 0 || colon + 1 == pair.size())
            return refusedHeader(0x1124);
        return checked(pair.substr(0, colon), pair.substr(colon + 1), store);
    }
    if (text.starts_with("Taosd") && text.size() > 6) {
        const auto account = accountOfToken(text.substr(6));
        if (!account || account->user.empty() || account->password.empty())
            return refusedHeader(0x1125);
        return checked(account->user, account->password, store);
    }
    if (text.starts_with("Bearer") && text.size() > 7) {
        LogIn login;
        const auto lock = store.lock();
        const auto found = store.tokens().find(blanksTrimmed(text.substr(7)));
        if (found == store.tokens().end())
            login.failure = {code::kAuthentication, "Authentication failure"};
        else
            login.user = found->second;
        return login;
    }
    return refusedHeader(0x1122);
}

} // namespace tdengine::server
