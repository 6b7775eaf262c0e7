#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tdengine.sh PROGRAM: curl with the command lines of TDengine's REST documentation, and the npm package @tdengine/rest,
# against the sandbox. npm fetches the package into the build folder the first time.
set -u
program=$1
work=build/interop
failed=0
mkdir -p "$work"
home=$(mktemp -d)
listening="$home/sandbox.json"
ONDOGRAPH_HOME="$home/home" "$program" sandbox > "$listening" 2> "$home/sandbox.log" &
sandbox=$!
trap 'kill "$sandbox" 2> /dev/null; wait "$sandbox" 2> /dev/null; rm -rf "$home"' EXIT
for _ in $(seq 100); do
    [ -s "$listening" ] && break
    kill -0 "$sandbox" 2> /dev/null || break
    sleep 0.1
done
base=$(sed -n 's/.*"tdengine":{"url":"\([^"]*\)".*/\1/p' "$listening")
[ -n "$base" ] || { echo "interop: the sandbox did not start" >&2; cat "$home/sandbox.log" >&2; exit 1; }
address=${base#http://}

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

basic='Authorization: Basic cm9vdDp0YW9zZGF0YQ=='
token='/KfeAzX/f9na8qdtNZmtONryp201ma04bEl8LcvLUd7a8qdtNZmtONryp201ma04'
rows='{"code":0,"column_meta":[["ts","TIMESTAMP",8],["current","FLOAT",4],["voltage","INT",4],["phase","FLOAT",4]],"data":[["2022-07-30T06:44:40.320Z",10.3,219,0.31],["2022-07-30T06:44:41.320Z",12.6,218,0.33]],"rows":2}'

check 'databases' '~^\{"code":0,"column_meta":\[\["name","VARCHAR",64\],\["ntables","BIGINT",8\],\["status","VARCHAR",10\]\],"data":\[\["information_schema",[0-9]+,"ready"\],\["performance_schema",[0-9]+,"ready"\]' \
    "$(curl -sL -H "$basic" -d "select name, ntables, status from information_schema.ins_databases;" "$address/rest/sql")"
check 'log-in' "{\"code\":0,\"desc\":\"$token\"}" "$(curl -s "http://$address/rest/login/root/taosdata")"
check 'query by password' "$rows" "$(curl -sL -H "$basic" -d "select * from demo.d1001" "$address/rest/sql")"
check 'query by token' "$rows" "$(curl -sL -H "Authorization: Taosd $token" -d "select * from demo.d1001" "$address/rest/sql")"
fetched=$(curl -s "http://$address/rest/login/root/taosdata" | sed 's/.*"desc":"\([^"]*\)".*/\1/')
check 'query by the token just fetched' "$rows" "$(curl -sL -H "Authorization: Taosd $fetched" -d "select * from demo.d1001" "$address/rest/sql")"
check 'user:password, database in the path' "$rows" "$(curl -sL -u root:taosdata -d "select * from d1001" "$address/rest/sql/demo")"
check 'compressed' "$rows" "$(curl -sL --compressed -u root:taosdata -d "select * from d1001" "$address/rest/sql/demo")"
check 'zone, request id, rows with meta' '~"data":\[\{"ts":"2022-07-30T02:44:40.320-04:00","current":10.3,' \
    "$(curl -sL -u root:taosdata -d "select * from d1001" "$address/rest/sql/demo?tz=America/New_York&req_id=17&row_with_meta=true")"
check 'create a database' '{"code":0,"column_meta":[["affected_rows","INT",4]],"data":[[0]],"rows":1}' \
    "$(curl -sL -H "$basic" -d "create database interop" "$address/rest/sql")"
check 'again, by token' '~"code":897,' "$(curl -sL -H "Authorization: Taosd $token" -d "create database interop" "$address/rest/sql")"
curl -sL -H "$basic" -d "create table t(ts timestamp,c1 varbinary(20),c2 geometry(100))" "$address/rest/sql/interop" > /dev/null
check 'insert with rows with meta' '~"data":\[\{"affected_rows":1\}\],"rows":1' \
    "$(curl -sL -H "$basic" -d "insert into t values(now,'\\x7f8290','point(100 100)')" "$address/rest/sql/interop?row_with_meta=true")"
check 'binary and geometry' '~\["c1","VARBINARY",20\],\["c2","GEOMETRY",100\]\],"data":\[\["[0-9T:.-]+Z","7f8290","010100000000000000000059400000000000005940"\]\],"rows":1\}$' \
    "$(curl -s --location "http://$address/rest/sql" --header 'Content-Type: text/plain' --header "$basic" --data 'select * from interop.t')"
check 'syntax error' '~^\{"code":9728,"desc":"syntax error near \\"1\\"' "$(curl -sL -H "$basic" -d "select * from demo.d1001 limit 2 1" "$address/rest/sql")"
check 'no log-in' '401' "$(curl -s -o /dev/null -w '%{http_code}' -d "select 1" "$address/rest/sql")"
check 'no such interface' '404' "$(curl -s -o /dev/null -w '%{http_code}' -u root:taosdata -d "select 1" "$address/rest/sqlutc")"
check 'database without a name' '~"code":9750,"desc":"Database not specified"' "$(curl -sL -H "$basic" -d "select * from d1001" "$address/rest/sql")"

if [ ! -d "$work/node_modules/@tdengine/rest" ]; then
    printf '{"private":true}\n' > "$work/package.json"
    npm install --prefix "$work" --no-audit --no-fund --silent @tdengine/rest@3.0.3 > "$work/npm.log" 2>&1 || cat "$work/npm.log" >&2
fi
cp tests/interop/tdengine-rest.js "$work/tdengine-rest.js"
node "$work/tdengine-rest.js" "$base" > "$work/node.log" 2>&1
status=$?
sed 's/^ok[: ]*/ok: /; s/^FAIL[: ]*/FAIL: /' "$work/node.log"
failed=$((failed + $(grep -c '^FAIL' "$work/node.log")))
if [ $status != 0 ] && ! grep -q '^FAIL' "$work/node.log"; then
    echo 'FAIL: @tdengine/rest ended with an error'
    failed=$((failed + 1))
fi
exit "$failed"

