#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# timescale.sh PROGRAM: curl and the AWS command line against the sandbox, with good and with bad keys; and this program
# against PostgreSQL behind Python handlers, every type of its table.
set -u
program=$(readlink -f "$1")
here=$(cd "$(dirname "$0")" && pwd)
failed=0
home=$(mktemp -d)
sandbox=
handlers=
database=
cleanUp() {
    for process in $sandbox $handlers; do kill "$process" 2> /dev/null; wait "$process" 2> /dev/null; done
    [ -n "$database" ] && kill -INT "$(head -n 1 "$home/pg/data/postmaster.pid")" 2> /dev/null && wait "$database" 2> /dev/null
    rm -rf "$home"
}
trap cleanUp EXIT
export ONDOGRAPH_HOME="$home/home"

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
waitFor() { # file, process: until the file has a text
    for _ in $(seq 150); do
        [ -s "$1" ] && return
        kill -0 "$2" 2> /dev/null || return 1
        sleep 0.1
    done
    return 1
}

"$program" sandbox > "$home/sandbox.json" 2> "$home/sandbox.log" &
sandbox=$!
waitFor "$home/sandbox.json" "$sandbox" || { echo "interop: the sandbox did not start" >&2; cat "$home/sandbox.log" >&2; exit 1; }
setting() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1]))["timescale"]; print(d["url"] if sys.argv[2] == "url" else d["env"][sys.argv[2]])' "$home/sandbox.json" "$1"; }
base=$(setting url)

# curl, as the tutorial has it but for the host.
check 'curl: GET ticker' '~^\[\{"time": "2021-07-12 20:00:00", "symbol": "MSFT", "price_open": 277.31, ' "$(curl -s "$base/prod/ticker?symbol=MSFT")"
check 'curl: symbol is ignored' '~"symbol": "ALPN"' "$(curl -s "$base/prod/ticker?symbol=MSFT" | head -c 2000)"
cat > "$home/post.json" << 'JSON'
{
    "records": [
        {"time": "2021-11-12 15:00:00", "symbol": "AAPL", "price_open": 149.8, "price_close": 149.81, "price_low": 149.73, "price_high": 149.73, "trading_volume": 17291},
        {"time": "2021-11-12 15:00:00", "symbol": "FB", "price_open": 341.35, "price_close": 341.3, "price_low": 341.3, "price_high": 341.35, "trading_volume": 556}
    ]
}
JSON
check 'curl: POST insert' '200' "$(curl -s -o "$home/inserted" -w '%{http_code}' -X POST -H 'Content-Type: application/json' -d @"$home/post.json" "$base/prod/insert")"
check 'curl: the event comes back' '~"httpMethod":"POST"' "$(cat "$home/inserted")"
check 'curl: what was inserted' '~"symbol": "FB", "price_open": 341.35, "price_close": 341.3, "price_low": 341.3, "price_high": 341.35, "trading_volume": 556\}\]$' "$(curl -s "$base/prod/ticker")"
check 'curl: another path' '403 {"message":"Missing Authentication Token"}' "$(curl -s -w '%{http_code} ' -o "$home/body" "$base/prod/insert_function")$(cat "$home/body")"
check 'curl: an API key' '200' "$(curl -s -o /dev/null -w '%{http_code}' -H "x-api-key: $(setting TIMESCALE_API_KEY)" "$base/prod/keyed?limit=1")"
check 'curl: no API key' '403' "$(curl -s -o /dev/null -w '%{http_code}' "$base/prod/keyed?limit=1")"
check 'curl: its own signature' '200' "$(curl -s -o /dev/null -w '%{http_code}' --aws-sigv4 "aws:amz:us-east-1:execute-api" -u "$(setting AWS_ACCESS_KEY_ID):$(setting AWS_SECRET_ACCESS_KEY)" "$base/prod/signed?limit=1")"

# The AWS command line does the tutorial's steps.
cd "$home" || exit 1
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION AWS_PAGER= AWS_EC2_METADATA_DISABLED=true HOME="$home" AWS_MAX_ATTEMPTS=1
AWS_ACCESS_KEY_ID=$(setting AWS_ACCESS_KEY_ID)
AWS_SECRET_ACCESS_KEY=$(setting AWS_SECRET_ACCESS_KEY)
AWS_DEFAULT_REGION=$(setting AWS_DEFAULT_REGION)
amazon() { /usr/bin/aws --endpoint-url "$base" --output json "$@" 2>&1; }
member() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
mkdir -p python/psycopg2
echo 'pass' > function.py
python3 -c 'import zipfile
for name, file in (("function.zip", "function.py"), ("psycopg2_layer.zip", "function.py")):
    zipfile.ZipFile(name, "w").write(file)'
layer=$(amazon lambda publish-layer-version --layer-name psycopg2 --description "psycopg2 for Python3.8" --zip-file fileb://psycopg2_layer.zip --compatible-runtimes python3.8 | member LayerVersionArn)
check 'aws: publish-layer-version' '~^arn:aws:lambda:us-east-1:[0-9]+:layer:psycopg2:1$' "$layer"
function=$(amazon lambda create-function --function-name simple_api_function --runtime python3.8 --handler function.lambda_handler --role arn:aws:iam::123456789012:role/x --zip-file fileb://function.zip --layers "$layer" | member FunctionArn)
check 'aws: create-function' '~:function:simple_api_function$' "$function"
check 'aws: create-function again' '~ResourceConflictException' "$(amazon lambda create-function --function-name simple_api_function --runtime python3.8 --handler function.lambda_handler --role arn:aws:iam::123456789012:role/x --zip-file fileb://function.zip)"
check 'aws: update-function-code' "$(stat -c %s function.zip)" "$(amazon lambda update-function-code --function-name simple_api_function --zip-file fileb://function.zip | member CodeSize)"
echo '{"Variables": {"DB_NAME": "db", "DB_PORT": "5432"}}' > env.json
check 'aws: update-function-configuration' "{'Variables': {'DB_NAME': 'db', 'DB_PORT': '5432'}}" "$(amazon lambda update-function-configuration --function-name simple_api_function --environment file://env.json | member Environment)"
amazon lambda invoke --function-name simple_api_function output.json > /dev/null
check 'aws: invoke' '200 2021-07-12 20:00:00' "$(python3 -c 'import json; o=json.load(open("output.json")); print(o["statusCode"], json.loads(o["body"])[0]["time"])')"
amazon lambda create-function --function-name other --runtime python3.8 --handler function.lambda_handler --role arn:aws:iam::123456789012:role/x --zip-file fileb://function.zip > /dev/null
check 'aws: invoke what cannot run here' '~Unhandled' "$(amazon lambda invoke --function-name other other.json)"
check 'aws: list-functions' '~other' "$(amazon lambda list-functions --query 'Functions[].FunctionName')"
api=$(amazon apigateway create-rest-api --name TestApiTimescale --region us-east-1 | member id)
root=$(amazon apigateway get-resources --rest-api-id "$api" | python3 -c 'import json,sys; print(json.load(sys.stdin)["items"][0]["id"])')
resource=$(amazon apigateway create-resource --rest-api-id "$api" --parent-id "$root" --path-part ticker | member id)
check 'aws: get-resources' '~"path": "/ticker"' "$(amazon apigateway get-resources --rest-api-id "$api")"
check 'aws: put-method' 'GET' "$(amazon apigateway put-method --rest-api-id "$api" --resource-id "$resource" --http-method GET --authorization-type NONE --request-parameters method.request.querystring.symbol=false | member httpMethod)"
check 'aws: put-method-response' '200' "$(amazon apigateway put-method-response --rest-api-id "$api" --resource-id "$resource" --http-method GET --status-code 200 | member statusCode)"
check 'aws: put-integration' 'AWS' "$(amazon apigateway put-integration --rest-api-id "$api" --resource-id "$resource" --http-method GET --type AWS --integration-http-method POST --uri "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/$function/invocations" --request-templates '{"application/json": "{\"statusCode\": 200}"}' | member type)"
check 'aws: put-integration-response' '200' "$(amazon apigateway put-integration-response --rest-api-id "$api" --resource-id "$resource" --http-method GET --status-code 200 --selection-pattern "" | member statusCode)"
check 'aws: create-deployment' '~^[a-z0-9]+$' "$(amazon apigateway create-deployment --rest-api-id "$api" --stage-name test | member id)"
check 'what was deployed answers, wrapped' '~^\{"statusCode": 200, "body": "\[\{\\"time\\": \\"2021-07-12 20:00:00\\"' "$(curl -s "$base/restapis/$api/test/_user_request_/ticker?symbol=MSFT")"
check 'aws: get-rest-apis' '~TestApiTimescale' "$(amazon apigateway get-rest-apis)"
check 'aws: a wrong secret key' '~InvalidSignatureException' "$(AWS_SECRET_ACCESS_KEY=wrong amazon lambda list-functions)"
check 'aws: an unknown key' '~UnrecognizedClientException' "$(AWS_ACCESS_KEY_ID=UNKNOWN amazon apigateway get-rest-apis)"

# This program, where the tools found their keys.
through="timescale+http://${base#http://}/prod?endpoint=$base&region=us-east-1"
check 'the same API in our catalogue' '~test/%2Fticker/GET' "$("$program" catalog --url "$through" "$api/test/%2Fticker" --format csv 2>&1)"
check 'a signed resource' '~^time,symbol' "$("$program" query --url "$through&auth=sigv4" "GET /signed?limit=1" --format csv 2>&1)"
AWS_SECRET_ACCESS_KEY=wrong "$program" query --url "$through&auth=sigv4" "GET /signed?limit=1" > /dev/null 2>&1
check 'a wrong secret key of ours' 4 $?
export TIMESCALE_API_KEY
TIMESCALE_API_KEY=$(setting TIMESCALE_API_KEY)
check 'an API key of ours' '~^time,symbol' "$("$program" query --url "$through&api_key_env=TIMESCALE_API_KEY" "GET /keyed?limit=1" --format csv 2>&1)"
TIMESCALE_API_KEY=wrong "$program" query --url "$through&api_key_env=TIMESCALE_API_KEY" "GET /keyed?limit=1" > "$home/refused" 2>&1
check 'a wrong API key of ours' 4 $?
check 'the function without its gateway' '~^time,symbol' "$("$program" query --url "timescale+lambda://us-east-1/stocks_function?endpoint=$base" "GET /x?symbol=CORV&limit=1" --format csv 2>&1)"

# PostgreSQL behind handlers of Python.
binaries=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | tail -n 1)
if [ -z "$binaries" ]; then
    echo "FAIL: PostgreSQL is not installed"
    exit $((failed + 1))
fi
unprivileged=
[ "$(id -u)" = 0 ] && unprivileged="runuser -u nobody --"
mkdir "$home/pg"
chmod 755 "$home"
[ -n "$unprivileged" ] && chown nobody "$home/pg"
$unprivileged "$binaries/initdb" -D "$home/pg/data" -U interop -A trust -E UTF8 --locale=C.UTF-8 --no-sync > "$home/initdb.log" 2>&1
$unprivileged "$binaries/postgres" -D "$home/pg/data" -k "$home/pg" -c listen_addresses= -c timezone=UTC > "$home/postgres.log" 2>&1 &
database=$!
for _ in $(seq 100); do
    "$binaries/pg_isready" -q -h "$home/pg" && break
    sleep 0.1
done
"$binaries/psql" -q -h "$home/pg" -U interop -d postgres > "$home/psql.log" 2>&1 << 'SQL'
CREATE TABLE every_type(id smallint, i integer, big bigint, r real, d double precision, n numeric, n2 numeric(12,2), b boolean, t text, v varchar(10), c char(3),
    ts timestamp, tz timestamptz, day date, clock time, span interval, u uuid, j json, jb jsonb, list integer[], raw bytea, missing text);
INSERT INTO every_type VALUES
    (1, -2147483648, 9223372036854775807, 1.5, 0.1, 1234567890.12345678901234567890, -0.50, true, 'a"中', 'x', 'y', '2021-07-12 20:00:00', '2021-07-12 20:00:00+00',
     '2021-07-12', '20:00:00', '1 day', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"b": 1, "a": [true, null]}', '{"k": 1}', '{1,2}', '\xff00', NULL),
    (2, 2147483647, -9223372036854775808, 'NaN', 'Infinity', 'NaN', 1, false, '', NULL, NULL, '2021-07-12 20:00:00.123456', '1999-12-31 23:59:59.5-08',
     '2024-02-29', '20:00:00.25', '-1 hour', NULL, NULL, NULL, '{}', NULL, NULL),
    (3, NULL, 9007199254740993, '-Infinity', 5e-324, 1e-20, 3.10, NULL, '007', '1e5', '+1', NULL, NULL, NULL, NULL, NULL, NULL, '"text"', '[]', NULL, NULL, NULL);
CREATE TABLE stocks_intraday(time timestamptz, symbol text, price_open double precision, price_close double precision, price_low double precision,
    price_high double precision, trading_volume integer);
SQL
/usr/bin/python3 "$here/lambda_handlers.py" "$home/pg" "$home/port" 2> "$home/handlers.log" &
handlers=$!
waitFor "$home/port" "$handlers" || { echo "interop: the handlers did not start" >&2; cat "$home/handlers.log" "$home/psql.log" "$home/postgres.log" >&2; exit 1; }
api="timescale+http://127.0.0.1:$(cat "$home/port")"
expected='{"id":1,"i":-2147483648,"big":9223372036854775807,"r":1.5,"d":0.1,"n":"1234567890.12345678901234567890","n2":"-0.50","b":true,"t":"a\"中","v":"x","c":"y  ","ts":"2021-07-12T20:00:00","tz":"2021-07-12T20:00:00Z","day":"2021-07-12","clock":"20:00:00","span":"1 day, 0:00:00","u":"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11","j":{"b":1,"a":[true,null]},"jb":{"k":1},"list":[1,2],"raw":"<memory at 0x…>","missing":null}
{"id":2,"i":2147483647,"big":-9223372036854775808,"r":"NaN","d":"Infinity","n":"NaN","n2":"1.00","b":false,"t":"","v":null,"c":null,"ts":"2021-07-12T20:00:00.123456","tz":"2000-01-01T07:59:59.500000Z","day":"2024-02-29","clock":"20:00:00.250000","span":"-1 day, 23:00:00","u":null,"j":null,"jb":null,"list":[],"raw":null,"missing":null}
{"id":3,"i":null,"big":9007199254740993,"r":"-Infinity","d":5e-324,"n":"1E-20","n2":"3.10","b":null,"t":"007","v":"1e5","c":"+1 ","ts":null,"tz":null,"day":null,"clock":null,"span":null,"u":null,"j":"text","jb":[],"list":null,"raw":null,"missing":null}'
for stage in proxy wrapped; do
    check "PostgreSQL: every type, $stage" "$expected" "$("$program" query --url "$api/$stage" "GET /types" --format ndjson 2>&1 | sed 's/<memory at 0x[0-9a-f]*>/<memory at 0x…>/')"
done
check 'PostgreSQL: no rows yet' '' "$("$program" query --url "$api/proxy" "GET /stocks" --format csv 2>&1)"
"$program" query --url "$api/proxy?columns=/insert(time,symbol:text,price_open,price_close,price_low,price_high,trading_volume)" "POST /insert
Content-Type: application/json

$(cat "$home/post.json")" > /dev/null 2> "$home/insert.log"
check 'PostgreSQL: records in the order of the columns' 0 $?
check 'PostgreSQL: no warning of their order' '' "$(cat "$home/insert.log")"
check 'PostgreSQL: what was inserted' '2021-11-12T15:00:00Z,FB,341.35,341.3,341.3,341.35,556' "$("$program" query --url "$api/wrapped" "GET /stocks" --param symbol=FB --format csv 2>&1 | tail -n 1)"
check 'PostgreSQL: parts under the limit' '1002' "$(python3 - << 'PY' > "$home/many.http"
import json
print("POST /insert\n\n" + json.dumps({"records": [{"time": "2022-01-01 00:00:00+00:00", "symbol": "MANY", "o": i, "c": i, "l": i, "h": i, "v": i} for i in range(1001)]}))
PY
"$program" query --url "$api/proxy?batch=300" --file "$home/many.http" > /dev/null 2>&1
"$program" query --url "$api/proxy" "GET /stocks?symbol=MANY" --format csv 2> /dev/null | wc -l)"
"$program" query --url "$api/wrapped" 'POST /insert

{"records": {"time": "2022-01-01", "price_open": 1, "symbol": "X"}}' > "$home/error.log" 2>&1
check 'PostgreSQL: an error under 200' '1 ~' "$? ~"
check 'PostgreSQL: its text' '~column "price_open" is of type double precision|invalid input syntax' "$(cat "$home/error.log")"
exit "$failed"
