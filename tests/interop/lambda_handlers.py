#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loopback server in the place of a gateway: Lambda handlers on PostgreSQL, as data APIs have them.

lambda_handlers.py SOCKET_FOLDER PORT_FILE: handlers read the database by the socket; the chosen port is written to the
file. /STAGE/RESOURCE calls a handler; under /proxy its answer becomes the HTTP answer, under /wrapped it is the body.
"""
import http.server
import json
import sys
import urllib.parse

import psycopg2
import psycopg2.extras


def connect():
    return psycopg2.connect(host=SOCKET_FOLDER, user="interop", dbname="postgres")


def rows_of(sql, values=()):
    connection = connect()
    try:
        with connection.cursor(cursor_factory=psycopg2.extras.DictCursor) as cursor:
            cursor.execute(sql, values)
            return [dict(row) for row in cursor.fetchall()]
    finally:
        connection.close()


def answer(value, status=200):
    return {"statusCode": status, "body": json.dumps(value, default=str), "headers": {"Content-Type": "application/json"}}


def types_handler(event, context):
    return answer(rows_of("SELECT * FROM every_type ORDER BY id"))


def stocks_handler(event, context):
    symbol = (event.get("queryStringParameters") or {}).get("symbol")
    if symbol is None:
        return answer(rows_of("SELECT * FROM stocks_intraday"))
    return answer(rows_of("SELECT * FROM stocks_intraday WHERE symbol = %s", (symbol,)))


def insert_handler(event, context):
    records = json.loads(event["body"])["records"]
    if isinstance(records, dict):
        records = [records]
    connection = connect()
    try:
        with connection.cursor() as cursor:
            psycopg2.extras.execute_values(
                cursor, "INSERT INTO stocks_intraday VALUES %s", [list(record.values()) for record in records]
            )
        connection.commit()
    finally:
        connection.close()
    return answer(event)


HANDLERS = {"types": types_handler, "stocks": stocks_handler, "insert": insert_handler}


def invoke(handler, event):
    """What the service makes of a handler: its result, or an error object."""
    try:
        return handler(event, None), False
    except Exception as error:  # as the Lambda runtime reports whatever a handler raises
        return {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": []}, True


class Gateway(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def serve(self):
        parts = urllib.parse.urlsplit(self.path)
        _, stage, resource = (parts.path.split("/", 2) + ["", ""])[:3]
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode() if length else None
        handler = HANDLERS.get(resource)
        if handler is None or stage not in ("proxy", "wrapped"):
            return self.reply(403, json.dumps({"message": "Missing Authentication Token"}))
        query = dict(urllib.parse.parse_qsl(parts.query)) or None
        result, failed = invoke(handler, {"httpMethod": self.command, "path": parts.path, "queryStringParameters": query, "body": body})
        if stage == "wrapped":
            return self.reply(200, json.dumps(result))
        if failed:
            return self.reply(502, json.dumps({"message": "Internal server error"}))
        return self.reply(result["statusCode"], result["body"])

    do_GET = do_POST = serve

    def reply(self, status, text):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


SOCKET_FOLDER = sys.argv[1]
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
with open(sys.argv[2], "w") as file:
    file.write(str(server.server_address[1]))
server.serve_forever()
