# SPDX-License-Identifier: GPL-3.0-or-later
"""A loopback listener that keeps each request as it came: request line, header lines, body."""
import re
import socket
import threading
import urllib.parse


class Listener:
    def __init__(self):
        self.requests = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def take(self):
        taken, self.requests = self.requests, []
        return taken

    def close(self):
        self._socket.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, connection.makefile("rb") as stream:
            try:
                while self._one(connection, stream):
                    pass
            except OSError:
                pass

    def _one(self, connection, stream):
        line = stream.readline()
        if not line:
            return False
        method, target, _ = line.decode("latin-1").split(" ", 2)
        headers = []
        while (field := stream.readline().rstrip(b"\r\n")):
            name, _, value = field.partition(b":")
            headers.append((name.decode("latin-1").lower(), value.strip().decode("latin-1")))
        named = dict(headers)
        if named.get("expect", "").lower() == "100-continue":
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if named.get("transfer-encoding") == "chunked":
            body = b""
            while (size := int(stream.readline().split(b";")[0], 16)):
                body += stream.read(size)
                stream.readline()
            stream.readline()
        else:
            body = stream.read(int(named.get("content-length", 0) or 0))
        self.requests.append((method, target, headers, body))
        connection.sendall(self._answer(method, target))
        return True

    def _answer(self, method, target):
        found = re.search(r"/redirect/(\d+)\?to=([^&]*)", target)
        if found:
            location = urllib.parse.unquote(found[2])
            return f"HTTP/1.1 {found[1]} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
        body = b"" if method == "HEAD" else b"ok"
        return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + body
