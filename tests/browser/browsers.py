"""The browser that the tests drive."""

from collections.abc import Callable

from playwright.sync_api import Page

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]
DESKTOP = {"width": 1366, "height": 768}
# The browser itself reports every refused or failed request; tests provoke those on purpose.
BROWSER_NOISE = ("Failed to load resource", "WebSocket connection to")

PageFor = Callable[..., Page]
