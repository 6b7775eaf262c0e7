# SPDX-License-Identifier: GPL-3.0-or-later
"""Command lines of curl: those of curl_lines.txt, and each way of writing options in each kind of quotes."""
import itertools
import pathlib


def written():
    """Pairs of a command line as pasted, and the same for bash. Blocks are parted by lines of %%; a block of another
    shell names it first and ends with the same line for bash behind "=== bash"."""
    text = (pathlib.Path(__file__).parent / "curl_lines.txt").read_text()
    for block in text.split("\n%%\n"):
        block = block.strip("\n")
        if not block or block.startswith("%#"):
            continue
        if block.startswith("=== "):
            pasted, _, bash = block.split("\n", 1)[1].partition("\n=== bash\n")
            yield pasted, bash
        else:
            yield block, block


def single(text):
    return "'" + text.replace("'", "'\\''") + "'"


def double(text):
    for character in '\\"$`':
        text = text.replace(character, "\\" + character)
    return '"' + text + '"'


def ansi(text):
    out = ""
    for character in text:
        if character in "\\'":
            out += "\\" + character
        elif character == "\n":
            out += "\\n"
        elif ord(character) > 126 or ord(character) < 32 or character == "!":
            out += "\\u%04x" % ord(character) if ord(character) < 0x10000 else "\\U%08x" % ord(character)
        else:
            out += character
    return "$'" + out + "'"


BODIES = ['a=1&b=2', '{"sql": "select * from t where a = \'x\'"}', '', 'two\nlines\n', 'é ü 温度', '100%', '@data.txt', '&', 'a b+c',
    '<?xml version="1.0"?><a b="c"/>', '$HOME `id` !', '\\n \\\\', '{"a":{"b":[1,2,{"c":null}]}}']
DATA = ["-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--json", "--data-ascii"]
HEADERS = ['Accept: application/json', 'Content-Type: text/plain;charset=UTF-8', 'X-Empty;', 'Accept:', 'User-Agent:', 'Host: example.com', 'X-Spaces:    padded  ',
    'Authorization: Basic cm9vdDp0YW9zZGF0YQ==', 'Cookie: a=b; c="d"', 'X-Quote: "it\'s"', 'X-Colon: a:b:c', 'content-type:application/x-ndjson', '@headers.txt', 'Expect:',
    'X-Unicode: 温度', 'Accept-Encoding: identity', 'Host:', 'X-Nothing', 'Referer: http://a/?b=c']
TARGETS = ['/', '', '/a/b?c=d&e=f', '/a%20b/%E6%B8%A9', '/a/../b/./c', '/a?x={1}', '/?q=100%', "/it's", '/a;b=c', '/~user/(x)', '/p@th', '?only=query', '/a#fragment', '/%zz', '//double', '/a\\b', '/x?y=a|b^c`',
    '/x?u=http://h/?a=b', '/..', '/a/..', '/温度?q=é']
METHODS = ["-X GET", "-XPOST", "--request PUT", "-X DELETE", "-X PATCH", "-X 'OPTIONS'", "-X report", "-I", "-X POST -L", "--head", "-G", "--get"]


def made():
    for (i, body), option in itertools.product(enumerate(BODIES), DATA):
        quote = (single, double, ansi)[i % 3]
        yield f"curl {option} {quote(body)} BASE/data"
    for (i, header), quote in itertools.product(enumerate(HEADERS), (single, double)):
        data = ["", " -d x=1"][i % 2] if quote is single else ["", " -d x=1"][(i + 1) % 2]
        yield f"curl -H {quote(header)}{data} BASE/header"
    for target in TARGETS:
        yield f"curl -g {single('BASE' + target)}"
        yield f"curl --globoff --path-as-is {double('BASE' + target)} -d a"
    for method, data in itertools.product(METHODS, ["", "-d ''", "--data 'a=b&c'", "-F a=b"]):
        yield f"curl {method} {data} BASE/method"
    for option in ["301", "302", "303", "307", "308"]:
        for extra in ["", "-d a=b", "-X POST -d a=b", "-T data.txt", "-I", "--post301 -d a", "--post302 -d a", "--post303 -d a", "-F a=b", "-u u:p", "-H 'Authorization: x' --json '{}'", "--max-redirs 0"]:
            yield f"curl -L {extra} 'BASE/redirect/{option}?to=/end'"
