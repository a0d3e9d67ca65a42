"""Public notices, an objection, the filing."""

from datetime import datetime

from examsvc.demo.procedure.stories import NONE_YET, Story
from examsvc.registry.publicity import ending, filing, objecting, posting
from examsvc.registry.publicity.objecting import Complaint
from examsvc.registry.publicity.posting import NoticePlan, Seen
from examsvc.registry.publicity.states import Against, NoticeKind

WORKING_DAYS_OF_SCHEMES = 7
OBJECTION = (
    "公示材料写明该机构在临港设有室内飞行场地，我上月路过时看到场地仍在施工。"
    "请核实场地是否已经具备考核条件，并公布核实结果。"
)


def post_scheme(story: Story, when: datetime) -> None:
    """Post the scheme's notice; raises HolidaysUnknown before anything is written."""
    name = story.case.scheme_name
    text = f"根据遴选结果，现将专项职业能力考核项目「{name}」予以公示，欢迎社会各界监督。"
    title = f"专项职业能力考核项目公示（{name}）"
    _post(story, NoticePlan(NoticeKind.SCHEMES, title, text, WORKING_DAYS_OF_SCHEMES), when)


def post_organisation(story: Story, when: datetime) -> None:
    """Post the organisation's notice of five working days; raises HolidaysUnknown before anything is written."""
    case = story.case
    text = f"现将通过评估的考核机构{case.organisation_name}（考核项目：{case.scheme_name}）予以公示，欢迎社会各界监督。"
    _post(story, NoticePlan(NoticeKind.ORGANISATIONS, f"考核机构名单公示（{case.scheme_name}）", text), when)


def _post(story: Story, plan: NoticePlan, when: datetime) -> None:
    seen = [Seen(story.case.id, story.case.version)]
    story.notice_id = posting.post(story.db, plan, seen, **story.registrar(when)).id


def end(story: Story, now: datetime) -> None:
    """End the latest notice if it is over by now, as the worker would have."""
    if story.notice_id != NONE_YET:
        ending.end_if_due(story.db, story.notice_id, now)


def object_to(story: Story, when: datetime) -> None:
    """Let somebody from the public object to the organisation."""
    complaint = Complaint(story.case.id, "热心市民（演示）", "138 0000 0000", Against.ORGANISATION, OBJECTION)
    form_key = objecting.new_form_key()
    objecting.object_to(story.db, story.notice_id, complaint, None, form_key=form_key, now=when)


def file(story: Story, when: datetime) -> None:
    filing.file_case(*story.at, **story.registrar(when))
