"""The notice that this service follows, and where its centre is asked. Pure.

Public pages show it and every package carries it (E10); another notice is another value here, with its own rules.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Notice:
    """A notice by its 文号; `basis` is the 文号 of what it was issued under."""

    number: str
    issued_on: date
    issuer: str
    basis: str


NOTICE = Notice("沪人社职〔2025〕140号", date(2025, 5, 12), "上海市人力资源和社会保障局", "沪人社职〔2025〕100号")
INTAKE_MAILBOX = "yanfa312@126.com"  # 140号 三(二)3: 市职鉴中心咨询和受理邮箱 (A13)
