"""The Config Key of settings, as Safe Exam Browser computes it. Pure.

https://safeexambrowser.org/developer/seb-config-key.html: the settings become one line of JSON, whose names are sorted
without regard to case, whose texts are not escaped, and which leaves out `originatorVersion` and empty dictionaries;
the key is the SHA-256 of that line. It tells that a browser uses these settings. It does not tell that the browser is a
genuine one: whoever has the settings can compute it, too.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

LEFT_OUT: Final = "originatorVersion"
Settings = Mapping[str, Any]


def config_key(settings: Settings) -> str:
    """Return the Config Key of the settings, 64 digits in hexadecimal."""
    return hashlib.sha256(line(settings).encode()).hexdigest()


def line(value: Any) -> str:
    """Return a value as the browser writes it for its key; raises TypeError for what no settings can hold."""
    match value:
        case Mapping():
            return f"{{{','.join(_pairs(value))}}}"
        case list() | tuple():
            return f"[{','.join(map(line, value))}]"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            return f'"{_text(value)}"'


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case bytes():
            return base64.b64encode(value).decode()
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case _:
            raise TypeError(f"settings hold no {type(value).__name__}")


def _pairs(settings: Settings) -> list[str]:
    return [
        f'"{name}":{line(settings[name])}' for name in sorted(settings, key=_place) if _counts(name, settings[name])
    ]


def _counts(name: str, value: Any) -> bool:
    return name != LEFT_OUT and not (isinstance(value, Mapping) and not value)


def _place(name: str) -> tuple[str, str]:
    """Return where a name stands: without regard to case, `_` before digits and letters, and aB before AB."""
    return name.casefold().replace("_", "\x00"), name.swapcase()
