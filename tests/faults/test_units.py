"""The keeper of the fault tests starts again what ended as the units do that a machine is to run."""

from pathlib import Path

import pytest
from keeping import RESTARTS_AFTER_SECONDS

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"


@pytest.mark.parametrize("name", ["examsvc.service", "examsvc-worker.service", "restarts.conf"])
def test_a_unit_starts_again_what_ended_however_often(name: str) -> None:
    lines = (UNITS / name).read_text(encoding="utf-8").splitlines()
    wanted = {"Restart=always", f"RestartSec={RESTARTS_AFTER_SECONDS:.0f}", "StartLimitIntervalSec=0"}
    assert wanted <= set(lines)
