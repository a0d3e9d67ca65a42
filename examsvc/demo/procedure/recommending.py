"""A department writes its batch: 推荐汇总表 with its rows, 建议书 and 主要考核内容 of each, the sealed scan."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from examsvc.core.clock import shanghai_date
from examsvc.demo.procedure.papers import paper
from examsvc.demo.procedure.stories import Story
from examsvc.registry.recommending import batches, proposals, rows, scans, submitting
from examsvc.registry.recommending.rows import RowFields

WRITING_TAKES = timedelta(days=6)
_MONTHS = 3
_OWN = ("background", "features", "audience")
_OF_DEPARTMENT = (*("assessment_so_far", "social_effect", "outlook_employment", "outlook_industry", "outlook_economy"),)
_OF_ORGANISATION = ("organisation_basics", "organisation_groundwork", "organisation_strengths")


def submit(stories: Sequence[Story], when: datetime) -> None:
    """Write the stories' rows into one batch of their department, seal and submit it in the window `when` lies in."""
    _write(stories, when - WRITING_TAKES)
    first = stories[0]
    batch_id, text = first.case.recommendation_id, first.department_text
    lines = [
        f"{number}. {story.case.scheme_name}（{story.organisation.name}）" for number, story in enumerate(stories, 1)
    ]
    scan = paper(
        "附件1-推荐汇总表（盖章扫描件）", "推荐下列考核项目，按优先顺序排列：", *lines, signer=text["name"], on=when
    )
    scans.keep_scan(first.db, batch_id, scan, **first.recommender(when))
    batch = batches.find(first.db, batch_id, by=first.recommender(when)["by"])
    submitting.submit(first.db, batch_id, batch.version, **first.recommender(when))


def draft(stories: Sequence[Story], when: datetime) -> None:
    """Write the stories' rows into a batch of their department that stays a draft."""
    _write(stories, when)


def _write(stories: Sequence[Story], when: datetime) -> None:
    first = stories[0]
    day = shanghai_date(when)
    title = f"{day.year} 年第{'一二三四'[(day.month - 1) // _MONTHS]}季度推荐"
    contact = first.department_text["contact_name"], first.department_text["contact_phone"]
    batch = batches.open_batch(first.db, title, *contact, **first.recommender(when))
    for story in stories:
        act = story.recommender(when)
        story.case_id = rows.add_row(story.db, batch.id, _row(story), **act).id
        proposals.write_proposal(*story.at, _proposal(story), **act)
        proposals.write_main_content(*story.at, _content(story), **act)


def _row(story: Story) -> RowFields:
    text = story.text
    return RowFields(
        occupation_code=text["occupation_code"],
        scheme_name=text["scheme_name"],
        industries=tuple(text["industries"]),
        organisation_name=story.organisation.name,
        credit_code=story.organisation.credit_code,
        expected_candidates=text["expected_candidates"],
        reason=text["reason"],
    )


def _proposal(story: Story) -> dict[str, str]:
    """Return 建议书; a draft has only what is written of the scheme itself."""
    own = {name: story.text.get(name, "") for name in _OWN}
    if "work_tasks" not in story.text:
        return own
    shared = {name: story.department_text[name] for name in _OF_DEPARTMENT}
    return {**own, **shared, **{name: story.organisation_text[name] for name in _OF_ORGANISATION}}


def _content(story: Story) -> dict[str, Any]:
    return {"definition": story.text.get("definition", ""), "work_tasks": story.text.get("work_tasks", [])}
