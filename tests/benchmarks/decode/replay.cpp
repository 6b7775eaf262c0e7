// SPDX-License-Identifier: GPL-3.0-or-later
// Serves the bytes of a file on loopback until standard input ends, as fast as the socket takes them: what a client
// then needs is the client's own. The last part of the path says how: /length, or /16384 for chunks of that size.
// Prints its port first.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace {

constexpr std::string_view kHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n";

std::string framed(std::string_view body, std::size_t chunkSize)
{
    std::string answer(kHead);
    if (chunkSize == 0) {
        answer += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
        return answer.append(body);
    }
    answer += "Transfer-Encoding: chunked\r\n\r\n";
    answer.reserve(body.size() + body.size() / chunkSize * 12 + 256);
    while (!body.empty()) {
        const std::string_view chunk = body.substr(0, chunkSize);
        char size[32];
        answer.append(size, static_cast<std::size_t>(std::snprintf(size, sizeof size, "%zx\r\n", chunk.size())));
        answer.append(chunk).append("\r\n");
        body.remove_prefix(chunk.size());
    }
    return answer.append("0\r\n\r\n");
}

class Replay
{
public:
    explicit Replay(std::string body)
        : m_body(std::move(body))
    {
    }

    const std::string &answer(std::size_t chunkSize)
    {
        const std::lock_guard lock(m_mutex);
        std::string &answer = m_answers[chunkSize];
        if (answer.empty())
            answer = framed(m_body, chunkSize);
        return answer;
    }

    void serve(int socket)
    {
        std::string request;
        char bytes[4096];
        for (ssize_t got = 0; (got = recv(socket, bytes, sizeof bytes, 0)) > 0;) {
            request.append(bytes, static_cast<std::size_t>(got));
            const std::size_t end = request.find("\r\n\r\n");
            if (end == std::string::npos)
                continue;
            const std::size_t length = request.find("Content-Length: ");
            const std::size_t body = length < end ? std::strtoul(request.c_str() + length + 16, nullptr, 10) : 0;
            if (request.size() < end + 4 + body)
                continue;
            const std::string path = request.substr(0, request.find(" HTTP/"));
            send(socket, answer(std::strtoul(path.c_str() + path.rfind('/') + 1, nullptr, 10)));
            request.clear();
        }
        close(socket);
    }

private:
    static void send(int socket, std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    std::string m_body;
    std::mutex m_mutex;
    std::map<std::size_t, std::string> m_answers;
};

} // namespace

int main(int argc, char **argv)
{
    std::ifstream file(argc > 1 ? argv[1] : "", std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    Replay replay(std::string(std::istreambuf_iterator<char>(file), {}));
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(listener, generic, size) != 0 || listen(listener, 16) != 0 || getsockname(listener, generic, &size) != 0)
        return 1;
    static_cast<void>(replay.answer(0)); // ready before anybody asks; the chunked ones are made at their first request
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    std::thread([] {
        while (std::getchar() != EOF) { }
        std::_Exit(0);
    }).detach();
    for (;;) {
        const int client = accept(listener, nullptr, nullptr);
        if (client >= 0)
            std::thread([&replay, client] { replay.serve(client); }).detach();
    }
}
