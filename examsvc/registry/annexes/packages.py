"""Packages for systems outside: one zip with documents and a manifest of their digests. Pure.

They go to 中国就业培训技术指导中心 (沪人社职〔2025〕140号 三(一)2, 6) and to the 自助经办系统 (三(一)3).
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from examsvc.core import archives, canonical
from examsvc.registry.annexes.errors import BadEntryName
from examsvc.registry.policy import NOTICE

MANIFEST = "manifest.json"
FORMAT = "examsvc-package/1"
LONGEST_PART = 120
LONGEST_ENDING = 10
MEDIA_TYPE = "application/zip"
_FORBIDDEN = frozenset('/\\:*?"<>|')
# Names that Windows keeps for devices, whatever stands behind a dot.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


@dataclass(frozen=True)
class Entry:
    """A file of a package. `name` may have folders: "附件2/1-人工智能模型运用.docx"."""

    name: str
    data: bytes


def pack(entries: Sequence[Entry], about: Mapping[str, Any] | None = None) -> bytes:
    """Return the zip: manifest.json, then the entries by name. The same content is the same bytes.

    The manifest is canonical JSON: {format, notice, about, files: [{name, size_bytes, sha256}]}: `notice` is the
    文号 that it is made under (E10), `about` is plain JSON.
    Raises BadEntryName for a name that is no plain relative path, or is there twice.
    """
    ordered = sorted(entries, key=lambda entry: entry.name)
    _check_names(ordered)
    files = [_line(entry) for entry in ordered]
    manifest = {"format": FORMAT, "notice": NOTICE.number, "about": dict(about or {}), "files": files}
    members = [(MANIFEST, canonical.encode(manifest)), *((entry.name, entry.data) for entry in ordered)]
    return archives.pack(members, compressed=False)  # what they hold is compressed already


def safe_name(text: str, *, otherwise: str = "未命名") -> str:
    """Return the text as one part of an entry's name: without paths, control characters and trailing dots."""
    normal = unicodedata.normalize("NFC", text)
    shown = "".join("_" if char in _FORBIDDEN else char for char in normal if not _is_invisible(char))
    name = _shortened(" ".join(shown.split()).strip(". "))
    return f"_{name}" if name.partition(".")[0].casefold() in _DEVICES else name or otherwise


def _shortened(name: str) -> str:
    """Return the name with its ending, by which programs know what it holds, whatever is left out before."""
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_PART or not stem or len(ending) > LONGEST_ENDING:
        return name[:LONGEST_PART].strip(". ")
    return stem[: LONGEST_PART - len(dot + ending)].strip(". ") + dot + ending


def _line(entry: Entry) -> dict[str, Any]:
    digest = hashlib.sha256(entry.data).hexdigest()
    return {"name": entry.name, "size_bytes": len(entry.data), "sha256": digest}


def _check_names(entries: Sequence[Entry]) -> None:
    seen = {MANIFEST}
    for entry in entries:
        folded = entry.name.casefold()  # some file systems tell no case apart
        if folded in seen or not _is_plain(entry.name):
            raise BadEntryName(name=entry.name)
        seen.add(folded)


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return str(PurePosixPath(name)) == name and all(part and safe_name(part) == part for part in parts)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs")
