"""A whole chromium of its own with a profile on disk: killed hard, and started again over the same profile."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from browsers import CHROMIUM, DESKTOP, FLAGS
from patience import wait_until
from playwright.sync_api import BrowserContext, BrowserType, Page

UNCONFIRMED_LINES = """
async () => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await asked(indexedDB.open("examsvc-candidate"));
  const lines = await asked(database.transaction("entries").objectStore("entries").getAll());
  database.close();
  return lines.filter((line) => !line.acknowledged).length;
}
"""


@contextmanager
def started(kind: BrowserType, profile: Path, url: str) -> Iterator[BrowserContext]:
    """Start chromium over a profile folder; nothing of it runs on at the end, whatever a test finds meanwhile."""
    wishes = {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "permissions": ["camera"]}
    context = kind.launch_persistent_context(profile, executable_path=CHROMIUM, args=FLAGS, base_url=url, **wishes)
    try:
        yield context
    finally:
        kill(profile)


def kill(profile: Path) -> None:
    """Kill all processes of the chromium that runs over this profile, at once and without a warning."""
    for group in _groups(profile):
        os.killpg(group, signal.SIGKILL)
    wait_until(lambda: not _groups(profile))


def unconfirmed_lines(page: Page) -> int:
    """Return how many lines of the journal are in this browser's database that the service has not confirmed."""
    count: int = page.evaluate(UNCONFIRMED_LINES)
    return count


def _groups(profile: Path) -> set[int]:
    """Return the process groups of which a process names the profile: Playwright starts each browser in its own."""
    named = f"--user-data-dir={profile}".encode()
    groups = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if named in (folder / "cmdline").read_bytes().split(b"\0"):
                groups.add(os.getpgid(int(folder.name)))
    return groups - {os.getpgrp()}
