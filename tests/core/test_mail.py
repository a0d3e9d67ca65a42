"""Letters: the outbox, the sweep, and a real SMTP server that is down, up, and up again after somebody died."""

import email.policy
import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import servers
from aiosmtpd.controller import Controller
from moments import NINE_IN_SHANGHAI
from sqlalchemy import select

from examsvc.core import sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.mail import addresses, letters, posting
from examsvc.core.mail.models import MailState, OutgoingMail

ADDRESS = "zhou.min@example.org"


class Sink:
    """Keeps what it is given; answers `reply` once, if set, then takes everything."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.reply = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.reply:
            reply, self.reply = self.reply, ""
            return reply
        self.taken.append(envelope)
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, Controller]]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=servers.free_port())
    posting.use_post(f"smtp://127.0.0.1:{controller.port}", "office@exams.example.org", "https://exams.example.org")
    yield handler, controller
    if controller.server is not None:
        controller.stop()
    else:
        controller.loop.close()
    posting.use_post(None, "", "")


def write(database: Database, subject: str = "等待您办理", body: str = "请登录系统办理。\n") -> None:
    with database.transaction() as db:
        posting.write(db, ADDRESS, subject, body, now=NINE_IN_SHANGHAI)


def only_mail(database: Database) -> OutgoingMail:
    with database.reading() as db:
        return db.scalars(select(OutgoingMail)).one()


def sweep(database: Database) -> None:
    sweeps.run(database, [posting.SWEEP])


def test_a_letter_is_sent_once_and_says_what_was_written(database: Database, sink: tuple[Sink, Controller]) -> None:
    handler, controller = sink
    controller.start()
    write(database)
    sweep(database)
    sweep(database)
    (taken,) = handler.taken
    assert (taken.mail_from, taken.rcpt_tos) == ("office@exams.example.org", [ADDRESS])
    mail = only_mail(database)
    assert (mail.state, mail.tries, mail.sent_at) == (MailState.SENT, 1, NINE_IN_SHANGHAI)
    message = _read(taken.content)
    assert message["Subject"] == "等待您办理"
    assert message["Message-ID"] == f"<{mail.id}@exams.example.org>"
    assert message.get_content().replace("\r\n", "\n") == "请登录系统办理。\n"


def test_while_the_server_is_down_letters_wait_longer_and_longer_and_then_go_out(
    database: Database, sink: tuple[Sink, Controller], moving_clock: MovableClock
) -> None:
    handler, controller = sink
    write(database)
    for tries, waits in ((1, 30), (2, 60), (3, 120)):
        sweep(database)
        mail = only_mail(database)
        assert (mail.state, mail.tries, mail.last_error) == (MailState.WAITING, tries, "ConnectionRefusedError")
        assert mail.next_try_at - moving_clock() == timedelta(seconds=waits)
        moving_clock.forward(seconds=waits - 1)
        sweep(database)
        assert only_mail(database).tries == tries
        moving_clock.forward(seconds=1)
    controller.start()
    sweep(database)
    assert only_mail(database).state == MailState.SENT
    assert len(handler.taken) == 1


def test_waiting_doubles_up_to_six_hours() -> None:
    assert [posting.wait_after(tries).total_seconds() for tries in (1, 2, 10, 11, 12)] == [30, 60, 15360, 21600, 21600]


@pytest.mark.parametrize(("reply", "state"), [("451 later", MailState.WAITING), ("554 never", MailState.FAILED)])
def test_a_server_may_say_later_or_never(
    database: Database, sink: tuple[Sink, Controller], reply: str, state: MailState
) -> None:
    handler, controller = sink
    controller.start()
    handler.reply = reply
    write(database)
    sweep(database)
    mail = only_mail(database)
    assert (mail.state, mail.last_error) == (state, f"SMTPDataError {reply[:3]}")


def test_a_letter_is_given_up_after_many_tries(
    database: Database, sink: tuple[Sink, Controller], moving_clock: MovableClock
) -> None:
    write(database)
    for _ in range(posting.MOST_TRIES + 2):
        sweep(database)
        moving_clock.forward(hours=7)
    mail = only_mail(database)
    assert (mail.state, mail.tries) == (MailState.FAILED, posting.MOST_TRIES)


def test_no_other_worker_carries_a_letter_that_is_on_its_way(database: Database, sink: tuple[Sink, Controller]) -> None:
    write(database)
    with database.transaction() as db:
        (waiting,) = posting.SWEEP.due(db, NINE_IN_SHANGHAI)
        posting.SWEEP.settle(db, waiting, NINE_IN_SHANGHAI)
        db.flush()
        assert not list(posting.SWEEP.due(db, NINE_IN_SHANGHAI))
        assert list(posting.SWEEP.due(db, NINE_IN_SHANGHAI + posting.LEASE)) == [waiting]


DYING = """
import os, sys
from examsvc.app import open_parts
from examsvc.core import clock, settings, sweeps
from examsvc.core.mail import letters, posting

send = letters.send
def send_and_die(*given):
    send(*given)
    os.kill(os.getpid(), 9)
letters.send = send_and_die
sweeps.run(open_parts(settings.load()), [posting.SWEEP])
"""


@pytest.mark.slow
def test_a_worker_killed_between_sending_and_noting_it_loses_nothing(
    database: Database, sink: tuple[Sink, Controller], moving_clock: MovableClock, tmp_path: Path
) -> None:
    """The letter comes a second time, and its Message-ID tells that it is the same."""
    handler, controller = sink
    controller.start()
    write(database)
    environ = {
        **os.environ,
        "EXAMSVC_DATA_DIR": str(tmp_path / "data"),
        "EXAMSVC_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "EXAMSVC_MASTER_KEY": servers.MASTER_KEY,
        "EXAMSVC_SMTP_URL": f"smtp://127.0.0.1:{controller.port}",
        "EXAMSVC_MAIL_FROM": "office@exams.example.org",
    }
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(DYING)], env=environ, check=False, timeout=60)
    assert killed.returncode == -9
    mail = only_mail(database)
    assert (mail.state, mail.tries) == (MailState.WAITING, 1)
    moving_clock.at = mail.next_try_at - timedelta(seconds=1)
    sweep(database)
    assert len(handler.taken) == 1
    moving_clock.forward(seconds=1)
    sweep(database)
    first, second = (str(_read(taken.content)["Message-ID"]) for taken in handler.taken)
    assert first == second
    assert only_mail(database).state == MailState.SENT


def test_without_a_server_no_letter_is_written(database: Database) -> None:
    write(database)
    with database.reading() as db:
        assert db.scalars(select(OutgoingMail)).all() == []


def test_an_undone_transaction_leaves_no_letter(database: Database, sink: tuple[Sink, Controller]) -> None:
    with pytest.raises(RuntimeError), database.transaction() as db:
        posting.write(db, ADDRESS, "s", "b", now=NINE_IN_SHANGHAI)
        raise RuntimeError("undone")
    with database.reading() as db:
        assert db.scalars(select(OutgoingMail)).all() == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "subject", ["项目\r\nBcc: everybody@example.org", "a\nb", "a\u2028Bcc: x@example.org", "a\x00b", "长" * 500]
)
def test_no_subject_adds_a_header(database: Database, sink: tuple[Sink, Controller], subject: str) -> None:
    handler, controller = sink
    controller.start()
    write(database, subject)
    sweep(database)
    message = _read(handler.taken[0].content)
    assert set(message.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding"),
    }
    assert handler.taken[0].rcpt_tos == [ADDRESS]


@pytest.mark.parametrize("text", ["a@example.org", "a.b+c@xn--fiq228c.cn", " zhou@example.org "])
def test_plain_addresses_are_taken(text: str) -> None:
    assert addresses.checked(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "a@b", "a@b.c", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "a@example.org\n"),
        *("周@example.org", "a..b@example.org", '"a"@example.org', "A <a@example.org>", "a@-b.org", "a@" + "b" * 260),
        *("a@example.org,b@example.org", "a@[127.0.0.1]"),
    ],
)
def test_other_addresses_are_not(text: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        addresses.checked(text)


def test_a_server_that_never_answers_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError, match="timed out"):
        letters.send(f"smtp://127.0.0.1:{silent.getsockname()[1]}", EmailMessage())


def _read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message
