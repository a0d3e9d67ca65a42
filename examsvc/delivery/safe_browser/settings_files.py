"""The settings that an exam session's browsers are given, and their .seb file: an XML property list. Pure.

The file is not encrypted: it holds no secret but the hash of a random password, and every candidate's machine fetches
it. What the browser keeps over a restart is on purpose: the journal of answers and the log-in must survive a crash.
"""

import hashlib
import plistlib
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from examsvc.delivery.safe_browser.addresses import address
from examsvc.delivery.safe_browser.config_keys import LEFT_OUT, config_key

MEDIA_TYPE: Final = "application/seb"
START_EXAM: Final = 0
FULL_SCREEN: Final = 1
PREFER_MODERN: Final = 3
ALLOW: Final = 1


@dataclass(frozen=True)
class Making:
    """What settings are made from; `quit_password` lets somebody out of the browser before the end."""

    public_url: str
    exam_session_id: UUID
    quit_password: str
    has_camera: bool


def settings(making: Making) -> dict[str, Any]:
    """Return the settings. Every name is one that all versions in use know: one that is not known changes the key."""
    return {**_FIXED, **_places(making), "allowVideoCapture": making.has_camera, **_ways_out(making)}


def key_of(making: Making) -> str:
    """Return the Config Key of a browser that uses the settings."""
    return config_key(settings(making))


def seb_file(making: Making) -> bytes:
    """Return the .seb file."""
    return plistlib.dumps(settings(making), fmt=plistlib.FMT_XML, sort_keys=True)


def quit_address(public_url: str, exam_session_id: UUID) -> str:
    """Return the address that ends the browser when it is gone to."""
    return address(public_url, f"/candidate/leave/{exam_session_id}")


def _places(making: Making) -> dict[str, Any]:
    host = urlsplit(address(making.public_url, "/")).netloc
    only_here = {"action": ALLOW, "active": True, "expression": f"{host}/*", "regex": False}
    return {
        "startURL": address(making.public_url, "/candidate/"),
        "URLFilterEnable": True,
        "URLFilterRules": [only_here],
    }


def _ways_out(making: Making) -> dict[str, Any]:
    return {
        "quitURL": quit_address(making.public_url, making.exam_session_id),
        "quitURLConfirm": False,
        "hashedQuitPassword": hashlib.sha256(making.quit_password.encode()).hexdigest(),
    }


_FIXED: Final[dict[str, Any]] = {
    LEFT_OUT: "examsvc",
    "sebConfigPurpose": START_EXAM,
    "sendBrowserExamKey": True,
    "browserWindowWebView": PREFER_MODERN,
    "browserViewMode": FULL_SCREEN,
    "allowQuit": True,
    "ignoreExitKeys": True,
    "allowPreferencesWindow": False,
    "allowSwitchToApplications": False,
    "allowUserSwitching": False,
    "allowVirtualMachine": False,
    "allowScreenSharing": False,
    "allowDictation": False,
    "allowDictionaryLookup": False,
    "allowSiri": False,
    "allowSpellCheck": False,
    "enablePrintScreen": False,
    "enablePrivateClipboard": True,
    "enableRightMouse": False,
    "URLFilterEnableContentFilter": False,  # it would force the old WebView, which shows pages no keys
    "browserWindowAllowReload": True,
    "showReloadButton": True,
    "showTaskBar": True,
    "showTime": True,
    "showInputLanguage": True,
    "enableZoomPage": True,
    "enableJavaScript": True,
    "allowAudioCapture": False,
    "allowDownUploads": True,  # the receipt and, without a network, the rescue file
    "openDownloads": False,
    "removeBrowserProfile": False,
    "removeLocalStorage": False,
    "examSessionClearCookiesOnStart": False,
    "examSessionClearCookiesOnEnd": False,
}
