"""A page's queue that sends by itself: in order, until its end or a fault, keeping nothing afterwards."""

import queue
from typing import Any

from engineio.packet import MESSAGE, Packet

from examsvc.core.draining import drained_queue

Queue = drained_queue(queue.Queue)


class Sent:
    """A websocket's end that keeps what is sent, and breaks at the word `broken`."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.closed = 0

    def send(self, text: str) -> None:
        if "broken" in text:
            raise OSError
        self.texts.append(text)

    def close(self) -> None:
        self.closed += 1


def at_once(call: Any) -> None:
    call()


def put(target: Any, *texts: str) -> None:
    for text in texts:
        target.put(Packet(MESSAGE, text))


def test_what_waited_and_what_comes_is_sent_in_order() -> None:
    page, sent = Queue(), Sent()
    put(page, "a", "b")
    assert sent.texts == []
    page.send_over(sent, at_once)
    put(page, "c")
    assert sent.texts == ["4a", "4b", "4c"]
    page.join()


def test_the_end_closes_and_nothing_is_kept_after_it() -> None:
    page, sent = Queue(), Sent()
    page.send_over(sent, at_once)
    put(page, "a")
    page.put(None)
    put(page, "late")
    assert (sent.texts, sent.closed) == (["4a"], 1)
    page.join()  # returns, because nothing is left


def test_a_connection_that_breaks_is_closed_and_its_messages_dropped() -> None:
    page, sent = Queue(), Sent()
    put(page, "a", "broken", "b")
    page.send_over(sent, at_once)
    put(page, "c")
    assert (sent.texts, sent.closed) == (["4a"], 1)
    page.join()
