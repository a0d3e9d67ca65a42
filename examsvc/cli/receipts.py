"""Commands about receipts 作答回执."""

import base64
import binascii
import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import click

from examsvc.app import open_parts
from examsvc.core import sealing, settings, signing
from examsvc.delivery.errors import ReceiptBroken, ReceiptKeyUnknown, ReceiptUnreadable
from examsvc.delivery.receipts import checking, signed, tokens
from examsvc.delivery.receipts.checking import Standing
from examsvc.delivery.receipts.tokens import Receipt
from examsvc.delivery.reconciling import statements
from examsvc.delivery.reconciling.errors import StatementUnreadable

FALSE_EXIT, UNUSABLE_EXIT = 1, 2
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def receipt() -> None:
    """作答回执 Check what the service signed when it stored answers."""


@receipt.command()
@click.argument("file", type=_FILE)
@click.option("--keys", "keys_file", type=_FILE, help="Public keys as /receipts/keys gives them, instead of our own.")
@click.option("--offline", is_flag=True, help="Check the signature only, not what is stored.")
def verify(file: Path, keys_file: Path | None, offline: bool) -> None:
    """Check the receipt in FILE; exit 0 when it holds, 1 when not, 2 when it cannot be told."""
    public = _read_keys(keys_file) if keys_file else _own_keys()
    try:
        found = tokens.verify(checking.found_in(file.read_text(encoding="utf-8", errors="replace")), public)
    except ReceiptUnreadable as refusal:
        _end(str(refusal), UNUSABLE_EXIT)
    except (ReceiptBroken, ReceiptKeyUnknown) as refusal:
        _end(str(refusal), FALSE_EXIT)
    _tell(found)
    if not offline:
        _compare(found)


@receipt.command()
@click.argument("file", type=_FILE)
@click.option("--keys", "keys_file", type=_FILE, help="Public keys as /receipts/keys gives them, instead of our own.")
def reconciliation(file: Path, keys_file: Path | None) -> None:
    """Check the signed reconciliation in FILE; exit 0 when it holds, 1 when not, 2 when it cannot be told."""
    public = _read_keys(keys_file) if keys_file else _own_keys()
    try:
        is_ours = statements.holds(file.read_bytes(), public)
    except StatementUnreadable as refusal:
        _end(str(refusal), UNUSABLE_EXIT)
    if not is_ours:
        _end("✗ it was altered, or signed by somebody else", FALSE_EXIT)
    click.echo("✓ signed as it stands")


def _own_keys() -> dict[str, bytes]:
    sealing.use_master_key(settings.load().master_key)
    return signed.public_keys() | statements.public_keys()


def _read_keys(file: Path) -> dict[str, bytes]:
    try:
        told: list[Mapping[str, str]] = json.loads(file.read_text(encoding="utf-8"))["keys"]
        raw = [base64.urlsafe_b64decode(each["public_key"] + "=") for each in told]
    except (ValueError, KeyError, TypeError, binascii.Error):
        _end(f"{file} holds no public keys", UNUSABLE_EXIT)
    return {signing.key_id(key): key for key in raw}


def _tell(found: Receipt) -> None:
    click.echo(f"✓ signed: {found.kind}, sitting {found.sitting_id}, epoch {found.epoch}, line {found.seq}")
    click.echo(f"  stored by {found.at.isoformat()}, {found.answered_count} questions answered")


def _compare(found: Receipt) -> None:
    with closing(open_parts(settings.load())) as database, database.reading() as db:
        standing = checking.standing_of(db, found)
    if standing == Standing.DISAGREES:
        _end("✗ what is stored is not what the receipt says", FALSE_EXIT)
    if standing == Standing.GONE:
        _end("✗ there is no such sitting in this database", FALSE_EXIT)
    more = "nothing came after it" if standing == Standing.WHOLE else "more came after it"
    click.echo(f"✓ stored and unaltered; {more}")


def _end(words: str, status: int) -> NoReturn:
    click.echo(f"examsvc: {words}", err=True)
    raise click.exceptions.Exit(status)
