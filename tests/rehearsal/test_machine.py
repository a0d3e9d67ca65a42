"""What processes cost, and which they are."""

import os
import socket
import subprocess
import sys

import psycopg

from examsvc.core.db import Database
from examsvc.rehearsal import machine, stored

SPEAKER = """
import socket, sys
speaker = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
print(speaker.getsockname()[1], flush=True)
sys.stdin.read()
"""


def test_what_this_process_costs_is_known() -> None:
    cost = machine.cost_of(machine.descendants({1}) or {1})
    assert cost.processes > 0
    assert machine.this_machine().cores > 0
    assert machine.listeners(1) == set()


def test_who_listens_and_who_speaks_from_a_port_is_known() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        command = [sys.executable, "-c", SPEAKER, str(port)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stdin
            spoken_from = int(process.stdout.readline())
            assert machine.speakers(port, {spoken_from}) == {process.pid}
            assert machine.speakers(spoken_from, {port}) == set()  # this one itself
            assert machine.speakers(port + 1, {spoken_from}) == set()
            assert {os.getpid(), process.pid} <= machine.listeners(port)
            process.stdin.close()


def test_the_database_tells_from_which_ports_it_is_spoken_with(database: Database) -> None:
    with database.reading() as db:
        to, ports = stored.speaking_ports(db)
        connection = db.connection().connection.driver_connection
        own = set()
        if isinstance(connection, psycopg.Connection):
            with socket.socket(fileno=os.dup(connection.fileno())) as twin:
                own = {twin.getsockname()[1]}
    assert own <= ports
    assert bool(to) == bool(ports)
    assert bool(own) == bool(ports)
