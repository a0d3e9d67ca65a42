"""Waiting for what other threads, processes and pages do in their own time."""

import subprocess
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PATIENCE_SECONDS = 120
LOOKS_EVERY_SECONDS = 0.05


def wait_until(
    reached: Callable[[], Found],
    seconds: float = PATIENCE_SECONDS,
    *,
    process: subprocess.Popen[bytes] | None = None,
    every: float = LOOKS_EVERY_SECONDS,
) -> Found:
    """Return what `reached` tells once it is true; raises RuntimeError when time is up or the process has ended."""
    until = time.monotonic() + seconds
    while not (found := reached()):
        if process and process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
        if time.monotonic() > until:
            raise RuntimeError(f"it was not reached within {seconds} s")
        time.sleep(every)
    return found
