"""What the words of a setting mean. Each raises ValueError that says what is wrong, without the secrets in it."""

from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LAST_PORT = 65_535
SMTP_SCHEMES = ("smtp", "smtps", "smtp+starttls")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def port(raw: str) -> int:
    """Return a port between 1 and 65535."""
    if not raw.isdecimal() or not 0 < int(raw) <= LAST_PORT:
        raise ValueError(f"{raw!r} is not a port between 1 and 65535")
    return int(raw)


def whole(raw: str) -> int:
    """Return a whole number, 0 or more."""
    if not raw.isdecimal():
        raise ValueError(f"{raw!r} is not a whole number")
    return int(raw)


def positive(raw: str) -> int:
    """Return a whole number of 1 or more."""
    if not raw.isdecimal() or int(raw) < 1:
        raise ValueError(f"{raw!r} is not a positive whole number")
    return int(raw)


def positive_float(raw: str) -> float:
    """Return a positive number of seconds."""
    try:
        value = float(raw)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise ValueError(f"{raw!r} is not a positive number of seconds")
    return value


def database_url(raw: str) -> str:
    """Return the address as SQLAlchemy knows it, with the driver of PostgreSQL."""
    scheme, _, rest = raw.partition("://")
    url = f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgresql+psycopg") else raw
    if url == raw and not raw.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("is neither a sqlite:/// nor a postgresql:// address")
    try:
        make_url(url)
    except (ArgumentError, ValueError):  # without its words: they may hold the password
        raise ValueError("is not an address that can be read") from None
    return url


def blobs_url(raw: str) -> str:
    """Return the address of a folder or of a bucket."""
    if not raw.startswith(("file:///", "s3://")):
        raise ValueError("is neither a file:/// nor an s3:// address")
    return raw


def redis_url(raw: str) -> str | None:
    """Return the address, or None when there is none."""
    if raw and not raw.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("is not a redis:// address")
    return raw or None


def smtp_url(raw: str) -> str | None:
    """Return the address, or None when there is none."""
    parts = urlsplit(raw)
    if raw and (parts.scheme not in SMTP_SCHEMES or not parts.hostname or parts.port == 0):
        raise ValueError(f"is none of {', '.join(f'{scheme}://host:port' for scheme in SMTP_SCHEMES)}")
    return raw or None


def public_url(raw: str) -> str:
    """Return the address without a slash at its end."""
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"{raw!r} is not an http or https address")
    return raw.rstrip("/")


def folder(raw: str) -> Path:
    """Return where the folder is, whether it exists or not."""
    return Path(raw).resolve()


def folders(raw: str) -> tuple[Path, ...]:
    """Return the folders between colons, all of which exist."""
    found = tuple(Path(part) for part in raw.split(":") if part)
    missing = [str(one) for one in found if not one.is_dir()]
    if missing:
        raise ValueError(f"no such folder: {', '.join(missing)} (apt-get install fonts-lxgw-wenkai fonts-noto-cjk)")
    return found


def yes_or_no(raw: str) -> bool:
    """Return whether it says yes."""
    if raw.upper() not in ("YES", "NO"):
        raise ValueError(f"{raw!r} is neither YES nor NO")
    return raw.upper() == "YES"


def log_level(raw: str) -> str:
    """Return the level in capitals."""
    level = raw.upper()
    if level not in LOG_LEVELS:
        raise ValueError(f"{raw!r} is none of {', '.join(LOG_LEVELS)}")
    return level
