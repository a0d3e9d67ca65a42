import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsvc.core import ticks


@given(st.floats(0, 2**31, allow_nan=False), st.sampled_from([0.5, 1.0, 2.0, 3.0, 30.0]))
def test_one_comes_at_the_next_tick_or_the_one_after_it_when_it_is_about_there(now: float, every: float) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(time, "time", lambda: now)
        rest = ticks.until_next(every)
    assert every * ticks.SAME < rest <= every * (1 + ticks.SAME)
    assert math.isclose((now + rest) / every, round((now + rest) / every), abs_tol=1e-5)
