// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/reader.h"

#include "json/memorysource.h"
#include "transcript.h"

#include "support/ondotest.h"
#include "support/piecesource.h"

#include <boost/json.hpp>

#include <cmath>
#include <random>

namespace {

using Random = std::mt19937_64;

std::string randomText(Random &random)
{
    static const std::string pieces[] = {"a", "Z", "0", " ", "\\n", "\\\"", "\\\\", "\\u0041", "\\u4e2d", "\\ud83d\\ude00",
        "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80", "/", "\\/", "0123456789abcdef"};
    std::string text = "\"";
    for (std::uint64_t i = random() % 8; i != 0; --i)
        text += pieces[random() % std::size(pieces)];
    return text + '"';
}

std::string randomNumber(Random &random)
{
    std::string text = random() % 3 == 0 ? "-" : "";
    text += random() % 4 == 0 ? "0" : std::to_string(random() >> random() % 60);
    if (random() % 3 == 0)
        text.append(".").append(std::to_string(random() % 100000));
    if (random() % 4 == 0)
        text.append(random() % 2 ? "e" : "E").append(random() % 2 ? "-" : "+").append(std::to_string(random() % 90));
    return text;
}

std::string blanks(Random &random)
{
    static const char *some[] = {"", "", "", " ", "\n", "\t ", "\r\n"};
    return some[random() % std::size(some)];
}

std::string randomValue(Random &random, int depth)
{
    const std::uint64_t kind = random() % (depth > 0 ? 8 : 6);
    if (kind < 2)
        return randomText(random);
    if (kind < 4)
        return randomNumber(random);
    if (kind < 6) {
        static const char *words[] = {"true", "false", "null"};
        return words[random() % 3];
    }
    std::string text = kind == 6 ? "[" : "{";
    const std::uint64_t count = random() % 5;
    for (std::uint64_t i = 0; i < count; ++i) {
        text += blanks(random) + (i == 0 ? "" : ",") + blanks(random);
        if (kind == 7) // repeated keys, which the judge does not keep, are tested elsewhere
            text.append("\"").append(std::to_string(i)).append(randomText(random).substr(1)).append(blanks(random) + ":");
        text += randomValue(random, depth - 1);
    }
    return text + blanks(random) + (kind == 6 ? "]" : "}");
}

void print(const boost::json::value &value, std::string &out);

void printNumber(double number, std::string &out)
{
    char digits[64]; // the judge's own reading of fractions is not exact in the last places
    std::snprintf(digits, sizeof digits, "%.12g", number == 0 ? 0.0 : number);
    out.append("n<").append(digits).append("> ");
}

void print(const boost::json::value &value, std::string &out)
{
    switch (value.kind()) {
    case boost::json::kind::object:
        out += "{ ";
        for (const auto &member : value.get_object()) {
            out.append("k<").append(member.key()).append("> ");
            print(member.value(), out);
        }
        out += "} ";
        break;
    case boost::json::kind::array:
        out += "[ ";
        for (const boost::json::value &entry : value.get_array())
            print(entry, out);
        out += "] ";
        break;
    case boost::json::kind::string:
        out.append("s<").append(value.get_string()).append("> ");
        break;
    case boost::json::kind::bool_:
        out += value.get_bool() ? "true " : "false ";
        break;
    case boost::json::kind::null:
        out += "null ";
        break;
    default:
        printNumber(value.to_number<double>(), out);
    }
}

// The judge's transcript, "" where it refuses.
std::string judged(std::string_view body)
{
    boost::json::error_code error;
    const boost::json::value value = boost::json::parse({body.data(), body.size()}, error);
    if (error)
        return {};
    std::string out;
    print(value, out);
    return out + "end";
}

// Ours, with numbers as the judge prints them.
std::string ours(std::string_view body, std::size_t piece)
{
    support::PieceSource source(body, piece);
    json::Reader reader(source);
    const std::string transcript = transcriptOf(reader);
    if (transcript.ends_with('!'))
        return {};
    support::PieceSource again(body, piece);
    json::Reader numbers(again);
    std::string out;
    for (json::Token token = numbers.next();; token = numbers.next()) {
        if (token == json::Token::Number)
            printNumber(std::strtod(std::string(numbers.text()).c_str(), nullptr), out);
        else if (token == json::Token::Key)
            out.append("k<").append(numbers.text()).append("> ");
        else if (token == json::Token::String)
            out.append("s<").append(numbers.text()).append("> ");
        else if (token == json::Token::End)
            return out + "end";
        else
            out += token == json::Token::BeginObject ? "{ "
                : token == json::Token::EndObject    ? "} "
                : token == json::Token::BeginArray   ? "[ "
                : token == json::Token::EndArray     ? "] "
                : token == json::Token::True         ? "true "
                : token == json::Token::False        ? "false "
                                                     : "null ";
    }
}

} // namespace

// On standard JSON another reader is the judge, of what is accepted and of what it says.
class JudgeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesOnRandomDocuments()
    {
        Random random(20240810);
        for (int run = 0; run < 3000; ++run) {
            const std::string body = blanks(random) + randomValue(random, 5) + blanks(random);
            const std::string judgement = judged(body);
            QVERIFY2(!judgement.empty(), body.c_str());
            QCOMPARE(QByteArray::fromStdString(ours(body, 1 + random() % 50)), QByteArray::fromStdString(judgement));
        }
    }

    void agreesOnDamagedDocuments()
    {
        static const std::string bytes = "{}[],:\"\\0123456789.eE+-tfnul x\n\x01";
        Random random(42);
        int refused = 0;
        for (int run = 0; run < 20000; ++run) {
            std::string body = randomValue(random, 3);
            const std::size_t place = random() % body.size();
            const std::uint64_t change = random() % 3;
            if (change == 0)
                body.erase(place, 1);
            else if (change == 1)
                body.insert(place, 1, bytes[random() % bytes.size()]);
            else
                body[place] = bytes[random() % bytes.size()];
            const std::string judgement = judged(body);
            const std::string own = ours(body, 1 + random() % 20);
            if ((judgement.empty() && isOurTolerance(body)) || hasGreatExponent(body))
                continue;
            refused += judgement.empty() ? 1 : 0;
            QVERIFY2(judgement == own || lostRepeatedKeys(judgement, own), body.c_str());
        }
        QVERIFY(refused > 5000);
    }

private:
    // What the judge refuses and we take: broken UTF-8 and halves of surrogate pairs.
    static bool isOurTolerance(const std::string &body)
    {
        return body.find("\\ud") != std::string::npos || body.find("\\ude") != std::string::npos
            || std::any_of(body.begin(), body.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    }
    // An exponent of three digits: 0E+990 is not a number to the judge, and its smallest numbers are not exact.
    static bool hasGreatExponent(const std::string &body)
    {
        for (std::size_t at = body.find_first_of("eE"); at != std::string::npos; at = body.find_first_of("eE", at + 1)) {
            const std::size_t digits = body.find_first_not_of("+-", at + 1);
            if (digits != std::string::npos && body.find_first_not_of("0123456789", digits) - digits > 2)
                return true;
        }
        return false;
    }
    // Repeated keys may come of damage; the judge keeps one of them.
    static bool lostRepeatedKeys(const std::string &judgement, const std::string &own)
    {
        return !judgement.empty() && !own.empty() && judgement.size() < own.size();
    }
};

ONDO_TEST(JudgeTest)
#include "tst_judge.moc"
