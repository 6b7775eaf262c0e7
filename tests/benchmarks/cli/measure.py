#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the command line from the first byte that a server sends to the first row that it prints, and takes its peak
memory. The server is a process of its own that sends a prepared answer.

    measure.py PROGRAM ANSWER [REPEATS]
"""
import os
import socket
import struct
import subprocess
import sys
import time


def serve(listener, answer, started):
    """Answers every request with the file; tells when the first byte goes out."""
    size = os.path.getsize(answer)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n".encode()
    while True:
        connection, _ = listener.accept()
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(65536)
        with open(answer, "rb") as body:
            os.write(started, struct.pack("d", time.monotonic()))
            try:
                connection.sendall(head)
                connection.sendfile(body)
            except OSError:
                pass
        connection.close()


def measure(program, port, started, output_format):
    """First row in ms, whole time in s, peak memory in bytes, bytes printed."""
    url = f"tdengine://root@127.0.0.1:{port}/"
    begin = time.monotonic()
    command = [program, "query", "--url", url, "--password-env", "MEASURED_PASSWORD", "--format", output_format,
               "select * from power.meters"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "MEASURED_PASSWORD": "taosdata"})
    reader = process.stdout.fileno()
    text = b""
    first_row = None
    printed = 0
    while part := os.read(reader, 1 << 20):
        printed += len(part)
        if first_row is None:
            text += part
            if text.count(b"\n") >= 2:  # the header and a row
                first_row = time.monotonic()
    _, status, usage = os.wait4(process.pid, 0)
    end = time.monotonic()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"the program ended with {process.returncode}")
    sent = struct.unpack("d", os.read(started, 8))[0]
    return (first_row - sent) * 1e3, end - begin, usage.ru_maxrss * 1024, printed


def main():
    program, answer = sys.argv[1:3]
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    listener = socket.create_server(("127.0.0.1", 0))
    started, tell = os.pipe()
    server = os.fork()
    if server == 0:
        serve(listener, answer, tell)
    try:
        size = os.path.getsize(answer)
        for output_format in ("csv", "ndjson"):
            runs = [measure(program, listener.getsockname()[1], started, output_format) for _ in range(repeats)]
            rows, times, peaks, printed = zip(*runs)
            print(f"command line to {output_format}: first row {min(rows):.1f} ms behind the first byte (worst of "
                  f"{repeats}: {max(rows):.1f}), peak memory {max(peaks) / 1e6:.1f} MB, whole process "
                  f"{size / 1e6 / min(times):.0f} MB/s of answer, {printed[0] / 1e6:.0f} MB printed")
    finally:
        os.kill(server, 9)
        os.waitpid(server, 0)


main()
