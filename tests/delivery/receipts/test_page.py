"""The public page that checks receipts, in both languages and without JavaScript; the keys; the QR code."""

import io
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import zxingcpp
from callers import Caller
from PIL import Image, ImageDraw
from sitters import Sitter
from sqlalchemy import delete, update

from examsvc.core.db import Database
from examsvc.delivery.models import Response
from examsvc.delivery.receipts import pages, tokens


@pytest.fixture
def token(sitter: Sitter) -> str:
    receipt: str = sitter.begin().answer()["receipt"]
    return receipt


def _words(caller: Caller, token: str, lang: str = "zh") -> tuple[int, str]:
    answer = caller.get("/receipts", query_string={"token": token, "lang": lang})
    return answer.status_code, re.sub(r"<[^>]+>", "", answer.text)


def test_the_form_is_there_without_a_script(nobody: Caller) -> None:
    answer = nobody.get("/receipts")
    assert answer.status_code == 200
    assert "作答回执核验" in answer.text
    assert "<script" not in answer.text
    assert "签名公钥" in answer.text


@pytest.mark.parametrize(("lang", "words"), [("zh", "回执属实，作答完整"), ("en", "Genuine; the answers are complete")])
def test_a_receipt_of_all_that_is_stored_holds(nobody: Caller, token: str, lang: str, words: str) -> None:
    status, page = _words(nobody, token, lang)
    assert (status, words in page) == (200, True)


def test_a_receipt_holds_after_more_was_answered(nobody: Caller, sitter: Sitter, token: str) -> None:
    sitter.answer("TRUE_FALSE")
    assert "回执属实，其后还有作答" in _words(nobody, token)[1]
    sitter.claim()
    later = sitter.answer("NUMERIC")["receipt"]
    assert "回执属实，作答完整" in _words(nobody, later)[1]
    assert "其后还有作答" in _words(nobody, token)[1]


def test_one_chain_is_reckoned_at_a_time_and_who_waits_too_long_is_told_when_to_try_again(
    nobody: Caller, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_WAIT_S", 1)
    with pages.ONE_AT_A_TIME:
        busy = nobody.get("/receipts", query_string={"token": token})
    assert (busy.status_code, busy.headers["Retry-After"]) == (429, "1")
    assert _words(nobody, token)[0] == 200


def test_the_final_receipt_says_that_it_is_of_the_hand_in(nobody: Caller, sitter: Sitter, token: str) -> None:
    final = sitter.hand_in().json["receipt"]
    page = _words(nobody, final)[1]
    assert "交卷回执" in page
    assert "交卷时间（北京时间）" in page


@pytest.mark.parametrize("loss", [delete(Response), update(Response).values(flagged=True)])
def test_a_loss_or_a_change_shows(nobody: Caller, token: str, database: Database, loss: Any) -> None:
    with database.transaction() as db:
        db.execute(loss)
    assert "与服务器现存的作答不一致" in _words(nobody, token)[1]


def test_a_pasted_receipt_and_an_uploaded_file_are_read_with_words_around_them(nobody: Caller, token: str) -> None:
    assert "回执属实" in nobody.post("/receipts?lang=zh", data={"token": f"  {token[:40]}\n{token[40:]} "}).text
    file = (io.BytesIO(f"作答回执\n\n{token}\n核验地址\n".encode()), "receipt.txt")
    assert "回执属实" in nobody.post("/receipts?lang=zh", data={"token": "", "file": file}).text


@pytest.mark.parametrize("text", ["你好", "R1.", "R1." + "0" * 16 + ".e30.AAAA", "\x00", "R1" * 9_000])
def test_what_is_no_receipt_of_ours_is_told_apart_from_a_false_one(nobody: Caller, text: str) -> None:
    answer = nobody.post("/receipts?lang=zh", data={"token": text})
    assert answer.status_code == 422
    assert "这不是一份完整的回执" in answer.text or "不是本系统的回执" in answer.text


def test_a_false_receipt_is_not_valid(nobody: Caller, token: str) -> None:
    prefix, key_id, payload, signature = token.split(".")
    forged = ".".join([prefix, key_id, payload, signature[::-1]])
    status, page = _words(nobody, forged)
    assert status == 422
    assert "回执无效" in page or "这不是一份完整的回执" in page


def test_a_page_says_nothing_of_who_it_was(nobody: Caller, sitter: Sitter, token: str) -> None:
    page = _words(nobody, token)[1]
    assert sitter.enrolment.candidate.name not in page
    assert sitter.enrolment.ticket_number not in page


def test_checks_are_counted_by_address(nobody: Caller, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PER_ADDRESS", (pages.RateLimitItemPerMinute(2),))
    statuses = [_words(nobody, token)[0] for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_the_keys_are_public_and_check_a_receipt(nobody: Caller, token: str) -> None:
    told = nobody.get("/receipts/keys").json["keys"]
    assert [each["key_id"] for each in told if each["signs"] == "receipts"] == [token.split(".")[1]]
    assert {each["algorithm"] for each in told} == {"Ed25519"}


def test_the_qr_code_leads_to_the_page_with_the_receipt(nobody: Caller, token: str) -> None:
    svg = nobody.get("/receipts/qr.svg", query_string={"token": token})
    assert svg.mimetype == "image/svg+xml"
    address = _scanned(svg.text)
    assert urlsplit(address).path == "/receipts"
    assert parse_qs(urlsplit(address).query)["token"] == [token]
    assert len(token) < tokens.MOST_CHARACTERS / 2


def test_nobody_elses_text_is_made_a_qr_code(nobody: Caller) -> None:
    assert nobody.get("/receipts/qr.svg?token=hello").status_code == 422


def _scanned(svg: str) -> str:
    """Draw the squares of the picture and read them."""
    shapes = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", svg)]
    side = max(x + width for x, _, width, _ in shapes) + 4
    image = Image.new("L", (side * 4, side * 4), 255)
    draw = ImageDraw.Draw(image)
    for x, y, width, height in shapes:
        draw.rectangle((x * 4, y * 4, (x + width) * 4 - 1, (y + height) * 4 - 1), fill=0)
    return str(zxingcpp.read_barcodes(np.array(image))[0].text)
