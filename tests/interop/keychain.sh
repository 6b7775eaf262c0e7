#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# keychain.sh PROGRAM: GNOME's keyring, unlocked on a message bus of its own, keeps the passwords of connections; and what
# the program says where there is none. Without more arguments it starts that bus and runs itself on it.
set -u
program=${1:?usage: keychain.sh PROGRAM}
if [ "${2:-}" != inside ]; then
    home=$(mktemp -d)
    trap 'rm -rf "$home"' EXIT
    mkdir -p "$home/run" "$home/data" && chmod 700 "$home/run"
    env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" \
        XDG_CACHE_HOME="$home/cache" XDG_CONFIG_HOME="$home/config" ONDOGRAPH_HOME="$home/ondograph" TMPDIR="$home" \
        dbus-run-session -- "$0" "$program" inside
    exit
fi

failed=0
secret='keychain/Geheim 密码+%&é'
check() { # name, expected, actual; "~" before the expected text: it is a pattern of grep -E
    local ok=1
    case $2 in
    "~"*) printf '%s' "$3" | grep -qE -- "${2#\~}" && ok=0 ;;
    *) [ "$2" = "$3" ] && ok=0 ;;
    esac
    if [ $ok = 0 ]; then
        echo "ok: $1"
    else
        failed=$((failed + 1))
        printf 'FAIL: %s\n  expected %s\n  got      %s\n' "$1" "$2" "$3"
    fi
}
leaks() { grep -rlF --exclude=password -e "$secret" -e root_tsdb "$HOME"; }
run() { "$program" "$@" > "$HOME/out" 2> "$HOME/err"; code=$?; }
stored() { python3 - "$1" << 'PYTHON'
import subprocess, sys
out = subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
    "--method", "org.freedesktop.Secret.Service.SearchItems", "{'user': '%s'}" % sys.argv[1]], capture_output=True, text=True).stdout
print(out.count("/org/freedesktop/secrets/collection/"))
PYTHON
}

# Without a keychain: the bus knows how to start one, so that is looked at with no bus at all.
without() { env DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent "$program" "$@" > "$HOME/out" 2> "$HOME/err"; code=$?; }
printf '%s\n' "$secret" > "$HOME/password"
without connections add lost 'lindorm://root@127.0.0.1:1/db' --password-stdin < "$HOME/password"
check 'no keychain: exit code' 2 "$code"
check 'no keychain: said' '~keychain' "$(cat "$HOME/err")"
check 'no keychain: nothing was saved' 0 "$(find "$ONDOGRAPH_HOME" -name '*.json' 2> /dev/null | wc -l)"

printf 'unlocks' | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1
"$program" sandbox > "$HOME/sandbox.json" 2> /dev/null &
sandbox=$!
trap 'kill "$sandbox" 2> /dev/null; wait "$sandbox" 2> /dev/null' EXIT
for _ in $(seq 100); do
    [ -s "$HOME/sandbox.json" ] && break
    sleep 0.1
done
host=$(sed -n 's/.*"lindorm":{"url":"http:\/\/\([^"]*\)".*/\1/p' "$HOME/sandbox.json")
[ -n "$host" ] || { echo "FAIL: the sandbox did not start"; exit 1; }

printf 'root_tsdb\n' > "$HOME/password"
run connections add plant "lindorm://root@$host/power" --password-stdin < "$HOME/password"
check 'add: exit code' 0 "$code"
check 'add: the file says where the secret is' '~"\$\{keychain\}"' "$(cat "$ONDOGRAPH_HOME/connections/plant.json")"
check 'add: the keyring has it' 1 "$(stored plant/password)"
run query -c plant --trace --stats 'select count(ts) from meters'
check 'query: exit code' 0 "$code"
check 'query: traced without secrets' '~Authorization: .*\*\*\*' "$(cat "$HOME/err")"
check 'query: nowhere in plain text' '' "$(leaks)"
run connections test plant
check 'test: exit code' 0 "$code"
run connections export plant
check 'export: the reference only' '~keychain' "$(cat "$HOME/out")"
cp "$HOME/out" "$HOME/exported.json"

printf '%s\n' "$secret" > "$HOME/password"
run connections secret plant --password-stdin < "$HOME/password"
check 'another secret: exit code' 0 "$code"
run query -c plant --trace 'select 1'
check 'another secret, which is wrong: exit code' 4 "$code"
check 'another secret: nowhere in plain text' '' "$(leaks)"
check 'another secret: in the place of the first' 1 "$(stored plant/password)"
printf 'root_tsdb\n' | "$program" query -c plant --password-stdin 'select 1' > /dev/null 2>&1
check 'what is given for a run wins' 0 "$?"

ONDOGRAPH_HOME="$HOME/other" "$program" connections import "$HOME/exported.json"
ONDOGRAPH_HOME="$HOME/other" "$program" query -c plant 'select 1' > "$HOME/out" 2> "$HOME/err"
check 'another home: no secret of the same name' 2 "$?"
check 'another home: says what to do' '~connections secret' "$(cat "$HOME/err")"
run connections import "$HOME/exported.json" --replace
run query -c plant 'select 1'
check 'a file in the place of a connection does not get its secret' 2 "$code"

printf 'root_tsdb\n' | "$program" connections secret plant --password-stdin
run connections remove plant
check 'remove: exit code' 0 "$code"
check 'remove: gone from the keyring' 0 "$(stored plant/password)"
exit "$failed"
