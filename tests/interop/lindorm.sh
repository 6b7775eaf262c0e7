#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lindorm.sh PROGRAM: curl with the command lines of Lindorm's HTTP documentation against the sandbox; its answers read
# by Python's json, which has to see the rows that the program prints.
set -u
program=$1
failed=0
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
base=$(sed -n 's/.*"lindorm":{"url":"\([^"]*\)".*/\1/p' "$listening")
[ -n "$base" ] || { echo "interop: the sandbox did not start" >&2; cat "$home/sandbox.log" >&2; exit 1; }
sql="$base/api/v2/sql"

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
status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
ours() { # database, statement: the rows as ndjson of arrays
    ONDOGRAPH_HOME="$home/home" PASSWORD=root_tsdb "$program" query --url "lindorm://root@${base#http://}/$1?chunk_size=${3:-1000}" --password-env PASSWORD \
        --format ndjson "$2" 2> /dev/null | python3 -c 'import json, sys
for line in sys.stdin: print(json.dumps(list(json.loads(line).values()), ensure_ascii=False))'
}
theirs() { # database, statement: every block read by Python's json, times written as the program does
    curl -s -X POST -u root:root_tsdb "$sql?database=$1&chunked=true&chunk_size=${3:-1000}" --data-binary "$2" | python3 -c 'import datetime, json, sys
text, at, reader = sys.stdin.read(), 0, json.JSONDecoder()
def shown(value, kind):
    if kind != "TIMESTAMP" or value is None: return value
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=value)).isoformat(timespec="milliseconds") + "Z"
while at < len(text):
    block, at = reader.raw_decode(text, at)
    for row in block.get("rows", []): print(json.dumps([shown(v, k) for v, k in zip(row, block["metadata"])], ensure_ascii=False))'
}
same() { # name, database, statement
    local left right
    left=$(ours "$2" "$3" "${4:-1000}" | python3 -c 'import json, sys
for line in sys.stdin: print(json.dumps([float(v) if isinstance(v, int) and abs(v) < 2**53 and not isinstance(v, bool) else v for v in json.loads(line)]))' | md5sum)
    right=$(theirs "$2" "$3" "${4:-1000}" | python3 -c 'import json, sys
for line in sys.stdin: print(json.dumps([float(v) if isinstance(v, int) and abs(v) < 2**53 and not isinstance(v, bool) else v for v in json.loads(line)]))' | md5sum)
    check "$1" "$right" "$left"
}

basic='Authorization: Basic cm9vdDpyb290X3RzZGI='
rows='{"columns":["device_id","region","time","max_t"],"metadata":["VARCHAR","VARCHAR","TIMESTAMP","DOUBLE"],"rows":[["F07A1260","north-cn",1619076780000,13.2],["F07A1260","north-cn",1619076800000,10.6],["F07A1261","south-cn",1619076780000,19.7]]}'

check 'create a database' 204 "$(status -X POST -u root:root_tsdb "$sql" -d 'CREATE DATABASE DB1')"
check 'again' '~^\{"code":1007,"sqlstate":"HY000",' "$(curl -s -X POST -H "$basic" "$sql" -d 'CREATE DATABASE DB1')"
check 'create a table in the database of the URL' 204 "$(status -X POST -u root:root_tsdb "$sql?database=DB1" -d 'CREATE TABLE SENSOR (device_id VARCHAR TAG,region VARCHAR TAG,time TIMESTAMP,temperature DOUBLE,humidity DOUBLE)')"
check 'or of the name' '~"code":1050,' "$(curl -s -X POST -u root:root_tsdb "$sql" -d 'CREATE TABLE DB1.SENSOR (device_id VARCHAR TAG,region VARCHAR TAG,time TIMESTAMP,temperature DOUBLE,humidity DOUBLE)')"
check 'insert' 204 "$(status -X POST -u root:root_tsdb "$sql?database=DB1" --data-binary "insert into SENSOR (device_id, region, time, temperature, humidity) values 
('F07A1260','north-cn','2021-04-22 15:33:00',12.1,45), 
('F07A1260','north-cn','2021-04-22 15:33:10',13.2,47), 
('F07A1260','north-cn','2021-04-22 15:33:20',10.6,46), 
('F07A1261','south-cn','2021-04-22 15:33:00',18.1,44), 
('F07A1261','south-cn','2021-04-22 15:33:10',19.7,44)")"
check 'down-sampling as another user' "$rows" "$(curl -s -X POST -u tsdbuser:password "$sql?database=DB1" -d 'SELECT device_id, region, time, MAX(temperature) as max_t FROM SENSOR WHERE time >= 1619076780000 AND time <= 1619076800000 SAMPLE BY 20s')"
check 'a semicolon at the end' '~^\{"code":1064,.*at line 1, column 9' "$(curl -s -u root:root_tsdb "$sql" -d 'select 1;')"
check 'no log-in' 401 "$(status "$sql" -d 'select 1')"
check 'a wrong password' 401 "$(status -u root:root "$sql" -d 'select 1')"
check 'blocks' '~^\{"columns":\["time"\],"metadata":\["TIMESTAMP"\],"rows":\[\[1619076780000\],\[1619076790000\]\]\}\{"columns":' \
    "$(curl -s -u root:root_tsdb "$sql?database=DB1&chunked=true&chunk_size=2" -d "select time from SENSOR where device_id = 'F07A1260'")"
check 'an error behind rows' '~\]\]\}\{"code":9001,"sqlstate":"HY000","message":"/ by zero"\}$' \
    "$(curl -s -u root:root_tsdb "$sql?database=power&chunked=true" -d 'select ts, 100 / (voltage - 220) as x from meters')"
check 'line protocol' 204 "$(status -u root:root_tsdb "$base/api/v2/write?db=DB1&precision=ms" --data-binary 'wind,site=a speed=3.5,level=4i,note="x y" 1619076780000')"
check 'what it wrote' '~"rows":\[\[1619076780000,"a",3.5,4,"x y"\]\]' "$(curl -s -u root:root_tsdb "$sql?database=DB1" -d 'select * from wind')"
check 'version' '~^\{"version":"[0-9.]+ \(Ondograph sandbox\)"' "$(curl -s "$base/api/version")"
check 'health' 'OK' "$(curl -s "$base/api/health")"

same 'rows of the documentation' DB1 'select * from SENSOR'
same 'rows of the documentation, one a block' DB1 'select * from SENSOR' 1
same 'numbers at their limits' DB1 "select 9223372036854775807, -9223372036854775808, 0.1, 1e300, 5e-324, true, null, 'a\"b\\\\c 温度'"
same '43,200 rows in blocks' power "select * from meters where device_id = 'd1001'"
same 'SAMPLE BY with FILL' market "select symbol, time, first(price_open), max(price_high), sum(trading_volume) from stocks_intraday sample by 1h fill previous"
same 'no rows' DB1 'select * from SENSOR where time < 0'

ONDOGRAPH_HOME="$home/home" PASSWORD=wrong "$program" query --url "lindorm://root@${base#http://}/" --password-env PASSWORD 'select 1' > /dev/null 2>&1
check 'our exit code for a wrong password' 4 "$?"
ONDOGRAPH_HOME="$home/home" PASSWORD=root_tsdb "$program" query --url "lindorm://root@${base#http://}/" --password-env PASSWORD 'selec 1' > /dev/null 2>&1
check 'our exit code for a syntax error' 1 "$?"
exit "$failed"
