"""Packages for systems outside."""

import hashlib
import io
import json
import zipfile

import pytest

from examsvc.registry.annexes import packages
from examsvc.registry.annexes.errors import BadEntryName
from examsvc.registry.annexes.packages import Entry

ENTRIES = [Entry("附件2/1-人工智能模型运用.docx", b"two"), Entry("附件1.xlsx", b"one")]


def test_a_package_holds_the_files_and_a_manifest_of_their_digests() -> None:
    with zipfile.ZipFile(io.BytesIO(packages.pack(ENTRIES, {"case": "测-00001"}))) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["about"] == {"case": "测-00001"}
        for line in manifest["files"]:
            data = archive.read(line["name"])
            assert (line["size_bytes"], line["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert archive.namelist() == ["manifest.json", *(line["name"] for line in manifest["files"])]
        assert len(manifest["files"]) == len(ENTRIES)


def test_the_same_content_in_any_order_is_the_same_package() -> None:
    assert packages.pack(ENTRIES) == packages.pack(ENTRIES[::-1])
    assert packages.pack(ENTRIES) != packages.pack(ENTRIES, {"case": "x"})


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/a",
        "../a",
        "a/../b",
        "a//b",
        "./a",
        "a/",
        "a\\b",
        "C:a",
        "a\x00",
        "a\u202eb",
        "con.txt",
        "a.",
        " a",
        "manifest.json",
    ],
)
def test_a_name_that_is_no_plain_relative_path_is_refused(name: str) -> None:
    with pytest.raises(BadEntryName):
        packages.pack([Entry(name, b"")])


def test_two_entries_that_one_file_system_would_take_for_one_are_refused() -> None:
    with pytest.raises(BadEntryName):
        packages.pack([Entry("A.txt", b""), Entry("a.txt", b"")])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("人工智能模型运用", "人工智能模型运用"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a<b>:"c"|d?*', "a_b___c__d__"),
        ("nul", "_nul"),
        (" . ", "未命名"),
        ("甲" * 500, "甲" * 120),
        ("甲" * 196 + ".pdf", "甲" * 116 + ".pdf"),
        ("." + "乙" * 200, "乙" * 120),
    ],
)
def test_any_text_makes_a_safe_name(text: str, name: str) -> None:
    assert packages.safe_name(text) == name
    assert packages.safe_name(name) == name
    packages.pack([Entry(name, b"")])
