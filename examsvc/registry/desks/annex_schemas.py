"""Annexes 2 and 3 of a case as its page shows them."""

from marshmallow import fields

from examsvc.core.web.schemas import Base


class ProposalView(Base):
    """建议书 (annex 2); an empty text is not written yet."""

    background = fields.String(required=True)
    features = fields.String(required=True)
    audience = fields.String(required=True)
    assessment_so_far = fields.String(required=True)
    social_effect = fields.String(required=True)
    outlook_employment = fields.String(required=True)
    outlook_industry = fields.String(required=True)
    outlook_economy = fields.String(required=True)
    extra_scheme = fields.String(required=True)
    organisation_basics = fields.String(required=True)
    organisation_groundwork = fields.String(required=True)
    organisation_strengths = fields.String(required=True)
    extra_organisation = fields.String(required=True)


class MainTaskView(Base):
    name = fields.String(required=True)
    operations = fields.List(fields.String(), required=True)
    knowledge = fields.List(fields.String(), required=True)
    weight = fields.Integer(required=True)


class ExtraSectionView(Base):
    title = fields.String(required=True)
    text = fields.String(required=True)


class MainContentView(Base):
    """主要考核内容 (annex 3)."""

    definition = fields.String(required=True)
    work_tasks = fields.List(fields.Nested(MainTaskView), required=True)
    extra_sections = fields.List(fields.Nested(ExtraSectionView), required=True)
