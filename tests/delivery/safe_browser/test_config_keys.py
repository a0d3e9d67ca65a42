"""The Config Key, as the browser computes it; the names and their order are those of its own published example."""

import hashlib
from datetime import UTC, datetime

import pytest

from examsvc.delivery.safe_browser.config_keys import config_key, line

# In the order in which https://safeexambrowser.org/developer/seb-config-key.html shows them.
PUBLISHED_ORDER = (
    *("additionalResources", "allowAirPlay", "allowBrowsingBackForward", "allowDictation", "allowDictionaryLookup"),
    *(
        "allowDownUploads",
        "allowedDisplayBuiltin",
        "allowedDisplaysMaxNumber",
        "allowFlashFullscreen",
        "allowPDFPlugIn",
    ),
    *("allowWlan", "blacklistURLFilter", "browserWindowShowURL", "configKeySalt", "enableF1", "enableF10", "enableF2"),
    *(
        "quitURL",
        "removeBrowserProfile",
        "startURL",
        "touchOptimized",
        "URLFilterEnable",
        "URLFilterEnableContentFilter",
    ),
    *("URLFilterIgnoreList", "URLFilterMessage", "urlFilterRegex", "URLFilterRules", "urlFilterTrustedContent"),
    *("whitelistURLFilter", "zoomMode"),
)


def test_names_stand_in_the_published_order_whatever_order_they_come_in() -> None:
    settings = dict.fromkeys(sorted(PUBLISHED_ORDER, key=hash), 0)
    assert line(settings) == "{" + ",".join(f'"{name}":0' for name in PUBLISHED_ORDER) + "}"


def test_names_that_differ_in_case_alone_have_the_small_letters_first() -> None:
    assert line({"allowWLAN": 1, "allowWlan": 2}) == '{"allowWlan":2,"allowWLAN":1}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (120000, "120000"),
        ("ws:\\localhost:8706", '"ws:\\localhost:8706"'),
        ("https://a.example/*", '"https://a.example/*"'),
        ("考试", '"考试"'),
        (b"", '""'),
        (b"\x00\xff", '"AP8="'),
        (datetime(2026, 11, 29, 4, 5, 6, tzinfo=UTC), '"2026-11-29T04:05:06Z"'),
        ([], "[]"),
        ([{"b": 1, "A": []}], '[{"A":[],"b":1}]'),
        ({"kept": {"x": 1}, "empty": {}}, '{"kept":{"x":1}}'),
    ],
)
def test_values_are_written_as_the_browser_writes_them(value: object, text: str) -> None:
    assert line(value) == text


def test_a_value_that_no_settings_hold_is_no_key() -> None:
    with pytest.raises(TypeError, match="settings hold no object"):
        config_key({"a": object()})


def test_the_key_is_the_digest_of_the_line_and_the_version_that_saved_it_counts_for_nothing() -> None:
    settings = {"startURL": "https://exam.example.cn/candidate/", "allowQuit": True}
    expected = hashlib.sha256(b'{"allowQuit":true,"startURL":"https://exam.example.cn/candidate/"}').hexdigest()
    assert config_key(settings) == config_key({**settings, "originatorVersion": "SEB_Win_3.5.0"}) == expected
    assert config_key({}) == hashlib.sha256(b"{}").hexdigest()
