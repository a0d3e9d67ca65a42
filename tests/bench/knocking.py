"""A light client in a process of its own: so many connections, each sending as soon as it was answered.

Run as `knocking.py FILE`; FILE holds the seats. Orders come as lines of JSON, and each is answered by one.
"""

import json
import resource
import selectors
import socket
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 30
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass
class Page:
    """One candidate's page: what it sends with every request, and the number of its last response."""

    head: bytes
    seq: int = 0


@dataclass
class Order:
    port: int
    connections: int
    seconds: float
    batch: int


@dataclass
class Told:
    """What came of an order: answers by status, requests' milliseconds, our own CPU seconds."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    statuses: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    sample: str = ""


class Line:
    """A connection; its pages take turns."""

    def __init__(self, port: int, pages: list[Page], refs: list[tuple[str, str]], batch: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.pages, self.refs, self.batch = pages, refs, batch
        self.turn, self.buffer, self.sent_at = count(), b"", 0.0

    def send(self) -> None:
        page = self.pages[next(self.turn) % len(self.pages)]
        at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        entries = []
        for _ in range(self.batch):
            page.seq += 1
            ref, answer = self.refs[page.seq % len(self.refs)]
            entries.append(
                f'{{"seq":{page.seq},"item_ref":"{ref}","answer":{answer},"flagged":false,"client_at":"{at}"}}'
            )
        body = f'{{"epoch":1,"entries":[{",".join(entries)}]}}'.encode()
        self.buffer, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(page.head + b"%d\r\n\r\n" % len(body) + body)

    def receive(self) -> bytes | None:
        """Return the answer once it is whole."""
        self.buffer += self.socket.recv(65_536)
        end = self.buffer.find(HEAD_END)
        if end < 0:
            if not self.buffer:
                raise ConnectionError("the server hung up")
            return None
        head = self.buffer[:end].lower()
        start = head.index(LENGTH) + len(LENGTH)
        length = int(head[start:].split(b"\r\n", 1)[0])
        return self.buffer if len(self.buffer) >= end + len(HEAD_END) + length else None


def knock(order: Order, pages: list[Page], refs: list[tuple[str, str]]) -> Told:
    """Keep every connection busy for so long; then take in what is still under way."""
    lines = [Line(order.port, pages[n :: order.connections], refs, order.batch) for n in range(order.connections)]
    told, began, cpu = Told(), time.perf_counter(), _cpu()
    with selectors.DefaultSelector() as selector:
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send()
        until, waiting = began + order.seconds, len(lines)
        while waiting:
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise TimeoutError(f"{waiting} requests were never answered")
            for key, _ in ready:
                waiting -= not _go_on(key.data, told, until)
        told.seconds, told.cpu_seconds = time.perf_counter() - began, _cpu() - cpu
    for line in lines:
        line.socket.close()
    return told


def _go_on(line: Line, told: Told, until: float) -> bool:
    """Take an answer in and send the next request; return whether the connection still waits for an answer."""
    answer = line.receive()
    if answer is None:
        return True
    now = time.perf_counter()
    told.statuses[answer[9:12].decode()] += 1
    told.milliseconds.append((now - line.sent_at) * 1000)
    if now >= until:
        told.sample = answer.decode(errors="replace")
        return False
    line.send()
    return True


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _page(seat: dict[str, str]) -> Page:
    return Page(
        f"PUT /api/sittings/{seat['sitting_id']}/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: examsvc_login={seat['token']}\r\nX-CSRF-Token: {seat['csrf_token']}\r\n"
        "Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: ".encode()
    )


def main() -> None:
    seated: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text())
    pages: dict[int, list[Page]] = defaultdict(lambda: [_page(seat) for seat in seated["seats"]])
    refs = [(ref, json.dumps(answer, ensure_ascii=False)) for ref, answer in seated["answers"].items()]
    for line in sys.stdin:
        order = Order(**json.loads(line))
        print(json.dumps(vars(knock(order, pages[order.port], refs))), flush=True)


if __name__ == "__main__":
    main()
