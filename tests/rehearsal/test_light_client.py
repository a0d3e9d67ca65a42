"""The light client leaves nothing behind, whatever becomes of its connections."""

import asyncio
from typing import Any

import pytest

from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.client.papers import Papers
from examsvc.rehearsal.client.websocket import Websocket

GIVES_UP_SECONDS = 20


async def give_up_a_handshake() -> bytes:
    """Open a websocket to somebody who never answers, give it up, and return what came there before the end."""
    received: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.set_result(await reader.read())
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
        websocket = Websocket(lambda _text: None, lambda: None)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await websocket.open(Address(*server.sockets[0].getsockname()), "/socket.io/", "")
        async with asyncio.timeout(GIVES_UP_SECONDS):
            return await received


def test_a_handshake_that_is_given_up_leaves_no_connection_open() -> None:
    assert asyncio.run(give_up_a_handshake()).startswith(b"GET /socket.io/")


def test_a_question_that_many_have_is_kept_once() -> None:
    papers = Papers()
    first = papers.questions_of(_paper({"ref": "a", "options": [1, 2]}, {"ref": "b", "options": []}))
    second = papers.questions_of(_paper({"ref": "b", "options": []}, {"ref": "a", "options": [2, 1]}))
    assert [question["ref"] for question in second] == ["b", "a"]
    assert second[0] is first[1]
    assert second[1] is first[0]


def _paper(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"sections": [{"questions": [question]} for question in questions]}
