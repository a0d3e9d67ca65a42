"""Jobs as whoever asked for them sees them."""

from marshmallow import fields

from examsvc.core.jobs.states import JobState, JobStep
from examsvc.core.web.schemas import Base, Instant


class JobView(Base):
    """`done` of `total` counts within the step; a total of 0 is not known yet.

    `refusal` has the code and the fields of why nothing was done, `result` what a page needs to show what was.
    """

    job_id = fields.UUID(required=True, attribute="id")
    kind = fields.String(required=True)
    label = fields.String(required=True)
    about = fields.UUID(required=True, allow_none=True)
    state = fields.Enum(JobState, required=True)
    step = fields.Enum(JobStep, required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    asked_at = Instant(required=True)
    cancel_asked_at = Instant(required=True, allow_none=True)
    ended_at = Instant(required=True, allow_none=True)
    refusal = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    result = fields.Dict(keys=fields.String(), required=True, allow_none=True)


class JobList(Base):
    items = fields.List(fields.Nested(JobView), required=True)


class JobQuery(Base):
    """Jobs of one kind, or about one thing."""

    kind = fields.String()
    about = fields.UUID()
