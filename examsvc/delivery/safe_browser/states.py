"""The kinds of keys, and how somebody stands who needs Safe Exam Browser. Pure."""

from enum import StrEnum


class KeyKind(StrEnum):
    """CONFIG_KEY: of the settings alone. BROWSER_EXAM_KEY: of the settings and of the browser that uses them."""

    CONFIG_KEY = "CONFIG_KEY"
    BROWSER_EXAM_KEY = "BROWSER_EXAM_KEY"


class ProofWay(StrEnum):
    """How the hash came: by a header of the request, or read by the page (a modern WebView sends no headers)."""

    HEADER = "HEADER"
    SCRIPT = "SCRIPT"


class SafeBrowserState(StrEnum):
    """NEEDED until the log-in has proven itself for the next claim, or a proctor has waived it."""

    OFF = "OFF"
    NEEDED = "NEEDED"
    PROVEN = "PROVEN"
    WAIVED = "WAIVED"
