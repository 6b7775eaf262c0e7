// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/tokens.h"
#include "http/url.h"
#include "request/sketch.h"

#include <algorithm>

namespace request {

namespace {

std::string octalLiteral(std::string_view text)
{
    return quotedLiteral(text, Escapes::Octal);
}

std::string unicodeLiteral(std::string_view text)
{
    return quotedLiteral(text, Escapes::Unicode);
}

std::string goLiteral(std::string_view text)
{
    return quotedLiteral(text, Escapes::Hex);
}

std::string called(const Stretches &stretches, std::string (*literal)(std::string_view), std::string_view function)
{
    return joined(stretches, literal, [&](const std::string &name) { return std::string(function) + "(\"" + name + "\")"; }, " + ");
}

} // namespace

std::string writtenGo(const Sketch &sketch)
{
    const auto value = [](const Stretches &stretches) { return called(stretches, goLiteral, "os.Getenv"); };
    std::string out = variableComments(sketch, "//") + "package main\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\t\"net/http\"\n";
    if (!sketch.variables.empty())
        out += "\t\"os\"\n";
    if (sketch.hasBody)
        out += "\t\"strings\"\n";
    out += ")\n\nfunc main() {\n\trequest, err := http.NewRequest(" + goLiteral(sketch.method) + ", " + value(sketch.url) + ", "
        + (sketch.hasBody ? "strings.NewReader(" + quotedLiteral(sketch.body, Escapes::Hex, !sketch.isTextBody) + ")" : std::string("nil")) + ")\n\tif err != nil {\n\t\tpanic(err)\n\t}\n";
    for (const auto &[name, text] : sketch.headers) {
        if (connector::sameWord(name, "Host"))
            out += "\trequest.Host = " + value(text) + "\n";
        else
            out += "\trequest.Header.Add(" + goLiteral(name) + ", " + value(text) + ")\n";
    }
    out += "\tclient := &http.Client{";
    if (!sketch.follows)
        out += "CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }";
    return out + "}\n\tresponse, err := client.Do(request)\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tdefer response.Body.Close()\n\tbody, err := io.ReadAll(response.Body)\n"
                 "\tif err != nil {\n\t\tpanic(err)\n\t}\n\tfmt.Println(response.Status)\n\tfmt.Println(string(body))\n}\n";
}

std::string writtenJava(const Sketch &sketch)
{
    const auto value = [](const Stretches &stretches) { return called(stretches, octalLiteral, "System.getenv"); };
    std::string out = variableComments(sketch, "//")
        + "import java.net.URI;\nimport java.net.http.HttpClient;\nimport java.net.http.HttpRequest;\nimport java.net.http.HttpResponse;\nimport java.util.Base64;\n\n"
          "public class Request {\n    public static void main(String[] arguments) throws Exception {\n        HttpRequest request = HttpRequest.newBuilder(URI.create("
        + value(sketch.url) + "))\n";
    for (const auto &[name, text] : sketch.headers) {
        bool isOwn = false; // HttpClient sets these itself and refuses them
        for (const std::string_view own : {"Connection", "Expect", "Host", "Upgrade", "Transfer-Encoding"})
            isOwn = isOwn || connector::sameWord(name, own);
        out += std::string("            ") + (isOwn ? "// " : "") + ".header(" + octalLiteral(name) + ", " + value(text) + ")\n";
    }
    std::string body = "HttpRequest.BodyPublishers.noBody()";
    if (sketch.hasBody) {
        body = sketch.isTextBody ? "HttpRequest.BodyPublishers.ofString(" + octalLiteral(sketch.body) + ")"
                                 : "HttpRequest.BodyPublishers.ofByteArray(Base64.getDecoder().decode(" + octalLiteral(http::base64(sketch.body)) + "))";
    }
    out += "            .method(" + octalLiteral(sketch.method) + ", " + body + ")\n            .build();\n        HttpClient client = HttpClient.newBuilder()";
    out += std::string(".version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.") + (sketch.follows ? "NORMAL" : "NEVER") + ").build();\n";
    return out + "        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());\n        System.out.println(response.statusCode());\n"
                 "        System.out.println(response.body());\n    }\n}\n";
}

std::string writtenCSharp(const Sketch &sketch)
{
    const auto value = [](const Stretches &stretches) { return called(stretches, unicodeLiteral, "Environment.GetEnvironmentVariable"); };
    std::string out = variableComments(sketch, "//")
        + "using System;\nusing System.Net.Http;\nusing System.Text;\n\nusing var handler = new HttpClientHandler { AllowAutoRedirect = " + (sketch.follows ? "true" : "false")
        + " };\nusing var client = new HttpClient(handler);\nusing var request = new HttpRequestMessage(new HttpMethod(" + unicodeLiteral(sketch.method) + "), " + value(sketch.url) + ");\n";
    if (sketch.hasBody) {
        out += "request.Content = new ByteArrayContent("
            + (sketch.isTextBody ? "Encoding.UTF8.GetBytes(" + unicodeLiteral(sketch.body) + ")" : "Convert.FromBase64String(" + unicodeLiteral(http::base64(sketch.body)) + ")") + ");\n";
    }
    for (const auto &[name, text] : sketch.headers) {
        const bool isOfContent = connector::sameWord(std::string_view(name).substr(0, 8), "Content-");
        out += std::string(isOfContent ? (sketch.hasBody ? "request.Content.Headers" : "// request.Content.Headers") : "request.Headers") + ".TryAddWithoutValidation(" + unicodeLiteral(name) + ", "
            + value(text) + ");\n";
    }
    return out + "using var response = await client.SendAsync(request);\nConsole.WriteLine((int)response.StatusCode);\nConsole.WriteLine(await response.Content.ReadAsStringAsync());\n";
}

std::string writtenCpp(const Sketch &sketch)
{
    const auto value = [](const Stretches &stretches) {
        return joined(stretches, [](std::string_view text) { return "QByteArray(" + octalLiteral(text) + ")"; }, [](const std::string &name) { return "qgetenv(\"" + name + "\")"; }, " + ");
    };
    std::string out = variableComments(sketch, "//")
        + "#include <QCoreApplication>\n#include <QNetworkAccessManager>\n#include <QNetworkReply>\n#include <QNetworkRequest>\n#include <QTextStream>\n#include <QUrl>\n\n"
          "int main(int argc, char **argv)\n{\n    QCoreApplication application(argc, argv);\n    QNetworkAccessManager manager;\n    QNetworkRequest request(QUrl::fromEncoded("
        + value(sketch.url) + "));\n";
    if (!sketch.follows)
        out += "    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);\n";
    for (const auto &[name, text] : sketch.headers)
        out += "    request.setRawHeader(" + octalLiteral(name) + ", " + value(text) + ");\n";
    const std::string body = !sketch.hasBody ? std::string("QByteArray()")
        : sketch.isTextBody                  ? "QByteArray(" + octalLiteral(sketch.body) + ")"
                                             : "QByteArray::fromBase64(" + octalLiteral(http::base64(sketch.body)) + ")";
    out += "    QNetworkReply *reply = manager.sendCustomRequest(request, " + octalLiteral(sketch.method) + ", " + body + ");\n";
    return out + "    QObject::connect(reply, &QNetworkReply::finished, &application, [reply] {\n"
                 "        QTextStream out(stdout);\n        out << reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() << \"\\n\" << reply->readAll() << \"\\n\";\n"
                 "        QCoreApplication::quit();\n    });\n    return application.exec();\n}\n";
}

} // namespace request
