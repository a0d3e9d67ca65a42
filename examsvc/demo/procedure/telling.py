"""Tells every case of the content up to its stage, through the verbs of the people who act in it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from examsvc.core.calendar import holidays
from examsvc.core.calendar.errors import HolidaysUnknown
from examsvc.core.calendar.working_days import Calendar
from examsvc.core.clock import SHANGHAI
from examsvc.demo.crew import Crew
from examsvc.demo.procedure import applying, developing, publicising, recommending, reviewing, texts
from examsvc.demo.procedure.stories import Story
from examsvc.demo.procedure.timetables import Step, Timetable, morning, timetable

DRAFTED_BEFORE = timedelta(days=5)
FILED, DRAFT = "FILED", "DRAFT"

DOES: Mapping[Step, Callable[[Story, datetime], None]] = {
    Step.CHECK: reviewing.check,
    Step.INITIATION_PANEL: reviewing.open_panel,
    Step.FIRST_OPINION: reviewing.first_opinion,
    Step.INITIATION: reviewing.conclude,
    Step.CITY: reviewing.pass_city,
    Step.SEND: reviewing.send,
    Step.REPLY: reviewing.reply,
    Step.SELECT: reviewing.select,
    Step.SCHEME_NOTICE: publicising.post_scheme,
    Step.BEGIN: applying.begin,
    Step.DRAFT_APPLICATION: applying.write_draft,
    Step.COMPLETE_APPLICATION: applying.complete,
    Step.APPLY: applying.submit,
    Step.ORGANISATION_PANEL: reviewing.open_panel,
    Step.HEARING: reviewing.plan_hearing,
    Step.ORGANISATION: developing.pass_organisation,
    Step.HAND_IN: developing.hand_in,
    Step.SCHEME_PANEL: reviewing.open_panel,
    Step.SCHEME: reviewing.conclude,
    Step.CONSENT: reviewing.consent,
    Step.NOTICE: publicising.post_organisation,
    Step.OBJECTION: publicising.object_to,
    Step.FILE: publicising.file,
    Step.LAPSE: developing.lapse,
}


def tell(db: Session, crew: Crew, at: datetime) -> list[Story]:
    """Place every case and return the stories, the filed one first.

    A step that needs the holidays of a year whose table is not known is not taken: the case waits before it, as it
    would for the centre. The filed case alone must not wait, for an exam is held under it: it lies in known years.
    """
    calendar = holidays.calendar(db)
    stories = [Story(db, crew, text, _timetable(text["stage"], at, calendar)) for text in texts.cases()]
    for group in _batches([story for story in stories if story.timetable]):
        recommending.submit(group, group[0].timetable[0][1])
    drafts = [story for story in stories if not story.timetable]
    for story in drafts:
        recommending.draft([story], morning(at.astimezone(SHANGHAI).date() - DRAFTED_BEFORE))
    for story in stories:
        _go_on(story, at)
    return stories


def _timetable(stage: str, at: datetime, calendar: Calendar) -> Timetable:
    if stage == DRAFT:
        return []
    known = datetime.combine(date(max(calendar.years), 12, 31), time(12), SHANGHAI)
    return timetable(stage, min(at, known) if stage == FILED else at, calendar)


def _batches(stories: list[Story]) -> list[list[Story]]:
    """Return the stories that were submitted together: by the same department at the same moment."""

    def key(story: Story) -> tuple[datetime, str]:
        return story.timetable[0][1], story.text["department"]

    return [list(group) for _, group in groupby(sorted(stories, key=key), key)]


def _go_on(story: Story, at: datetime) -> None:
    for step, when in story.timetable[1:]:
        publicising.end(story, when)
        try:
            DOES[step](story, when)
        except HolidaysUnknown:
            break
    publicising.end(story, at)
