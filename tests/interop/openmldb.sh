#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# curl with the command lines of OpenMLDB's REST documentation against the sandbox, Python's json as the judge of what
# comes, and the program's own rows beside it. Usage: openmldb.sh PROGRAM. The exit code is the number of failures.
set -u
program=${1:?usage: openmldb.sh PROGRAM}
home=$(mktemp -d)
export ONDOGRAPH_HOME="$home/home"
failed=0

"$program" sandbox > "$home/sandbox.json" 2> "$home/sandbox.log" &
sandbox=$!
trap 'kill "$sandbox" 2> /dev/null; wait "$sandbox" 2> /dev/null; rm -rf "$home"' EXIT
for _ in $(seq 100); do
    [ -s "$home/sandbox.json" ] && break
    kill -0 "$sandbox" 2> /dev/null || break
    sleep 0.1
done
base=$(sed -n 's/.*"openmldb":{"url":"\([^"]*\)".*/\1/p' "$home/sandbox.json")
[ -n "$base" ] || { echo "FAIL: the sandbox did not start"; cat "$home/sandbox.log"; exit 1; }
url="openmldb://${base#http://}"

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

# Whether a document is what the expression says of it: d is the document. Strict: NaN and Infinity are refused.
strict() {
    python3 -c '
import json, sys
def refuse(word):
    raise ValueError(word)
d = json.load(sys.stdin, parse_constant=refuse)
print("true" if eval(sys.argv[1]) else "false: " + json.dumps(d))' "$1"
}
lax() { python3 -c 'import json, math, sys; d = json.load(sys.stdin); print("true" if eval(sys.argv[1]) else "false: " + json.dumps(d))' "$1"; }
ok='{"code":0,"msg":"ok"}'

check 'put a row' "$ok" "$(curl -s "$base/dbs/db/tables/trans" -X PUT -d '{
"value": [
["bb",24,34,1.5,2.5,1590738994000,"2020-05-05"]
]}')"
check 'the row is there' true "$(curl -s "$base/dbs/db" -X POST -d '{"mode":"online","sql":"select * from trans where c1 = '\''bb'\''"}' \
    | strict 'd == {"code":0,"msg":"ok","data":{"schema":["String","Int32","Int64","Float","Double","Timestamp","Date"],"data":[["bb",24,34,1.5,2.5,1590738994000,"2020-5-5"]]}}')"
check 'a deployment, array form' '{"code":0,"msg":"ok","data":{"data":[["aaa",11,22]]}}' \
    "$(curl -s "$base/dbs/demo_db/deployments/demo_data_service" -X POST -d'{
"input": [["aaa", 11, 22, 1.2, 1.3, 1635247427000, "2021-05-20"]]
}')"
check 'a deployment, object form' '{"code":0,"msg":"ok","data":{"data":[{"c1":"aaa","c2":11,"w1_c3_sum":22}]}}' \
    "$(curl -s "$base/dbs/demo_db/deployments/demo_data_service" -X POST -d'{"input": [{"c1":"aaa", "c2":11, "c3":22, "c4":1.2, "c5":1.3, "c6":1635247427000, "c7":"2021-05-20", "foo":"bar"}]}')"
check 'a deployment with its schema' true "$(curl -s "$base/dbs/demo_db/deployments/demo_data_service" -X POST \
    -d'{"input": [["aaa", 11, 22, 1.2, 1.3, 1635247427000, "2021-05-20"]], "need_schema": true}' \
    | strict '[c["name"] + " " + c["type"] for c in d["data"]["schema"]] == ["c1 string", "c2 int32", "w1_c3_sum int64"]')"
check 'a query' true "$(curl -s "$base/dbs/demo_db" -X POST -d '{"mode": "online", "sql": "select 1"}' \
    | strict 'd == {"code":0,"msg":"ok","data":{"schema":["Int32"],"data":[[1]]}}')"
check 'a query with parameters' true "$(curl -s "$base/dbs/demo_db" -X POST -d '{
"mode": "online",
"sql": "SELECT c1, c2, c3 FROM demo WHERE c1 = ? AND c2 = ?",
"input": {
"schema": ["Int32", "String"],
"data": [1, "aaa"]
}
}' | strict 'd["data"]["schema"] == ["Int32","String","Float"] and [r[:2] + [round(r[2], 5)] for r in d["data"]["data"]] == [[1,"aaa",1.2],[1,"aaa",3.4]]')"
check 'a deployment described' true "$(curl -s "$base/dbs/demo_db/deployments/demo_data_service" \
    | strict 'list(d["data"]) == ["name","procedure","input_schema","input_common_cols","output_schema","output_common_cols","dbs","tables"] and len(d["data"]["input_schema"]) == 7')"
check 'databases' true "$(curl -s "$base/dbs" | strict 'd["code"] == 0 and {"db","demo_db","market","power"} <= set(d["dbs"])')"
check 'tables' true "$(curl -s "$base/dbs/demo_db/tables" \
    | strict 'sorted(t["name"] for t in d["tables"]) == ["demo","demo_table1"] and {"name","table_partition_size","tid","partition_num","replica_num","column_desc","column_key","added_column_desc","db","partition_key","schema_versions"} <= set(d["tables"][0])')"
check 'refresh' "$ok" "$(curl -s "$base/refresh" -X POST)"

nan='{"mode":"online","sql":"select 0.0/0 as a, 1/0 as b, -1/0 as c, 1.5 as d"'
check 'bare words' true "$(curl -s "$base/dbs/db" -d "$nan}" | lax 'math.isnan(d["data"]["data"][0][0]) and d["data"]["data"][0][1:] == [math.inf, -math.inf, 1.5]')"
check 'null in their place' true "$(curl -s "$base/dbs/db" -d "$nan,\"write_nan_and_inf_null\":true}" | strict 'd["data"]["data"] == [[None, None, None, 1.5]]')"
check 'bare words are taken' "$ok" "$(curl -s "$base/dbs/db/tables/trans" -X PUT -d '{"value": [["nn",1,2,NaN,-Inf,0,null]]}')"
check 'errors at 200' '200 {"code":-1,"msg":"Invalid mode offline"}' \
    "$(curl -s -w '%{http_code} ' -o "$home/body" "$base/dbs/db" -d '{"mode":"offline","sql":"select 1"}'; cat "$home/body")"
check 'a syntax error' true "$(curl -s "$base/dbs/db" -d '{"mode":"online","sql":"selec 1"}' | strict 'd["code"] == 1001 and d["msg"].startswith("Syntax error")')"
check 'a verb that is used nowhere' '{"code":-1,"msg":"unsupported method"}' "$(curl -s -X DELETE "$base/dbs/db")"
check 'a path that there is not' '{"code":-1,"msg":"no match method"}' "$(curl -s "$base/nothing")"
check 'a percent sign' '{"code":-1,"msg":"invalid url"}' "$(curl -s "$base/dbs/a%20b/tables")"
check 'two rows' '{"code":-1,"msg":"Invalid value in body, only support to put one row"}' "$(curl -s -X PUT "$base/dbs/db/tables/trans" -d '{"value":[[1],[2]]}')"

# The program and Python read the same rows.
sql='SELECT name, groupid, ts, current, voltage, phase FROM power.meters WHERE voltage > 224'
curl -s "$base/dbs/power" -d "{\"mode\":\"online\",\"sql\":\"$sql\"}" | python3 -c '
import json, struct, sys
from datetime import datetime, timezone
def single(value):
    return struct.unpack("f", struct.pack("f", value))[0]
for name, group, ts, current, voltage, phase in json.load(sys.stdin)["data"]["data"]:
    time = datetime.fromtimestamp(ts / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (ts % 1000)
    print(json.dumps([name, group, time, single(current), voltage, single(phase)]))' > "$home/theirs"
"$program" query --url "$url/power" --format ndjson "$sql" | python3 -c '
import json, struct, sys
for line in sys.stdin:
    row = json.loads(line)
    assert list(row) == ["name", "groupid", "ts", "current", "voltage", "phase"]
    print(json.dumps([struct.unpack("f", struct.pack("f", v))[0] if isinstance(v, float) else v for v in row.values()]))' > "$home/ours"
check 'there are rows' '~^[1-9][0-9]+$' "$(wc -l < "$home/ours" | tr -d ' ')"
check 'the same rows' '' "$(diff "$home/theirs" "$home/ours" | head -4)"
check 'names of all columns' 'c1,c2,c3,c4,c5,c6,c7' "$("$program" query --url "$url/demo_db" --format csv 'SELECT * FROM demo_table1' | head -n 1)"
check 'parameters by type' "c1
bb
bb" "$("$program" query --url "$url/demo_db" --format csv --param 1=15 --param 2:DATE=2021-05-01 'SELECT c1 FROM demo_table1 WHERE c2 >= ? AND c7 = ? AND c1 <> '"'cc'")"
check 'a deployment as a statement' '{"c1":"aaa","c2":11,"w1_c3_sum":22}' "$("$program" query --url "$url/demo_db" --format ndjson 'POST /dbs/demo_db/deployments/demo_data_service

{"input": [["aaa", 11, 22, 1.2, 1.3, 1635247427000, "2021-05-20"]], "need_schema": true}')"
check 'a put row as a statement' '~^1 row' "$("$program" query --url "$url/db" 'PUT /dbs/db/tables/trans

{"value":[["cc",1,2,3,4,5,"2021-01-01"]]}' 2>&1)"
check 'the catalogue' '~^demo_db/demo_data_service,deployment,' "$("$program" catalog --url "$url" --format csv demo_db | tail -n 1)"
for word in exit 'QUIT;' '/* now */ Exit' 'select 1; quit'; do
    "$program" query --url "$url/demo_db" "$word" > /dev/null 2>&1
    check "never sent: $word" 2 "$?"
done
check 'and the server is still there' '~"code":0' "$(curl -s "$base/dbs")"
exit "$failed"
