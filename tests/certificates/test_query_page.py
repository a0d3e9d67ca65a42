import re

import pytest
from callers import Caller
from world import IDENTITY_NUMBERS

from certificates.models import Certificate
from certificates.numbering import PROVISIONAL
from certificates.texts import QUERY

PAGE = "/certificates"


NUMBER = PROVISIONAL.allot(2026)


def form(certificate: Certificate | None = None, **other: str) -> dict[str, str]:
    return {
        "number": certificate.number if certificate else NUMBER,
        "name": "王小明",
        "identity_number": IDENTITY_NUMBERS[0],
        **other,
    }


@pytest.mark.sqlite_only
def test_the_qr_code_fills_in_the_number_only(nobody: Caller) -> None:
    page = nobody.get(f"{PAGE}?number={NUMBER}")
    assert f'value="{NUMBER}"' in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_plain_form_answers_without_a_script(nobody: Caller, issued: Certificate) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    page = nobody.client.post(PAGE, data=form(issued), headers=headers)
    assert page.status_code == 200
    assert "该证书真实有效" in page.text
    assert "王*明" in page.text
    assert "王小明" not in page.text
    assert IDENTITY_NUMBERS[0] not in page.text
    assert "<script" not in page.text
    assert not re.search(r"\sstyle=", page.text)


@pytest.mark.sqlite_only
def test_a_form_on_another_site_gets_no_answer(nobody: Caller) -> None:
    page = nobody.client.post(PAGE, data=form(), headers={"Origin": "https://elsewhere.example"})
    assert page.status_code == 403


def test_a_miss_says_which_three_must_match_and_not_which_did_not(nobody: Caller, issued: Certificate) -> None:
    for wrong in (
        {"name": "王小朋"},
        {"identity_number": "1"},
        {"name": "王小朋", "identity_number": "1"},
        {"number": "\x00S"},
    ):
        page = nobody.client.post(PAGE, data=form(issued, **wrong))
        assert page.status_code == 404
        assert "查无此证" in page.text
        assert "没有与所填编号、姓名和证件号码都一致的证书" in page.text


@pytest.mark.sqlite_only
def test_an_empty_field_is_asked_for(nobody: Caller) -> None:
    page = nobody.client.post(PAGE, data=form(name="  "))
    assert page.status_code == 422
    assert "请填写全部三项" in page.text


def test_the_page_says_when_to_come_back(nobody: Caller) -> None:
    for _ in range(31):
        page = nobody.client.post(PAGE, data=form())
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "查询过于频繁" in page.text


@pytest.mark.sqlite_only
def test_what_is_typed_comes_back_escaped(nobody: Caller) -> None:
    page = nobody.client.post(PAGE, data=form(name='"><script>alert(1)</script>'))
    assert "<script>" not in page.text


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("query", "accept", "title", "lang"),
    [
        ("", "", "证书查询", "zh-CN"),
        ("", "en-GB,en;q=0.9", "Check a certificate", "en"),
        ("", "fr", "证书查询", "zh-CN"),
        ("?lang=en", "zh-CN", "Check a certificate", "en"),
        ("?lang=zh-CN", "en", "证书查询", "zh-CN"),
        ("?lang=xx", "en", "Check a certificate", "en"),
    ],
)
def test_the_page_speaks_the_readers_language(nobody: Caller, query: str, accept: str, title: str, lang: str) -> None:
    page = nobody.get(f"{PAGE}{query}", headers={"Accept-Language": accept})
    assert f"<h1>{title}</h1>" in page.text
    assert f'<html lang="{lang}">' in page.text
    assert page.headers["Content-Language"] == lang


@pytest.mark.sqlite_only
def test_a_chosen_language_and_the_number_stay(nobody: Caller) -> None:
    page = nobody.get(f"{PAGE}?lang=en&number={NUMBER}")
    assert f'href="/certificates?lang=zh-CN&amp;number={NUMBER}"' in page.text
    assert 'action="/certificates?lang=en"' in page.text


def test_both_languages_have_the_same_words() -> None:
    chinese, english = QUERY.values()
    assert set(chinese) == set(english)
    assert all(
        set(re.findall(r"\{\w+\}", chinese[key])) == set(re.findall(r"\{\w+\}", english[key])) for key in chinese
    )
