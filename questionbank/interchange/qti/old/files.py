"""The files of a package of QTI 1.2: beside the questions, among a course's files, or named by a number."""

import posixpath
import re
from urllib.parse import unquote

from questionbank.interchange import media
from questionbank.interchange.archives import Package
from questionbank.interchange.model import Medium

_CANVAS_ROOTS = ("$IMS-CC-FILEBASE$", "$CANVAS_OBJECT_REFERENCE$", "web_resources")
_NUMBER = re.compile(r"xid-\d+_\d+")  # Blackboard adds a file's number to its name, and texts name the number alone


class Files:
    """Finds what texts name."""

    def __init__(self, package: Package):
        self._package = package
        self._numbered = {found[-1]: name for name in package.names if (found := _NUMBER.findall(name))}

    def find(self, base: str, address: str) -> Medium | None:
        """Return the medium that a text in the folder `base` names; None when there is none."""
        name = self._name(base, unquote(address).partition("?")[0].replace("\\", "/"))
        return media.medium(self._package.read(name), name) if name else None

    def _name(self, base: str, path: str) -> str:
        if number := _NUMBER.search(path):
            return self._numbered.get(number[0], "")
        for root in _CANVAS_ROOTS:
            path = path.removeprefix(root)
        path = path.lstrip("/")
        folders = (base, "", "web_resources", posixpath.dirname(base)) if path else ()
        held = (self._package.held(posixpath.normpath(posixpath.join(folder, path))) for folder in folders)
        return next((name for name in held if name), "")
