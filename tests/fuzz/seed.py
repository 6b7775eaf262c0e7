#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""seed.py PROGRAM FOLDER: writes the bodies of all recorded answers into FOLDER, in the form that PROGRAM takes."""
import json
import pathlib
import sys


def bodies(case):
    exchanges = case.get("exchanges") or [case]
    for exchange in exchanges:
        body = exchange.get("answer", {}).get("body", "")
        yield "".join(body) if isinstance(body, list) else body


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    root = pathlib.Path(__file__).resolve().parent.parent / "dialects"
    manifests = root.parent.parent / "connectors"
    order = sorted(
        (json.loads((manifests / path.name / "connector.json").read_text()).get("order", 0), path.name)
        for path in root.iterdir()
        if path.is_dir()
    )
    for index, (_, dialect) in enumerate(order):
        for file in sorted((root / dialect).glob("*.json")):
            for number, case in enumerate(json.loads(file.read_text())["cases"]):
                texts = [text.encode("utf-8", "surrogatepass") for text in bodies(case)]
                name = folder / f"seed-{dialect}-{file.stem}-{number}"
                if program == "fuzz_json":
                    name.write_bytes(b"".join(texts))
                else:
                    name.write_bytes(bytes([index]) + b"\0".join(texts))


main()
