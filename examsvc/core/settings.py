"""Settings from the environment: read once, all faults reported together."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from examsvc.core import master_keys
from examsvc.core import setting_values as values
from examsvc.core.mail import addresses

Value = TypeVar("Value")
DEFAULT_MAIL_FROM = "examsvc@localhost.localdomain"
_FRONTEND = Path(__file__).resolve().parents[1] / "frontend" / "dist"
DEFAULT_FONTS = "/usr/share/fonts/truetype/lxgw-wenkai:/usr/share/fonts/opentype/noto"


class BadSettings(Exception):
    """One or more settings are wrong; `faults` has a line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """What the service needs to know to start. Times in seconds."""

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
    """Reads one setting after the other and collects what is wrong with them."""

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
    data_dir = env.read("DATA_DIR", "var", values.folder, Path("var"))
    port = env.read("PORT", "8000", values.port, 8000)
    database_url = env.read("DATABASE_URL", f"sqlite:///{data_dir}/examsvc.sqlite", values.database_url, "")
    redis_url = env.read("REDIS_URL", "", values.redis_url, None)
    processes = env.read("PROCESSES", "1", values.positive, 1)
    if processes > 1 and (database_url.startswith("sqlite") or not redis_url):
        env.faults.append("EXAMSVC_PROCESSES: more than one process needs PostgreSQL and EXAMSVC_REDIS_URL")
    settings = Settings(
        data_dir=data_dir,
        database_url=database_url,
        blobs_url=env.read("BLOBS_URL", f"file://{data_dir}/blobs", values.blobs_url, ""),
        redis_url=redis_url,
        master_key=env.read("MASTER_KEY", "", lambda raw: master_keys.read(raw, data_dir), b""),
        public_url=env.read("PUBLIC_URL", f"http://127.0.0.1:{port}", values.public_url, ""),
        host=env.read("HOST", "127.0.0.1", str, ""),
        port=port,
        proxies=env.read("PROXIES", "0", values.whole, 0),
        processes=processes,
        font_paths=env.read("FONT_PATHS", DEFAULT_FONTS, values.folders, ()),
        frontend_dir=env.read("FRONTEND_DIR", str(_FRONTEND), values.folder, _FRONTEND),
        sweep_seconds=env.read("SWEEP_SECONDS", "2", values.positive_float, 2.0),
        handover_seconds=env.read("HANDOVER_SECONDS", "600", values.whole, 600),
        log_level=env.read("LOG_LEVEL", "INFO", values.log_level, "INFO"),
        smtp_url=env.read("SMTP_URL", "", values.smtp_url, None),
        mail_from=env.read("MAIL_FROM", DEFAULT_MAIL_FROM, addresses.checked, ""),
        deadline_roll=env.read("DEADLINE_ROLL", "YES", values.yes_or_no, True),
    )
    if env.faults:
        raise BadSettings(env.faults)
    return settings
