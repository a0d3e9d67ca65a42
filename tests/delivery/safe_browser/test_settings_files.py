import hashlib
import plistlib
import uuid

import pytest

from examsvc.delivery.safe_browser import settings_files
from examsvc.delivery.safe_browser.addresses import address, hashed
from examsvc.delivery.safe_browser.config_keys import config_key
from examsvc.delivery.safe_browser.settings_files import Making

MAKING = Making("https://exam.example.cn", uuid.UUID(int=7), "abcd-efgh-jkmn", has_camera=True)


def test_a_seb_file_is_a_property_list_whose_key_is_the_one_that_is_let_in() -> None:
    data = settings_files.seb_file(MAKING)
    assert data.startswith(b"<?xml")
    assert config_key(plistlib.loads(data)) == settings_files.key_of(MAKING)


def test_the_settings_lead_here_and_nowhere_else_and_survive_a_crash() -> None:
    settings = settings_files.settings(MAKING)
    assert settings["startURL"] == "https://exam.example.cn/candidate/"
    assert [rule["expression"] for rule in settings["URLFilterRules"]] == ["exam.example.cn/*"]
    assert settings["hashedQuitPassword"] == hashlib.sha256(b"abcd-efgh-jkmn").hexdigest()
    assert "abcd-efgh-jkmn" not in settings.values()
    kept = ("removeBrowserProfile", "removeLocalStorage", "examSessionClearCookiesOnStart")
    assert not any(settings[name] for name in kept)


def test_exam_sessions_have_keys_of_their_own() -> None:
    other = Making(MAKING.public_url, uuid.UUID(int=8), MAKING.quit_password, has_camera=True)
    assert settings_files.key_of(MAKING) != settings_files.key_of(other)


@pytest.mark.parametrize(
    ("public_url", "seen"),
    [
        ("https://exam.example.cn", "https://exam.example.cn/candidate/"),
        ("https://EXAM.Example.cn:443", "https://exam.example.cn/candidate/"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/candidate/"),
        ("http://[::1]:8000", "http://[::1]:8000/candidate/"),
        ("https://考试.example.cn", "https://xn--xw0a15v.example.cn/candidate/"),
        ("https://example.cn/exam/", "https://example.cn/exam/candidate/"),
    ],
)
def test_an_address_is_written_as_a_browser_writes_it(public_url: str, seen: str) -> None:
    assert address(public_url, "/candidate/") == seen


def test_a_hash_is_of_the_address_without_its_fragment_and_the_key() -> None:
    expected = hashlib.sha256(b"https://a.example/x?y=1" + b"0f" * 32).hexdigest()
    assert hashed("https://a.example/x?y=1#here", "0f" * 32) == expected
