"""Password hashing: argon2id with the library's parameters (RFC 9106, low-memory profile)."""

import threading
from collections.abc import Callable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from examsvc.accounts.errors import WeakPassword

LEAST_LENGTH = 8
MOST_AT_ONCE = 2  # each takes 64 MiB and a processor for a while
_hasher = PasswordHasher()
_few = threading.BoundedSemaphore(MOST_AT_ONCE)
_run: Callable[[Callable[[], bool]], bool] = lambda call: call()  # noqa: E731 (a replaceable runner, not a function of this module)


def verify_by(run: Callable[[Callable[[], bool]], bool]) -> None:
    """Have passwords verified through `run`, where that holds up nobody else; called by the composition root."""
    global _run  # noqa: PLW0603 (a process has one way)
    _run = run


def hashed(password: str) -> str:
    """Return the argon2id hash; raises WeakPassword."""
    if len(password) < LEAST_LENGTH:
        raise WeakPassword(least=LEAST_LENGTH)
    return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Return whether the password is the hashed one; takes as long when there is no hash to compare."""
    with _few:
        return _run(lambda: _matches(password, password_hash))


def _matches(password: str, password_hash: str | None) -> bool:
    try:
        _hasher.verify(password_hash or _decoy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _decoy() -> str:
    return _hasher.hash("nobody's password")
