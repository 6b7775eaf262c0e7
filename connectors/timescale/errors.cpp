// SPDX-License-Identifier: GPL-3.0-or-later
#include "errors.h"

#include "wrapping.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace timescale {

namespace {

using core::ErrorKind;

struct ErrorsTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleErrors)
};

constexpr std::size_t kTextShown = 500;

bool has(std::string_view text, const char *words)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).contains(QLatin1String(words), Qt::CaseInsensitive);
}

// What the answer gives to tell errors apart.
struct Facts {
    int status = 0;
    std::string type; // x-amzn-ErrorType up to a colon, else the body's
    StatedText stated;
    bool hasForm = false; // the body is the gateway's or AWS's own form
    std::string retryAfter;
};

Facts factsOf(const Stated &from)
{
    Facts facts;
    facts.status = from.head->status;
    facts.stated = statedIn(from.summary->bodyStart);
    facts.hasForm = facts.stated.hasForm;
    const std::string_view header = from.head->header("x-amzn-ErrorType");
    facts.type = header.substr(0, header.find(':'));
    if (facts.type.empty())
        facts.type = facts.stated.type;
    if (const std::size_t hash = facts.type.find('#'); hash != std::string::npos)
        facts.type.erase(0, hash + 1);
    facts.retryAfter = from.head->header("Retry-After");
    return facts;
}

// Log-in errors of AWS's own services come at 400 too.
bool isLoginType(const std::string &type)
{
    static constexpr std::array<std::string_view, 11> kTypes{"UnrecognizedClientException", "InvalidSignatureException",
        "SignatureDoesNotMatch", "ExpiredTokenException", "ExpiredToken", "IncompleteSignatureException", "IncompleteSignature",
        "MissingAuthenticationTokenException", "MissingAuthenticationToken", "AccessDeniedException", "InvalidClientTokenId"};
    return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

QString loginHint(const Facts &facts, const Stated &from)
{
    const std::string &text = facts.stated.message;
    if (facts.status == 407)
        return ErrorsTr::tr("A proxy on the way wants a log-in: see \"proxy\" of the connection.");
    if (has(text, "signature expired") || has(text, "signature not yet current"))
        return ErrorsTr::tr("A signature is good for five minutes: check this computer's clock.");
    if (has(text, "expired"))
        return ErrorsTr::tr("Get a new token, or new temporary credentials.");
    if (has(text, "security token") || facts.type == "UnrecognizedClientException")
        return ErrorsTr::tr("The access key is not known there: check the keys, the profile and, of temporary ones, the session token.");
    if (has(text, "signature"))
        return ErrorsTr::tr("Check the secret key, region= and service= of the connection (execute-api; lambda for function URLs).");
    if (has(text, "not authorized to perform") || facts.type == "AccessDeniedException")
        return ErrorsTr::tr("These credentials are known but may not do this: ask who administers the account.");
    if (facts.status == 401)
        return ErrorsTr::tr("The API has an authorizer: check the token (auth=bearer&token_env=VAR; token_scheme=none sends it without \"Bearer\").");
    if (from.hasApiKey)
        return ErrorsTr::tr("The API key is refused: check it, and that its usage plan covers this stage.");
    return ErrorsTr::tr("The API may want a key (api_key_env=VAR), a signature (auth=sigv4), or refuse this address.");
}

core::Error loginError(const Facts &facts, const Stated &from)
{
    core::Error error;
    error.kind = ErrorKind::Login;
    const bool isMissingToken = facts.type == "MissingAuthenticationTokenException" || has(facts.stated.message, "Missing Authentication Token");
    if (isMissingToken && facts.status == 403) {
        error.message = ErrorsTr::tr("The gateway does not take this request: wrong path, method or stage – or missing signature.");
        error.hint = from.isSigned
            ? ErrorsTr::tr("It was signed, so that path, method (%1) or stage are wrong.").arg(QString::fromStdString(from.method))
            : ErrorsTr::tr("Check the path, the method (%1) and the stage in the connection's URL; an API with IAM log-in wants auth=sigv4.")
                  .arg(QString::fromStdString(from.method));
        return error;
    }
    error.message = facts.status == 401 || facts.status == 407 ? ErrorsTr::tr("The log-in is refused.")
                                                               : ErrorsTr::tr("Access is refused.");
    error.hint = loginHint(facts, from);
    return error;
}

QString serverHint(const Facts &facts)
{
    switch (facts.status) {
    case 400:
        if (has(facts.stated.message, "Missing required request parameters"))
            return ErrorsTr::tr("Add the parameters to the path: GET /path?name=value");
        if (has(facts.stated.message, "Invalid request body"))
            return ErrorsTr::tr("The body does not fit the model that the API declares.");
        return {};
    case 404:
        return ErrorsTr::tr("Check the path, and the stage in the connection's URL.");
    case 413:
        return ErrorsTr::tr("A gateway takes 10 MB, a function 6 MB: send fewer records at once.");
    case 415:
        return ErrorsTr::tr("Set the header Content-Type to what the API takes, mostly application/json.");
    case 429:
        return facts.retryAfter.empty() ? ErrorsTr::tr("The API is throttled, or its quota is used up: try again later.")
                                        : ErrorsTr::tr("Try again after %1 s.").arg(QString::fromStdString(facts.retryAfter));
    case 500:
        return ErrorsTr::tr("The gateway may not invoke the function, or its authorizer failed: its owner finds why in the logs.");
    case 502:
        return ErrorsTr::tr("The function failed, answered in another form than the gateway expects, or with more than 6 MB.");
    case 503:
        return ErrorsTr::tr("The function took too long, or is not there: try again later.");
    case 504:
        return ErrorsTr::tr("The function took too long for the gateway (29 s mostly) and may still be running: ask for less.");
    default:
        return {};
    }
}

bool isProxyStatus(int status)
{
    return status == 408 || status == 502 || status == 503 || status == 504;
}

core::Error statusError(const Facts &facts, const Stated &from)
{
    core::Error error;
    if (facts.status == 401 || facts.status == 403 || facts.status == 407 || isLoginType(facts.type)) {
        error = loginError(facts, from);
    } else if (isProxyStatus(facts.status) && !facts.hasForm) {
        error.kind = ErrorKind::Network;
        error.message = ErrorsTr::tr("The API was not reached: something before it answered.");
        error.hint = ErrorsTr::tr("Check host, port and proxy of the connection.");
    } else if (facts.status == 400 && facts.hasForm) {
        error.kind = ErrorKind::Statement;
        error.message = ErrorsTr::tr("The API refuses the request.");
        error.hint = serverHint(facts);
    } else {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The API reports an error (HTTP %1).").arg(facts.status);
        error.hint = serverHint(facts);
    }
    error.serverCode = QString::fromStdString(facts.type);
    error.serverText = facts.stated.message.substr(0, facts.hasForm ? std::string::npos : kTextShown);
    const bool mayGoOn = facts.status == 502 || facts.status == 503 || facts.status == 504;
    if (mayGoOn && facts.hasForm && from.method != "GET" && from.method != "HEAD")
        error.hint += QStringLiteral(" ") + ErrorsTr::tr("What the request changes may have been changed all the same.");
    return error;
}

QString functionHint(const std::string &type, const std::string &text)
{
    if (has(text, "Task timed out"))
        return ErrorsTr::tr("The function's own time limit is over: ask for less, or have it raised.");
    if (type == "KeyError" && has(text, "body"))
        return ErrorsTr::tr("The function gets no body: its integration has to be a proxy (AWS_PROXY).");
    if (has(type, "ImportModuleError") || has(type, "HandlerNotFound") || type == "Runtime.ImportModuleError")
        return ErrorsTr::tr("Handler or layer of the function are not right: the handler is FILE.FUNCTION of the uploaded zip.");
    if (has(type, "ResponseSizeTooLarge"))
        return ErrorsTr::tr("A function answers with 6 MB at most: ask for fewer rows.");
    return {};
}

core::Error functionError(const AnswerSummary &summary)
{
    core::Error error;
    error.kind = ErrorKind::Server;
    error.message = ErrorsTr::tr("The function behind the API failed.");
    error.serverCode = QString::fromStdString(summary.errorType);
    error.serverText = summary.errorText;
    error.hint = functionHint(summary.errorType, summary.errorText);
    return error;
}

core::Error envelopeError(const AnswerSummary &summary)
{
    core::Error error;
    error.kind = summary.innerStatus < 500 ? ErrorKind::Statement : ErrorKind::Server;
    error.message = ErrorsTr::tr("The function answers with status %1.").arg(summary.innerStatus);
    error.serverCode = summary.errorType.empty() ? QString::number(summary.innerStatus) : QString::fromStdString(summary.errorType);
    error.serverText = summary.errorText;
    return error;
}

// What came with a good status and is not in the form of rows.
core::Error formError(const Stated &from)
{
    core::Error error = *from.summary->error;
    if (error.serverText.empty())
        error.serverText = from.summary->bodyStart.substr(0, kTextShown);
    const std::size_t first = from.summary->bodyStart.find_first_not_of(" \t\r\n");
    const bool isPage = first != std::string::npos && from.summary->bodyStart[first] == '<';
    if (error.hint.isEmpty() && isPage)
        error.hint = ErrorsTr::tr("This is a web page: check host, stage and proxy of the connection.");
    return error;
}

core::Error redirectError(const Stated &from)
{
    core::Error error;
    error.kind = ErrorKind::Decode;
    error.message = ErrorsTr::tr("The answer is a redirect to %1.")
                        .arg(QString::fromStdString(std::string(from.head->header("Location"))));
    error.hint = ErrorsTr::tr("The answer points to another address: use that one in the connection if it is right.");
    return error;
}

} // namespace

bool breaksOff(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Tls || kind == ErrorKind::Timeout || kind == ErrorKind::Cancelled
        || kind == ErrorKind::Decode || kind == ErrorKind::Limit;
}

std::optional<core::Error> statedError(const Stated &stated)
{
    const AnswerSummary &summary = *stated.summary;
    std::optional<core::Error> error;
    const bool isLost = summary.error && summary.error->kind != ErrorKind::Decode && summary.error->kind != ErrorKind::Limit;
    if (isLost)
        error = summary.error;
    else if (stated.head->status >= 400)
        error = statusError(factsOf(stated), stated);
    else if (stated.head->status >= 300)
        error = redirectError(stated);
    else if (summary.isRefused)
        error = summary.isFunctionError ? functionError(summary) : envelopeError(summary);
    else if (summary.error)
        error = formError(stated);
    if (error)
        error->httpStatus = stated.head->status;
    return error;
}

} // namespace timescale
