"""Settings from the environment: read once, all faults reported together."""

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from examsvc.core.mail import addresses
from examsvc.core.sealing import MASTER_KEY_BYTES

Value = TypeVar("Value")
LAST_PORT = 65_535
SMTP_SCHEMES = ("smtp", "smtps", "smtp+starttls")
DEFAULT_MAIL_FROM = "examsvc@localhost.localdomain"
DEFAULT_FONTS = "/usr/share/fonts/truetype/lxgw-wenkai:/usr/share/fonts/opentype/noto"


class BadSettings(Exception):
    """One or more settings are wrong; `faults` has a line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """What the service needs to know to start. Times in seconds, sizes in bytes."""

    data_dir: Path
    database_url: str
    blobs_url: str
    redis_url: str | None
    master_key: bytes
    public_url: str
    host: str
    port: int
    proxies: int
    processes: int
    font_paths: tuple[Path, ...]
    frontend_dir: Path
    sweep_seconds: float
    handover_seconds: int
    log_level: str
    smtp_url: str | None
    mail_from: str
    deadline_roll: bool

    @property
    def is_secure(self) -> bool:
        """Whether people reach the service by https, so that cookies may demand it."""
        return self.public_url.startswith("https://")


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def read(self, name: str, default: str, parse: Callable[[str], Value], fallback: Value) -> Value:
        raw = self.environ.get(f"EXAMSVC_{name}", "") or default
        try:
            return parse(raw)
        except (ValueError, OSError) as error:
            self.faults.append(f"EXAMSVC_{name}: {error}")
            return fallback


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings; raises BadSettings that lists every wrong one.

    Without EXAMSVC_MASTER_KEY a key is made once and kept in the data directory, readable by its owner only.
    """
    env = _Reader(os.environ if environ is None else environ)
    data_dir = env.read("DATA_DIR", "var", lambda raw: Path(raw).resolve(), Path("var"))
    port = env.read("PORT", "8000", _port, 8000)
    database_url = env.read("DATABASE_URL", f"sqlite:///{data_dir}/examsvc.sqlite", _database_url, "")
    redis_url = env.read("REDIS_URL", "", _redis_url, None)
    processes = env.read("PROCESSES", "1", _positive, 1)
    if processes > 1 and (database_url.startswith("sqlite") or not redis_url):
        env.faults.append("EXAMSVC_PROCESSES: more than one process needs PostgreSQL and EXAMSVC_REDIS_URL")
    settings = Settings(
        data_dir=data_dir,
        database_url=database_url,
        blobs_url=env.read("BLOBS_URL", f"file://{data_dir}/blobs", _blobs_url, ""),
        redis_url=redis_url,
        master_key=env.read("MASTER_KEY", "", lambda raw: _master_key(raw, data_dir), b""),
        public_url=env.read("PUBLIC_URL", f"http://127.0.0.1:{port}", _public_url, ""),
        host=env.read("HOST", "127.0.0.1", str, ""),
        port=port,
        proxies=env.read("PROXIES", "0", _whole, 0),
        processes=processes,
        font_paths=env.read("FONT_PATHS", DEFAULT_FONTS, _folders, ()),
        frontend_dir=env.read("FRONTEND_DIR", str(_FRONTEND), lambda raw: Path(raw).resolve(), _FRONTEND),
        sweep_seconds=env.read("SWEEP_SECONDS", "2", _positive_float, 2.0),
        handover_seconds=env.read("HANDOVER_SECONDS", "600", _whole, 600),
        log_level=env.read("LOG_LEVEL", "INFO", _log_level, "INFO"),
        smtp_url=env.read("SMTP_URL", "", _smtp_url, None),
        mail_from=env.read("MAIL_FROM", DEFAULT_MAIL_FROM, addresses.checked, ""),
        deadline_roll=env.read("DEADLINE_ROLL", "YES", _yes_or_no, True),
    )
    if env.faults:
        raise BadSettings(env.faults)
    return settings


_FRONTEND = Path(__file__).resolve().parents[1] / "frontend" / "dist"


def _port(raw: str) -> int:
    if not raw.isdecimal() or not 0 < int(raw) <= LAST_PORT:
        raise ValueError(f"{raw!r} is not a port between 1 and 65535")
    return int(raw)


def _whole(raw: str) -> int:
    if not raw.isdecimal():
        raise ValueError(f"{raw!r} is not a whole number")
    return int(raw)


def _positive(raw: str) -> int:
    if not raw.isdecimal() or int(raw) < 1:
        raise ValueError(f"{raw!r} is not a positive whole number")
    return int(raw)


def _positive_float(raw: str) -> float:
    try:
        value = float(raw)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise ValueError(f"{raw!r} is not a positive number of seconds")
    return value


def _database_url(raw: str) -> str:
    scheme, _, rest = raw.partition("://")
    url = f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgresql+psycopg") else raw
    if url == raw and not raw.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("is neither a sqlite:/// nor a postgresql:// address")
    try:
        make_url(url)
    except (ArgumentError, ValueError):  # without its words: they may hold the password
        raise ValueError("is not an address that can be read") from None
    return url


def _blobs_url(raw: str) -> str:
    if not raw.startswith(("file:///", "s3://")):
        raise ValueError("is neither a file:/// nor an s3:// address")
    return raw


def _redis_url(raw: str) -> str | None:
    if raw and not raw.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("is not a redis:// address")
    return raw or None


def _smtp_url(raw: str) -> str | None:
    parts = urlsplit(raw)
    if raw and (parts.scheme not in SMTP_SCHEMES or not parts.hostname or parts.port == 0):
        raise ValueError(f"is none of {', '.join(f'{scheme}://host:port' for scheme in SMTP_SCHEMES)}")
    return raw or None


def _public_url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"{raw!r} is not an http or https address")
    return raw.rstrip("/")


def _folders(raw: str) -> tuple[Path, ...]:
    folders = tuple(Path(part) for part in raw.split(":") if part)
    missing = [str(folder) for folder in folders if not folder.is_dir()]
    if missing:
        raise ValueError(f"no such folder: {', '.join(missing)} (apt-get install fonts-lxgw-wenkai fonts-noto-cjk)")
    return folders


def _yes_or_no(raw: str) -> bool:
    if raw.upper() not in ("YES", "NO"):
        raise ValueError(f"{raw!r} is neither YES nor NO")
    return raw.upper() == "YES"


def _log_level(raw: str) -> str:
    level = raw.upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError(f"{raw!r} is none of DEBUG, INFO, WARNING, ERROR")
    return level


def _master_key(raw: str, data_dir: Path) -> bytes:
    encoded = raw or _kept_master_key(data_dir / "master.key")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise ValueError(f"is not {MASTER_KEY_BYTES} bytes in base64")
    return key


def _kept_master_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_once(path, base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode())
    return path.read_text().strip()


def _keep_once(path: Path, text: str) -> None:
    """Write the file whole or not at all; of processes that start at once the first one's stays."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
