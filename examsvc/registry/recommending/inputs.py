"""What is sent to recommending."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text
from examsvc.registry.recommending.fields import LONGEST, MOST_CANDIDATES
from examsvc.registry.recommending.lints import WHOLE

LONGEST_SECTION = 5000
LONGEST_LINE = 300
MOST_TASKS, MOST_LINES, MOST_EXTRAS, MOST_TAGS = 30, 50, 20, 20
VERSION = validate.Range(1, 2**31 - 1)


class RecommendationSeen(Base):
    """`version` is the one that was seen; a newer one is refused, nothing is overwritten."""

    version = fields.Integer(required=True, strict=True, validate=VERSION)


class RowVersionQuery(Base):
    version = fields.Integer(required=True, validate=VERSION)


class RecommendationQuery(Base):
    after = fields.String(load_default=None, validate=validate.Length(max=200))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))


class BatchInput(Base):
    title = Text(most=LONGEST["title"], required=True)
    contact_name = Text(most=LONGEST["contact_name"], required=True)
    contact_phone = Text(most=LONGEST["contact_phone"], required=True)


class BatchChange(RecommendationSeen):
    title = Text(most=LONGEST["title"])
    contact_name = Text(most=LONGEST["contact_name"])
    contact_phone = Text(most=LONGEST["contact_phone"])


class RowInput(Base):
    """Empty texts are not written yet; `expected_candidates` are persons in three years."""

    occupation_code = Text(most=10, least=0, required=True)
    scheme_name = Text(most=LONGEST["scheme_name"], least=0, required=True)
    industries = fields.List(Text(most=60, least=0), required=True, validate=validate.Length(max=MOST_TAGS))
    organisation_name = Text(most=LONGEST["organisation_name"], least=0, required=True)
    credit_code = Text(most=40, least=0, required=True)
    expected_candidates = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_CANDIDATES))
    reason = Text(most=LONGEST["reason"], least=0, required=True)


class RowChange(RecommendationSeen, RowInput):
    pass


class RowOrder(RecommendationSeen):
    case_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=1000))


def _section() -> Text:
    return Text(most=LONGEST_SECTION, least=0, load_default="")


class ProposalInput(Base):
    """建议书 (annex 2); an empty text is not written yet."""

    background = _section()
    features = _section()
    audience = _section()
    assessment_so_far = _section()
    social_effect = _section()
    outlook_employment = _section()
    outlook_industry = _section()
    outlook_economy = _section()
    extra_scheme = _section()
    organisation_basics = _section()
    organisation_groundwork = _section()
    organisation_strengths = _section()
    extra_organisation = _section()


class MainTaskInput(Base):
    """`weight` is percent of the whole; 0 is not decided yet."""

    name = Text(most=80, least=0, required=True)
    operations = fields.List(Text(most=LONGEST_LINE), required=True, validate=validate.Length(max=MOST_LINES))
    knowledge = fields.List(Text(most=LONGEST_LINE), required=True, validate=validate.Length(max=MOST_LINES))
    weight = fields.Integer(required=True, strict=True, validate=validate.Range(0, WHOLE))


class ExtraSectionInput(Base):
    title = Text(most=80, required=True)
    text = Text(most=LONGEST_SECTION, least=0, required=True)


class MainContentInput(Base):
    """主要考核内容 (annex 3)."""

    definition = Text(most=1000, least=0, required=True)
    work_tasks = fields.List(fields.Nested(MainTaskInput), required=True, validate=validate.Length(max=MOST_TASKS))
    extra_sections = fields.List(
        fields.Nested(ExtraSectionInput), load_default=list, validate=validate.Length(max=MOST_EXTRAS)
    )


class ProposalChange(RecommendationSeen):
    proposal = fields.Nested(ProposalInput, required=True)


class MainContentChange(RecommendationSeen):
    main_content = fields.Nested(MainContentInput, required=True)


class TakeBackInput(RecommendationSeen):
    """`version` is the case's."""

    recommendation_id = fields.UUID(required=True)


class CaseWithdrawal(RecommendationSeen):
    reason = Text(most=LONGEST["reason"], required=True)
