# SPDX-License-Identifier: GPL-3.0-or-later
"""See curl.sh."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import curl_lines
from listener import Listener
import code_judge

program = os.path.abspath(sys.argv[1])
failures = 0


def tell(name, problem=None):
    global failures
    name = " ".join(name.split())[:150]
    if problem is None:
        print(f"ok: {name}")
    else:
        failures += 1
        print(f"FAIL: {name}\n  {problem}")


def prepare(folder):
    (folder / "data.txt").write_bytes(b"first=1\r\nsecond=2\n")
    (folder / "bytes.bin").write_bytes(bytes(range(256)))
    (folder / "post.json").write_text('{\n  "time": "2021-11-12 15:00:00",\n  "symbol": "AAPL"\n}\n')
    (folder / "page.html").write_text("<p>page</p>\n")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "empty").write_text("")
    (folder / "large.txt").write_text("x" * 1100000)
    (folder / "headers.txt").write_text("X-First: 1\r\nX-Second: two words\n\n")
    (folder / "cookies.txt").write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tname\tvalue\n127.0.0.1\tFALSE\t/other\tFALSE\t0\tno\tno\n"
                                        "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tlonger-name\tx y\n")
    (folder / "options.conf").write_text('# options\n-H "X-From: file"\nuser-agent = "configured \\"agent\\""\ndata = a=1\n--referer http://r/\n')
    (folder / "stdin.txt").write_text("from standard\ninput\n")


def normalised(requests):
    out = []
    for method, target, headers, body in requests:
        boundaries = set()
        for name, value in headers:
            if name == "content-type" and (found := re.search(r"boundary=(-*[0-9a-f]+)$", value)):
                boundaries.add(found[1])
        boundaries |= {found.decode() for found in re.findall(rb"boundary=(-*[0-9a-f]+)", body)}
        named = {}
        for name, value in headers:
            for boundary in boundaries:
                value = value.replace(boundary, "BOUNDARY")
            if name == "user-agent":
                value = re.sub(r"^curl/[0-9.]+$", "curl/", value)
            if "AWS4-HMAC-SHA256" in value:
                value = re.sub(r"/\d{8}/", "/DATE/", value.split(", SignedHeaders")[0])
            if name == "x-amz-date":
                value = "DATE"
            named.setdefault(name, []).append(value)
        for boundary in boundaries:
            body = body.replace(boundary.encode(), b"BOUNDARY")
        out.append((method, target, named, body))
    return out


def run(command, folder, listener):
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ONDOGRAPH_HOME": str(folder / "home")}
    listener.take()
    with open(folder / "stdin.txt", "rb") as stdin:
        done = subprocess.run(command, cwd=folder, env=environment, stdin=stdin, capture_output=True, timeout=30)
    return done, normalised(listener.take())


def judged(pasted, bash, folder, listener, other):
    base = f"127.0.0.1:{listener.port}"
    fill = lambda text: text.replace("BASE", "http://" + base).replace("AUTHORITY", base).replace("OTHER", f"http://127.0.0.1:{other.port}")
    other.take()
    theirs, expected = run(["bash", "-c", fill(bash)], folder, listener)
    expected_other = normalised(other.take())
    ours, got = run([program, "request", "--curl", fill(pasted)], folder, listener)
    got_other = normalised(other.take())
    said = ours.stderr.decode(errors="replace").strip()
    if expected == got and expected_other == got_other:
        if not expected and ours.returncode == 0:
            return "curl sends nothing and fails; ours ends with 0"
        return None
    return f"curl ({theirs.returncode}): {expected} {expected_other}\n  ours ({ours.returncode}): {got} {got_other}\n  {said[:400]}"


def main():
    lines = list(curl_lines.written()) + [(line, line) for line in curl_lines.made()]
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    lines = [pair for pair in lines if wanted in pair[0]]
    with tempfile.TemporaryDirectory() as top:
        folders = []
        for i in range(4):
            folder = pathlib.Path(top) / str(i)
            folder.mkdir()
            prepare(folder)
            folders.append((folder, Listener(), Listener()))

        def share(i):
            folder, listener, other = folders[i]
            results = []
            for pasted, bash in lines[i::len(folders)]:
                try:
                    results.append((pasted, judged(pasted, bash, folder, listener, other)))
                except (subprocess.TimeoutExpired, UnicodeError) as error:
                    results.append((pasted, repr(error)))
            return results

        with concurrent.futures.ThreadPoolExecutor() as pool:
            for results in pool.map(share, range(len(folders))):
                for name, problem in results:
                    tell(name, problem)
    if not wanted:
        known_options()
        code_judge.run(program, tell)
    return 1 if failures else 0


def known_options():
    """Each option of the installed curl is known: it is read, or named as ignored."""
    text = subprocess.run(["curl", "--help", "all"], capture_output=True, text=True).stdout
    unknown = []
    for letter, name, value in re.findall(r"^\s*(?:-(.), )?\s*--([a-z0-9.-]+)(?: (\S))?", text, re.M):
        words = [f"--{name}"] + (["1"] if value in "<[" and value else [])
        done = subprocess.run([program, "request", "--dry-run", "--curl", "curl " + " ".join(words) + " http://127.0.0.1:9/"], capture_output=True, text=True)
        if "has no option" in done.stderr or "needs a value" in done.stderr or "names no URL" in done.stderr and name not in ("next",):
            unknown.append(name)
    tell("every option of curl --help all is known", f"unknown: {unknown}" if unknown else None)


sys.exit(main())
