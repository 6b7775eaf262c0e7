#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# curl.sh PROGRAM: the installed curl as the judge of command lines: what "request --curl" sends has to be what curl sends
# to the same loopback listener; and generated code is run against a loopback echo. Also: every option that
# "curl --help all" prints is known.
exec python3 "$(dirname "$0")/curl_judge.py" "$1"
