# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated code against a loopback echo: cURL, Python and Node are run; C++ is compiled against Qt, Java where there is
a compiler. The other forms are checked as texts by the unit tests."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from listener import Listener

CASES = [
    "curl 'BASE/a?b=c&d=%20'",
    "curl BASE/post -d 'a=1&b=2'",
    "curl BASE/json --json '{\"sql\": \"select \\\"x\\\" from t where a = '\\''é 温度'\\''\"}'",
    "curl -X PUT BASE/put -H 'X-Quote: \"it'\\''s\" \\ $HOME %PATH%' --data-binary $'two\\nlines\\ttab\\\\'",
    "curl -X DELETE BASE/delete -H 'Authorization: Bearer s3cr3t-token-value'",
    "curl BASE/bytes --data-binary @bytes.bin -H 'Content-Type: application/octet-stream'",
    "curl -u user:pass-word BASE/login -H 'X-Empty;'",
    "curl BASE/form -F a=b -F 'c=two words'",
    "curl 'BASE/secret?token=s3cr3t-in-url&x=1' -H 'X-A: 1' -H 'X-A: 2'",
    "curl -I BASE/head",
]
SECRETS = {"SECRET_AUTHORIZATION": "Bearer s3cr3t-token-value", "SECRET_1": "s3cr3t-in-url"}


def written(program, case, form, folder, shows=True):
    command = [program, "request", "--as", form, "--curl", case] + (["--show-secrets"] if shows else [])
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()


def unbounded(request):
    """Without the boundary of a multipart, which is another each time."""
    method, target, headers, body = request
    found = re.findall(rb"-{24}[0-9a-f]{16}", body)
    for boundary in found:
        body = body.replace(boundary, b"BOUNDARY")
    return method, target, [(name, re.sub(r"-{24}[0-9a-f]{16}", "BOUNDARY", value)) for name, value in headers], body


def differences(expected, got):
    expected, got = unbounded(expected), [unbounded(request) for request in got]
    if len(got) != 1:
        return f"{len(got)} requests"
    method, target, headers, body = expected
    problems = []
    if (method, target) != got[0][:2]:
        problems.append(f"{got[0][:2]} for {(method, target)}")
    if body != got[0][3]:
        problems.append(f"body {got[0][3][:200]!r} for {body[:200]!r}")
    for name in {name for name, _ in headers} - {"host", "accept-encoding", "content-length"}:
        wanted = ", ".join(value for other, value in headers if other == name)
        seen = ", ".join(value for other, value in got[0][2] if other == name)
        if wanted != seen:
            problems.append(f"{name}: {seen!r} for {wanted!r}")
    return "; ".join(problems)


def run(program, tell):
    listener = Listener()
    base = f"http://127.0.0.1:{listener.port}"
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        (folder / "bytes.bin").write_bytes(bytes(range(256)))
        for case in CASES:
            filled = case.replace("BASE", base)
            listener.take()
            subprocess.run([program, "request", "--curl", filled], cwd=folder, capture_output=True, check=True)
            expected = listener.take()[0]
            for form, command in (("curl", ["bash"]), ("python", ["python3", "-"]), ("node", ["node", "-"]), ("javascript", ["node", "--input-type=module", "-"])):
                for shows in (True, False):
                    text = written(program, filled, form, folder, shows)
                    secrets = dict(SECRETS)
                    if "user:" in case:
                        secrets["SECRET_AUTHORIZATION"] = "Basic dXNlcjpwYXNzLXdvcmQ="
                    if not shows and any(secret in text for secret in ("s3cr3t", "dXNlcjpwYXNzLXdvcmQ", "pass-word")):
                        tell(f"{form} hides the secrets of {case}", text)
                        continue
                    done = subprocess.run(command, input=text.encode(), cwd=folder, capture_output=True, env={**os.environ, **secrets}, timeout=30)
                    problem = differences(expected, listener.take())
                    tell(f"{form} {'with' if shows else 'without'} secrets: {case}", (problem + "\n" + done.stderr.decode()[-600:]) if problem else None)
            for form in ("powershell", "cmd", "http"):
                again_of(program, tell, listener, folder, filled, form, expected)
        compiled(program, tell, folder, base)
    listener.close()


def again_of(program, tell, listener, folder, case, form, expected):
    """What is written in a form is read back by the program and sent."""
    text = written(program, case, form, folder)
    (folder / "body.bin").write_bytes(bytes(range(256)) if "bytes" in case else expected[3])
    if form == "http":
        (folder / "again.http").write_text(text)
        command = [program, "request", "again.http"]
    else:
        lines = [line for line in text.splitlines(keepends=True) if not line.startswith(("rem ", "# "))]
        command = [program, "request", "--curl", "".join(lines)]
    done = subprocess.run(command, cwd=folder, capture_output=True)
    problem = differences(expected, listener.take())
    tell(f"{form} read back: {case}", (problem + "\n" + done.stderr.decode()[-600:] + text) if problem else None)


def compiled(program, tell, folder, base):
    flags = subprocess.run(["pkg-config", "--cflags", "Qt6Core", "Qt6Network"], capture_output=True, text=True).stdout.split()
    if not flags:
        include = "/usr/include/" + subprocess.run(["gcc", "-print-multiarch"], capture_output=True, text=True).stdout.strip() + "/qt6"
        flags = [f"-I{include}", f"-I{include}/QtCore", f"-I{include}/QtNetwork", "-DQT_NETWORK_LIB"]
    for case in (CASES[2], CASES[5], CASES[8]):
        filled = case.replace("BASE", base)
        (folder / "request.cpp").write_text(written(program, filled, "cpp", folder, False))
        done = subprocess.run(["g++", "-std=c++17", "-fPIC", "-fsyntax-only", *flags, "request.cpp"], cwd=folder, capture_output=True, text=True)
        tell(f"cpp compiles: {case}", done.stderr[-1500:] if done.returncode else None)
        if shutil.which("javac"):
            (folder / "Request.java").write_text(written(program, filled, "java", folder, False))
            done = subprocess.run(["javac", "-encoding", "UTF-8", "-d", "out", "Request.java"], cwd=folder, capture_output=True, text=True)
            tell(f"java compiles: {case}", done.stderr[-1500:] if done.returncode else None)
