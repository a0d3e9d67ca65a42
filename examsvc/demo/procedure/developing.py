"""Three months: the organisation passes, hands specification and bank in, or lets the time go by."""

from datetime import datetime

from examsvc.core.calendar import deadlines, holidays
from examsvc.core.db import get
from examsvc.demo import bank_filling
from examsvc.demo.procedure import reviewing, texts
from examsvc.demo.procedure.stories import Story
from examsvc.registry.developing import clock, specifying, sweeping
from examsvc.registry.developing.models import Development
from examsvc.registry.developing.specifying import SpecificationPlan
from questionbank import handing_in


def pass_organisation(story: Story, when: datetime) -> None:
    """Let the organisation pass; raises HolidaysUnknown before anything is written, so that the case stays as it is."""
    clock.deadline(when, deadlines.policy_in_use(), holidays.calendar(story.db))
    reviewing.hold_meetings(story, when - reviewing.MEETINGS_BEFORE)
    reviewing.conclude(story, when)


def hand_in(story: Story, when: datetime) -> None:
    """Hand in the specification, then the bank, filled by its author and reviewer."""
    act, text = story.office(when), story.text
    plan = SpecificationPlan(text["audience"], text["theory_minutes"], texts.shares(text))
    specifying.hand_in(*story.at, plan, **act)
    bank = handing_in.open_bank(*story.at, f"{text['scheme_name']} 题库", **act)
    hands = {name: story.crew.act(name, when)["by"] for name in ("author", "reviewer")}
    bank_filling.fill(story.db, bank, texts.contents(text), **hands, now=when)
    if "items" not in text:
        story.blueprint = bank_filling.draw_blueprint(story.db, bank, now=when)
    handing_in.hand_in(*story.at, bank.id, **act)


def lapse(story: Story, when: datetime) -> None:
    """Remind the organisation at every threshold, then let the time be up."""
    remind(story, when)
    sweeping.abandon_if_due(story.db, story.case_id, when)


def remind(story: Story, until: datetime) -> None:
    """Give the reminders that fell due until the moment, each at its instant."""
    found = get(story.db, Development, story.case_id)
    while found.next_reminder_at is not None and found.next_reminder_at <= until:
        sweeping.remind_if_due(story.db, story.case_id, found.next_reminder_at)
