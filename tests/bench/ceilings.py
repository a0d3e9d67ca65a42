"""What the same machine can do at all: pgbench with the same insert and its chain, one durable commit each."""

import re
import subprocess
from pathlib import Path

import psycopg
import servers

TABLES = """
    CREATE TABLE bare_responses (LIKE responses INCLUDING ALL);
    CREATE TABLE bench_sittings (number int PRIMARY KEY, id uuid NOT NULL, last_seq int NOT NULL, chain text NOT NULL);
    CREATE TABLE bench_responses (LIKE responses INCLUDING ALL);
    INSERT INTO bench_sittings SELECT n, gen_random_uuid(), 0, repeat('0', 64) FROM generate_series(1, 2000) n;
"""
STATEMENT = """\\set number random(1, 2000)
WITH moved AS (
  UPDATE bench_sittings SET last_seq = last_seq + 1, chain = encode(sha256(chain::bytea), 'hex')
  WHERE number = :number RETURNING id, last_seq, chain
)
INSERT INTO bench_responses
  (sitting_id, epoch, seq, item_ref, answer, flagged, client_at, received_at, chain)
SELECT id, 1, last_seq, 'q1', '{"choice":"b"}', false, now(), now(), chain FROM moved;
"""
TRANSACTIONS = re.compile(r"tps = ([0-9.]+)")


def prepare(server: str, folder: Path) -> Path:
    """Make the tables of both ceilings; return pgbench's script."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(TABLES)
    script = folder / "insert.sql"
    script.write_text(STATEMENT)
    return script


def pgbench(server: str, script: Path, *, clients: int, seconds: float) -> float:
    """Return transactions a second."""
    arguments = [
        "-n",
        "-M",
        "prepared",
        "-c",
        clients,
        "-j",
        min(clients, 2),
        "-T",
        max(1, round(seconds)),
        "-f",
        script,
    ]
    program = servers.postgresql_tools() / "pgbench"
    told = subprocess.run([program, *map(str, arguments), server], check=True, capture_output=True, text=True)
    found = TRANSACTIONS.search(told.stdout)
    if not found:
        raise RuntimeError(told.stdout + told.stderr)
    return float(found[1])
