"""The bare line: Flask under the same server, one insert and one commit a request, and nothing else.

No login, no check of anything, no chain, no receipt: what is left is what any Flask service with PostgreSQL pays.
"""

# ruff: noqa: E402 (the process is patched before anything else is imported)
from gevent import monkey

monkey.patch_all()

import json
import os
from queue import LifoQueue

import psycopg
from flask import Flask, Response, jsonify, request

INSERT = (
    "INSERT INTO bare_responses (sitting_id, epoch, seq, item_ref, answer, flagged, client_at, received_at, chain) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, now(), %s)"
)
CONNECTIONS = 16
CHAIN = "0" * 64

app = Flask(__name__)
_connections: LifoQueue[psycopg.Connection] = LifoQueue()


@app.put("/api/sittings/<uuid:sitting_id>/responses")
def save(sitting_id: str) -> Response:
    """Insert what was sent, commit, and say so."""
    body = request.get_json()
    rows = [
        (
            sitting_id,
            body["epoch"],
            entry["seq"],
            entry["item_ref"],
            json.dumps(entry["answer"]),
            entry["flagged"],
            entry["client_at"],
            CHAIN,
        )
        for entry in body["entries"]
    ]
    connection = _connections.get()
    try:
        with connection.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(INSERT, rows[0])
            else:
                cursor.executemany(INSERT, rows)
        connection.commit()
    finally:
        _connections.put(connection)
    return jsonify(epoch=body["epoch"], acknowledged_seq=body["entries"][-1]["seq"])


def load() -> Flask:
    """Return the application for one gunicorn worker, with its connections open."""
    for _ in range(CONNECTIONS):
        _connections.put(psycopg.connect(os.environ["BARE_DATABASE_URL"]))
    return app
