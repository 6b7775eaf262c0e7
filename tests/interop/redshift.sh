#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# redshift.sh PROGRAM: the AWS command line against the sandbox's Data API, with good and with bad keys; its rows beside
# those that the program prints; and botocore as the judge of our signatures.
set -u
program=$(readlink -f "$1")
here=$(cd "$(dirname "$0")" && pwd)
failed=0
home=$(mktemp -d)
listening="$home/sandbox.json"
export ONDOGRAPH_HOME="$home/home" HOME="$home" AWS_PAGER='' AWS_EC2_METADATA_DISABLED=true AWS_MAX_ATTEMPTS=1
unset AWS_PROFILE AWS_SESSION_TOKEN AWS_REGION
"$program" sandbox > "$listening" 2> "$home/sandbox.log" &
sandbox=$!
trap 'kill "$sandbox" 2> /dev/null; wait "$sandbox" 2> /dev/null; rm -rf "$home"' EXIT
for _ in $(seq 150); do
    [ -s "$listening" ] && break
    kill -0 "$sandbox" 2> /dev/null || break
    sleep 0.1
done
part() { python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))["redshift"]
for key in sys.argv[2:]: value = value[key]
print(value)' "$listening" "$@"; }
base=$(part url) || { echo "interop: the sandbox did not start" >&2; cat "$home/sandbox.log" >&2; exit 1; }
AWS_ACCESS_KEY_ID=$(part env AWS_ACCESS_KEY_ID)
AWS_SECRET_ACCESS_KEY=$(part env AWS_SECRET_ACCESS_KEY)
AWS_DEFAULT_REGION=$(part env AWS_DEFAULT_REGION)
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION

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
        printf 'FAIL: %s\n  expected %s\n  got      %s\n' "$1" "$2" "${3:0:600}"
    fi
}
data() { aws redshift-data --endpoint-url "$base" "$@" 2>&1; }
who=(--cluster-identifier redshift-cluster-1 --database dev --db-user awsuser)
waitFor() { # id: its last status
    local status
    for _ in $(seq 200); do
        status=$(data describe-statement --id "$1" --query Status --output text)
        case $status in FINISHED | FAILED | ABORTED) break ;; esac
        sleep 0.1
    done
    echo "$status"
}
start() { data execute-statement "${who[@]}" --sql "$1" --query Id --output text "${@:2}"; }

check 'list-databases' 'dev sample_data_dev' "$(data list-databases "${who[@]}" --query 'Databases' --output text | tr '\t' ' ')"
check 'list-schemas' 'information_schema pg_catalog public rs_lab' "$(data list-schemas "${who[@]}" --query 'Schemas' --output text | tr '\t' ' ')"
check 'list-schemas of another database' '~tickit' "$(data list-schemas --cluster-identifier redshift-cluster-1 --database sample_data_dev --connected-database dev --query 'Schemas' --output text)"
check 'list-tables' '~"name": "event"[^}]*"schema": "public"' "$(data list-tables "${who[@]}" --schema-pattern public | tr '\n' ' ')"
check 'list-tables as the document has it' 'products' "$(data list-tables --database dev --db-user admin --cluster-identifier redshift-cluster-us \
    --region us-east-1 --table-pattern "prod%" --schema-pattern "rs%" --query 'Tables[].name' --output text)"
check 'list-tables page by page' 'category event meters stocks_intraday' "$(data list-tables "${who[@]}" --schema-pattern public --page-size 1 --query 'Tables[].name' --output text | tr '\t\n' '  ' | sed 's/ *$//')"
check 'describe-table' 'eventid int4 venueid int2 catid int2 dateid int2 eventname varchar starttime timestamp' \
    "$(data describe-table "${who[@]}" --schema public --table event --query 'ColumnList[].[name,typeName]' --output text | tr '\t\n' '  ' | sed 's/ *$//')"
check 'list-databases of a workgroup' '~dev' "$(data list-databases --workgroup-name default --database dev --query Databases --output text)"

id=$(start 'SELECT * FROM "dev"."public"."event";')
check 'execute-statement' '~^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' "$id"
check 'describe-statement' 'FINISHED' "$(waitFor "$id")"
check 'get-statement-result' '200' "$(data get-statement-result --id "$id" --query TotalNumRows --output text)"
id=$(start "SELECT :n::int + 1, NULL, 1.5::numeric(8,2), true, 'x'" --parameters name=n,value=41)
waitFor "$id" > /dev/null
check 'fields' '{"longValue": 42} {"isNull": true} {"stringValue": "1.50"} {"booleanValue": true} {"stringValue": "x"}' \
    "$(data get-statement-result --id "$id" --query 'Records[0]' --output json | python3 -c 'import json, sys; print(*[json.dumps(cell) for cell in json.load(sys.stdin)])')"
id=$(start 'SELECT * FROM nope')
check 'a statement that fails' 'FAILED' "$(waitFor "$id")"
check 'its error' '~relation "nope" does not exist' "$(data describe-statement --id "$id" --query Error --output text)"
check 'an Id that nobody knows' '~ResourceNotFoundException' "$(data describe-statement --id d9b6c0c9-0747-4bf4-b142-e8883122f766)"

batch=$(data batch-execute-statement "${who[@]}" --sqls 'CREATE TABLE interop(a int)' 'INSERT INTO interop VALUES (1), (2)' 'SELECT sum(a) FROM interop' 'DROP TABLE interop' --query Id --output text)
check 'batch-execute-statement' 'FINISHED' "$(waitFor "$batch")"
check 'its parts' 'FINISHED FINISHED FINISHED FINISHED' "$(data describe-statement --id "$batch" --query 'SubStatements[].Status' --output text | tr '\t' ' ')"
check 'the result of a part' '3' "$(data get-statement-result --id "$batch:3" --query 'Records[0][0].longValue' --output text)"
check 'no result of the batch itself' '~ValidationException' "$(data get-statement-result --id "$batch")"
id=$(start 'SELECT count(*) FROM meters a, meters b WHERE a.current > b.phase')
check 'cancel-statement' 'True' "$(data cancel-statement --id "$id" --query Status --output text)"
check 'what is cancelled is aborted' 'ABORTED' "$(waitFor "$id")"
check 'cancelled twice' '~already in ABORTED state' "$(data cancel-statement --id "$id")"
check 'list-statements' '~ABORTED' "$(data list-statements --status ALL --query 'Statements[].Status' --output text)"
check 'list-statements by page' '3' "$(data list-statements --status ALL --max-items 3 --page-size 1 --query 'Statements[].Id' --output text | tr '\t' '\n' | grep -cE '^[0-9a-f-]{36}$')"

check 'wrong secret' '~InvalidSignatureException|signature' "$(AWS_SECRET_ACCESS_KEY=wrong data list-databases "${who[@]}")"
check 'unknown key' '~UnrecognizedClientException' "$(AWS_ACCESS_KEY_ID=AKIAUNKNOWN data list-databases "${who[@]}")"
check 'a token that is none' '~UnrecognizedClientException' "$(AWS_SESSION_TOKEN=token data list-databases "${who[@]}")"

# The same rows by both.
ours() { "$program" query --url "redshift://us-east-1/dev?cluster=sandbox&endpoint=$base" --format ndjson "$1" 2> "$home/ours.log" |
    python3 -c 'import json, sys
for line in sys.stdin: print(json.dumps([str(v) for v in json.loads(line).values()], ensure_ascii=False))'; }
theirs() {
    local statement
    statement=$(start "$1")
    waitFor "$statement" > /dev/null
    data get-statement-result --id "$statement" --output json | python3 -c 'import json, re, sys
def shown(cell):
    (kind, value), = cell.items()
    if kind == "isNull": return "None"
    if kind == "stringValue" and re.match(r"\d{4}-\d\d-\d\d \d\d:", value):
        return value.replace(" ", "T").replace("+00", "Z")
    return str(value)
for row in json.load(sys.stdin)["Records"]: print(json.dumps([shown(cell) for cell in row], ensure_ascii=False))'
}
same() { check "the same rows: $1" "$(theirs "$2" | md5sum)" "$(ours "$2" | md5sum)"; }
same 'event' 'SELECT * FROM event ORDER BY eventid'
same 'pages' 'SELECT name, ts, voltage FROM meters WHERE groupid = 1 ORDER BY name, ts'
same 'shares' "SELECT symbol, time, trading_volume FROM stocks_intraday WHERE time < '2025-04-02' ORDER BY symbol, time"
same 'kinds' "SELECT 9007199254740993, NULL, '', 12.50::numeric(8,2), true, getdate() > '2020-01-01', 'é', date '2024-02-29', '10:00'::time"
check 'rows were compared' '200' "$(ours 'SELECT eventid FROM event' | wc -l)"
AWS_SECRET_ACCESS_KEY=wrong "$program" query --url "redshift://us-east-1/dev?cluster=sandbox&endpoint=$base" 'SELECT 1' > "$home/out" 2>&1
check 'our exit code for wrong keys' '4' "$?"
"$program" query --url "redshift://us-east-1/dev?cluster=sandbox&endpoint=$base" 'SELECT' > "$home/out" 2>&1
check 'our exit code for wrong SQL' '1' "$?"

python3 "$here/signatures.py" "$program" > "$home/signatures" 2>&1
check 'botocore signs as we do' '~^[0-9]+ requests are signed alike$' "$(tail -n 1 "$home/signatures")"
exit "$failed"
