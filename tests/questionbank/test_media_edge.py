"""Files of a bank over HTTP: kept, shown, and named by items."""

import hashlib
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from items import DIGEST, PICTURE, WORDINGS, picture_file
from uploads import upload
from werkzeug.test import TestResponse
from world import World

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.core.web.uploads import FORM_BYTES
from questionbank.content import lettered, with_digests
from questionbank.kinds import ItemType
from questionbank.media.files import MOST_BYTES, MOST_OF_ANY

SOUND = b"ID3\x04\x00\x00 a sound"
STAFF = ["author", "reviewer", "office", "supervisor"]


@pytest.fixture
def author(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("author")


def send(caller: Caller, world: World, data: bytes, name: str = "图.png") -> TestResponse:
    return caller.post(f"/api/banks/{world.bank.id}/media", **upload("file", data, name))


def kept(caller: Caller, world: World, data: bytes, name: str = "图.png") -> dict[str, Any]:
    answer = send(caller, world, data, name)
    assert answer.status_code == 201, answer.json
    medium: dict[str, Any] = answer.json
    return medium


def path(world: World, digest: str) -> str:
    return f"/api/banks/{world.bank.id}/media/{digest}"


def write(caller: Caller, world: World, kind: ItemType, content: dict[str, Any], key: dict[str, Any]) -> TestResponse:
    tasks = caller.get(f"/api/banks/{world.bank.id}").json["work_tasks"]
    point_id = tasks[0]["knowledge_points"][0]["knowledge_point_id"]
    body = {"code": "M-1", "type": kind, "difficulty": "EASY", "knowledge_point_id": point_id}
    return caller.post(f"/api/banks/{world.bank.id}/items", {**body, "content": content, "key": key})


def test_a_kept_file_tells_what_it_is(author: Caller, world: World) -> None:
    picture = kept(author, world, picture_file())
    assert {name: picture[name] for name in ("kind", "media_type", "width", "height")} == {
        "kind": "PICTURE", "media_type": "image/png", "width": 400, "height": 300,
    }  # fmt: skip
    sound = kept(author, world, SOUND, "音.mp3")
    assert sound == {
        "digest": hashlib.sha256(SOUND).hexdigest(), "kind": "AUDIO", "media_type": "audio/mpeg",
        "width": None, "height": None, "bytes": len(SOUND),
    }  # fmt: skip


def test_the_same_file_again_is_the_same_and_goes_on_record_once(
    author: Caller, world: World, database: Database
) -> None:
    first, again = kept(author, world, SOUND, "一.mp3"), kept(author, world, SOUND, "二\u202e.mp3")
    assert first == again
    with database.reading() as db:
        history = audit.history(db, f"bank:{world.bank.id}")
    assert [entry.detail["name"] for entry in history if entry.action == "medium.kept"] == ["一.mp3"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", STAFF)
def test_staff_are_shown_a_file_of_the_bank(app: Flask, author: Caller, world: World, username: str) -> None:
    digest = kept(author, world, SOUND, "音.mp3")["digest"]
    answer = Caller(app).log_in(username).get(path(world, digest))
    assert (answer.status_code, answer.data, answer.content_type) == (200, SOUND, "audio/mpeg")
    assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.sqlite_only
def test_a_player_asks_for_a_part_of_a_file_and_a_browser_whether_it_is_still_the_same(
    author: Caller, world: World
) -> None:
    digest = kept(author, world, SOUND, "音.mp3")["digest"]
    part = author.get(path(world, digest), headers={"Range": "bytes=3-6"})
    assert (part.status_code, part.data) == (206, SOUND[3:7])
    assert part.headers["Content-Range"] == f"bytes 3-6/{len(SOUND)}"
    same = author.get(path(world, digest), headers={"If-None-Match": f'"{digest}"'})
    assert (same.status_code, same.data) == (304, b"")
    assert author.get(path(world, digest), headers={"Range": "bytes=900-"}).status_code == 416


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["reviewer", "office", "examiner1", "proctor1"])
def test_only_authors_keep_files(app: Flask, world: World, username: str) -> None:
    assert send(Caller(app).log_in(username), world, SOUND).status_code == 403


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["examiner1", "proctor1", "decider"])
def test_who_has_nothing_to_do_with_the_bank_is_shown_no_file(
    app: Flask, author: Caller, world: World, username: str
) -> None:
    digest = kept(author, world, SOUND)["digest"]
    assert Caller(app).log_in(username).get(path(world, digest)).status_code == 403


@pytest.mark.sqlite_only
def test_a_file_that_the_bank_does_not_hold_is_not_found(author: Caller, world: World) -> None:
    assert author.get(path(world, DIGEST)).status_code == 404
    assert author.get(path(world, "试" * 64)).status_code == 404
    other = author.post(f"/api/banks/{world.paper.id}/media", **upload("file", SOUND))
    assert other.status_code == 404


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"%PDF-1.7", 422, "bad_medium"),
        (picture_file()[:60], 422, "bad_medium"),
        (picture_file().ljust(MOST_BYTES["PICTURE"] + 1), 413, "too_large"),
        (SOUND.ljust(MOST_BYTES["AUDIO"] + 1), 413, "too_large"),
        (SOUND.ljust(MOST_OF_ANY + FORM_BYTES), 413, "too_large"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused(
    author: Caller, world: World, data: bytes, status: int, code: str
) -> None:
    answer = send(author, world, data)
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.sqlite_only
def test_a_form_without_a_file_is_refused_by_field(author: Caller, world: World) -> None:
    answer = author.post(f"/api/banks/{world.bank.id}/media", **upload("picture", SOUND))
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


@pytest.mark.parametrize("kind", [ItemType.HOTSPOT, ItemType.COMPOSITE])
def test_an_item_shows_a_file_that_the_bank_holds(author: Caller, world: World, kind: ItemType) -> None:
    digest = kept(author, world, picture_file())["digest"]
    content, key = WORDINGS[kind]
    sent, key = lettered(kind, with_digests(content, {DIGEST: digest}), key)
    written = write(author, world, kind, sent, key)
    assert (written.status_code, written.json["content"]) == (201, sent)
    preview = author.get(f"/api/item-versions/{written.json['version_id']}/preview").json
    assert digest in str(preview)
    assert "areas" not in str(preview)


MEDIUM = {"digest": DIGEST, "kind": "PICTURE", "media_type": "image/png", "alt": "图"}


def as_picture(**changes: Any) -> tuple[ItemType, dict[str, Any], dict[str, Any], str]:
    content, key = WORDINGS[ItemType.HOTSPOT]
    return ItemType.HOTSPOT, {**content, "picture": {**PICTURE, **changes}}, key, "content.picture"


def as_medium(**changes: Any) -> tuple[ItemType, dict[str, Any], dict[str, Any], str]:
    content, key = WORDINGS[ItemType.TRUE_FALSE]
    return ItemType.TRUE_FALSE, {**content, "media": [{**MEDIUM, **changes}]}, key, "content.media"


def in_part() -> tuple[ItemType, dict[str, Any], dict[str, Any], str]:
    kind, content, key, _ = as_picture()
    parts = [{"id": "p1", "type": kind, "share": 1, "content": content}]
    return ItemType.COMPOSITE, {"stem": "案例", "parts": parts}, {"parts": {"p1": key}}, "content.parts.p1.picture"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("kind", "content", "key", "field"), [as_picture(), as_medium(), in_part()])
def test_an_item_that_shows_a_file_the_bank_does_not_hold_is_refused(
    author: Caller, world: World, kind: ItemType, content: dict[str, Any], key: dict[str, Any], field: str
) -> None:
    refused = write(author, world, kind, content, key)
    assert (refused.status_code, refused.json["fault"], refused.json["field"]) == (422, "media_missing", field)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("kind", "content", "key", "field"),
    [
        as_picture(width=401),
        as_picture(height=299),
        as_picture(media_type="image/jpeg"),
        as_medium(media_type="image/svg+xml"),
        as_medium(kind="VIDEO"),
    ],
)
def test_an_item_that_describes_a_file_otherwise_than_it_is_is_refused(
    author: Caller, world: World, kind: ItemType, content: dict[str, Any], key: dict[str, Any], field: str
) -> None:
    digest = kept(author, world, picture_file())["digest"]
    refused = write(author, world, kind, with_digests(content, {DIGEST: digest}), key)
    assert (refused.status_code, refused.json["fault"], refused.json["field"]) == (422, "media_differs", field)


@pytest.mark.sqlite_only
def test_a_sound_is_no_picture_to_mark_places_in(author: Caller, world: World) -> None:
    digest = kept(author, world, SOUND)["digest"]
    kind, content, key, _ = as_picture(media_type="audio/mpeg")
    refused = write(author, world, kind, with_digests(content, {DIGEST: digest}), key)
    assert refused.json["fault"] == "media_differs"
