"""Files that mean harm, or are not what they seem, are refused as a whole with a stable code."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from questionbank.interchange import archives, reading, sniffing
from questionbank.interchange.model import Refused

QUIZ = "<quiz><question type='truefalse'><questiontext><text>{0}</text></questiontext></question></quiz>"
LAUGHS = "<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
MOST_MEMORY = 64 * 1024**2


def packed(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def claiming(data: bytes, size: int) -> bytes:
    """Return the archive whose one member claims to be so large, in both of its headers."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, data.index(b"PK\x03\x04") + 22, size)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def listing(data: bytes, members: int) -> bytes:
    """Return the archive whose end claims so many members."""
    changed = bytearray(data)
    struct.pack_into("<H", changed, data.rindex(b"PK\x05\x06") + 10, members)
    return bytes(changed)


def encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def overlapping(data: bytes) -> bytes:
    """Return the archive whose list names its last member four thousand times."""
    listed, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    last = data[data.rindex(b"PK\x01\x02") : end]
    names = [struct.pack("<H", 4).join((last[:28], last[30:46])) + f"{number:04}".encode() for number in range(4_000)]
    directory = data[listed:end] + b"".join(names)
    count = len(names) + 2
    return (
        data[:listed]
        + directory
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), listed, 0)
    )


MANIFEST = ("imsmanifest.xml", b"<manifest/>")


def declaring(entities: str, text: str) -> bytes:
    return (f"<!DOCTYPE quiz [{entities}]>" + QUIZ.format(text)).encode()


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an entity of a file": (
        "xml_unsafe",
        lambda: declaring("<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;"),
    ),
    "an entity of the network": (
        "xml_unsafe",
        lambda: declaring("<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x'> %x;", ""),
    ),
    "billion laughs": ("xml_unsafe", lambda: declaring(LAUGHS, "&l9;")),
    "billion laughs in UTF-16": (
        "xml_unsafe",
        lambda: declaring(LAUGHS, "&l9;").decode().encode("utf-16"),
    ),
    "an attribute of the root that laughs": (
        "xml_malformed",
        f"<!DOCTYPE quiz [{LAUGHS}]><quiz a='&l9;'/>".encode,
    ),
    "a root that never begins": ("xml_malformed", lambda: b"<?xml version='1.0'?>" + b"<!-- x -->" * 300_000),
    "an attribute without end": ("xml_too_large", lambda: b"<quiz><question a='" + b"x" * 11_000_000),
    "attributes without number": (
        "xml_too_large",
        lambda: b"<quiz><question " + b" ".join(b"a%d=''" % number for number in range(20_000)) + b"/></quiz>",
    ),
    "HTML of attributes without number": (
        "xml_too_large",
        lambda: QUIZ.format("<![CDATA[<p " + " ".join(f"a{number}" for number in range(40_000)) + ">]]>").encode(),
    ),
    "NULs": ("xml_malformed", lambda: QUIZ.format("a\0b").encode()),
    "another encoding than it says": (
        "xml_malformed",
        lambda: ("<?xml version='1.0' encoding='UTF-8'?>" + QUIZ.format("中")).encode("gbk"),
    ),
    "UTF-16 that is none": ("xml_malformed", lambda: b"<?xml version='1.0' encoding='UTF-16'?>" + QUIZ.encode()),
    "members that lie over one another": (
        "archive_too_large",
        lambda: overlapping(packed(MANIFEST, ("x", bytes(900_000)))),
    ),
    "elements without bottom": ("xml_too_large", lambda: b"<quiz><question>" + b"<a>" * 100_000),
    "a text without end": ("xml_too_large", lambda: QUIZ.format("x" * 11_000_000).encode()),
    "XML cut off": ("xml_malformed", lambda: QUIZ.format("x").encode()[:-20]),
    "a quiz of Canvas": ("format_unknown", lambda: b'<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0"/>'),
    "XML of something else": ("format_unknown", lambda: b"<?xml version='1.0'?><svg/>"),
    "a name that leads outside": ("archive_unsafe_name", lambda: packed(MANIFEST, ("../../etc/cron.d/x", b"x"))),
    "a name from the root": ("archive_unsafe_name", lambda: packed(MANIFEST, ("/etc/passwd", b"x"))),
    "a name of another drive": ("archive_unsafe_name", lambda: packed(MANIFEST, ("C:\\x", b"x"))),
    "a name with backslashes": ("archive_unsafe_name", lambda: packed(MANIFEST, ("a\\..\\..\\x", b"x"))),
    "a bomb": ("archive_bomb", lambda: packed(MANIFEST, ("x", bytes(50_000_000)))),
    "a member of a gigabyte": ("archive_too_large", lambda: claiming(packed(("x", bytes(1000))), 1024**3)),
    "too many members": (
        "archive_too_many_members",
        lambda: listing(packed(MANIFEST), 0xFFFF),
    ),
    "an encrypted member": ("archive_damaged", lambda: encrypted(packed(MANIFEST))),
    "a package cut off": ("archive_damaged", lambda: packed(MANIFEST)[:-10]),
    "a package without anything": ("format_unknown", lambda: packed(("readme.txt", b"x"))),
    "an old workbook": ("format_old_office", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a program": ("encoding_unknown", lambda: b"MZ\x90\x00\x03\x00\x00\x00" + bytes(100)),
    "nothing": ("file_empty", lambda: b" \n"),
    "a letter": ("format_unknown", lambda: b"Dear Sir or Madam,\nplease find enclosed\n"),
}


@pytest.mark.parametrize(("code", "made"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_little_memory(tmp_path: Path, code: str, made: Callable[[], bytes]) -> None:
    file = tmp_path / "upload"
    file.write_bytes(made())
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as refused:
            reading.report(reading.read(file))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.code == code
    assert most < MOST_MEMORY


@pytest.mark.parametrize("ending", ["zip", "xlsx", "docx", "imscc"])
def test_a_name_that_promises_a_package_is_held_to_it(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"upload.{ending}"
    file.write_text("question,answer,type\n")
    with pytest.raises(Refused, match="wrong_magic"):
        sniffing.sniff(file)


def test_a_member_is_never_more_than_it_claims(tmp_path: Path) -> None:
    file = tmp_path / "upload"
    file.write_bytes(claiming(packed(("x", bytes(900_000))), 100))
    with archives.opened(file) as package, pytest.raises(Refused, match="archive_damaged"):
        package.read("x")


def test_a_document_type_without_entities_is_let_in(tmp_path: Path) -> None:
    file = tmp_path / "q.xml"
    file.write_text("<!DOCTYPE quiz SYSTEM 'http://127.0.0.1:9/quiz.dtd'><quiz/>")
    assert reading.report(reading.read(file))["items"] == 0


def test_a_member_that_is_a_link_is_never_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("items/q.xml")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    manifest = "<manifest><resources><resource type='imsqti_item_xmlv2p1' href='items/q.xml'/></resources></manifest>"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("imsmanifest.xml", manifest)
        package.writestr(link, "/etc/passwd")
    report = reading.report(reading.read(tmp_path / "a.zip"))
    assert [problem["code"] for problem in report["errors"]] == ["xml_malformed"]


def test_a_package_within_a_package_is_not_opened(tmp_path: Path) -> None:
    manifest = b"<manifest><resources><resource type='imsqti_item_xmlv2p1' href='a.zip'/></resources></manifest>"
    bomb = packed(("x", bytes(50_000_000)))
    (tmp_path / "a.zip").write_bytes(packed(("imsmanifest.xml", manifest), ("a.zip", bomb)))
    report = reading.report(reading.read(tmp_path / "a.zip"))
    assert [problem["code"] for problem in report["errors"]] == ["xml_malformed"]


def test_embedded_answers_that_never_end_are_none(tmp_path: Path) -> None:
    text = "{1:MC:" * 20_000
    file = tmp_path / "q.xml"
    file.write_text(f"<quiz><question type='cloze'><questiontext><text>{text}</text></questiontext></question></quiz>")
    report = reading.report(reading.read(file))
    assert [problem["code"] for problem in report["errors"]] == ["gap_unanswered"]
