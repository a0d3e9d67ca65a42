"""The whole pilot procedure of 沪人社职〔2025〕140号, walked by all who take part, on a clock that the test moves.

By hand, on the screens: everything that people decide, write, upload or sign, and one line of the rosters. Without the
screens, because it is many lines of one kind: three more lines of the rosters, five items and a practical task by the
API; the plan of a paper and its draw by the service's own verbs.
"""

from pathlib import Path

import pytest
import six_steps_applying
import six_steps_assessing
import six_steps_bank
import six_steps_filing
import six_steps_initiation
import six_steps_records
from cast import playing
from playwright.sync_api import Browser


@pytest.mark.slow
def test_a_case_goes_through_all_six_steps_and_its_filing_expires_after_three_years(
    chromium: Browser, tmp_path: Path
) -> None:
    with playing(chromium, tmp_path) as cast:
        case = six_steps_initiation.recommend(cast)
        six_steps_initiation.initiate(cast, case)
        six_steps_applying.apply(cast, case)
        six_steps_assessing.assess(cast, case)
        six_steps_filing.publicise_and_file(cast, case)
        six_steps_records.look_back(cast, case)
        six_steps_bank.plan_paper(cast)
        six_steps_filing.hold_exams_until_it_expires(cast)
