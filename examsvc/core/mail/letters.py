"""A letter as bytes, and its way to the server."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from examsvc.core.mail.models import OutgoingMail

TIMEOUT_SECONDS = 15
LONGEST_SUBJECT = 200


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters, so that it cannot begin another header."""
    return "".join(char if char.isprintable() else " " for char in text).strip()[:LONGEST_SUBJECT]


def compose(mail: OutgoingMail, *, sender: str) -> EmailMessage:
    """Return the letter as a message; the same letter has the same Message-ID every time."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.to_address
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def send(smtp_url: str, message: EmailMessage) -> None:
    """Give the message to the server; raises OSError or smtplib.SMTPException when it was not taken."""
    parts = urlsplit(smtp_url)
    where = (parts.hostname or "", parts.port or 0)
    with _connected(parts.scheme, *where) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
