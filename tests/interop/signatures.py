# SPDX-License-Identifier: GPL-3.0-or-later
# signatures.py PROGRAM: signs requests of many kinds with botocore and with our own signer (tests/sign_requests of the
# same build), and says which of them differ.
import datetime
import json
import os
import subprocess
import sys
from unittest import mock

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

NOW = datetime.datetime(2024, 2, 29, 23, 59, 58)
TARGET = [["Content-Type", "application/x-amz-json-1.1"], ["X-Amz-Target", "RedshiftData.ExecuteStatement"]]


def requests():
    def one(method, url, headers=(), body="", service="execute-api", region="us-east-1", token=""):
        return {"method": method, "url": url, "headers": [list(h) for h in headers], "body": body, "service": service,
                "region": region, "token": token, "key": "AKIDEXAMPLE",
                "secret": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "time": int(NOW.replace(tzinfo=datetime.timezone.utc).timestamp())}

    for region in ("us-east-1", "eu-central-1", "cn-north-1"):
        for body in ("{}", '{"Sql": "SELECT \'é中😀\' \\n -- x"}', "x" * 100000):
            yield one("POST", f"https://redshift-data.{region}.amazonaws.com/", TARGET, body, "redshift-data", region)
    yield one("POST", "http://127.0.0.1:6043/", TARGET, "{}", "redshift-data", token="token+/==")
    yield one("POST", "http://localhost:80/", TARGET, "{}", "redshift-data")
    yield one("POST", "https://vpce-1.example.com:8443/", TARGET, "{}", "redshift-data", token="t" * 800)
    base = "https://abc123.execute-api.us-east-1.amazonaws.com"
    for path in ("", "/", "/prod", "/prod/", "/prod/rows", "/prod//rows", "/prod/./rows", "/prod/../rows", "/a/b/..", "/prod/a%20b",
                 "/prod/%E4%B8%AD", "/prod/a:b", "/prod/a+b", "/prod/(x)", "/prod/~x", "/prod/a%2Fb", "/prod/a=b&c"):
        yield one("GET", base + path)
    for query in ("a=1", "b=2&a=1", "a=2&a=1", "a=", "a=x%20y", "a=%E4%B8%AD", "A=1&a=2&B=3", "a=1%2F2", "z=1&a-b=2&a.b=3&a_b=4&a~b=5"):
        yield one("GET", base + "/prod/rows?" + query)
    yield one("PUT", base + "/prod/rows", [["Content-Type", "text/csv; charset=utf-8"]], "a,b\n1,2\n")
    yield one("DELETE", base + "/prod/rows/1", token="token")
    yield one("POST", base + "/prod/rows", [["content-type", "application/json"], ["X-Amz-Meta-Two", "  a   b  "], ["x-amz-meta-one", "é"]], "[]")
    function = "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Adata"
    yield one("POST", f"https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/{function}/invocations",
              [["X-Amz-Invocation-Type", "RequestResponse"]], "{}", "lambda")
    yield one("GET", "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/?MaxItems=50&Marker=a%2Bb", service="lambda")
    yield one("GET", "https://apigateway.us-east-1.amazonaws.com/restapis/abc/resources?limit=500&embed=methods", service="apigateway")
    yield one("PATCH", "https://apigateway.us-east-1.amazonaws.com/restapis/abc", [["Content-Type", "application/json"]],
              '{"patchOperations":[]}', "apigateway")


def judged(request):
    credentials = Credentials(request["key"], request["secret"], request["token"] or None)
    signed = AWSRequest(method=request["method"], url=request["url"], data=request["body"].encode(), headers=dict(request["headers"]))
    signed.context["payload_signing_enabled"] = True
    signer = botocore.auth.SigV4Auth(credentials, request["service"], request["region"])

    class Clock(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return NOW

        @classmethod
        def now(cls, tz=None):
            return NOW.replace(tzinfo=tz)

    module = mock.Mock(wraps=datetime)
    module.datetime = Clock
    patches = [mock.patch.object(botocore.auth, "datetime", module)]
    if hasattr(botocore.auth, "get_current_datetime"):
        patches.append(mock.patch.object(botocore.auth, "get_current_datetime", lambda *args, **kwargs: NOW))
    for patch in patches:
        try:
            patch.start()
        except AttributeError:
            patch.new = None
    try:
        signer.add_auth(signed)
    finally:
        mock.patch.stopall()
    return signed.headers["Authorization"]


def main():
    signer = os.path.join(os.path.dirname(sys.argv[1]), "..", "tests", "sign_requests")
    all_requests = list(requests())
    lines = "".join(json.dumps(request) + "\n" for request in all_requests)
    ours = subprocess.run([signer], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    alike = 0
    for request, own in zip(all_requests, ours):
        other = judged(request)
        if own == other:
            alike += 1
        else:
            print("differs:", request["method"], request["url"], request["headers"], "\n  ours   ", own, "\n  botocore", other)
    if alike == len(all_requests) == len(ours):
        print(f"{alike} requests are signed alike")
    else:
        print(f"{len(all_requests) - alike} of {len(all_requests)} differ")
        sys.exit(1)


main()
