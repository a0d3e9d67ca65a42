"""When a request arrived is what counts, and for how long that is believed."""

from datetime import timedelta

import pytest
from flask import Flask, g

from examsvc.core.clock import MovableClock
from examsvc.delivery.routes.arriving import LONGEST_TRANSIT, arrival


@pytest.mark.parametrize("seconds", [0, 1, 29, 30])
def test_a_slow_server_makes_nothing_late(app: Flask, moving_clock: MovableClock, seconds: int) -> None:
    with app.test_request_context("/"):
        g.arrived_at = moving_clock()
        moving_clock.forward(seconds=seconds)
        assert arrival() == g.arrived_at


@pytest.mark.sqlite_only
@pytest.mark.parametrize("seconds", [31, 60, 3600])
def test_a_body_that_trickles_in_for_long_has_not_arrived_at_its_first_byte(
    app: Flask, moving_clock: MovableClock, seconds: int
) -> None:
    with app.test_request_context("/"):
        g.arrived_at = moving_clock()
        now = moving_clock.forward(seconds=seconds)
        assert arrival() == now - LONGEST_TRANSIT
        assert timedelta(seconds=30) == LONGEST_TRANSIT
