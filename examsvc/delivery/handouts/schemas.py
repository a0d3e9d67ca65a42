"""Which handout is wanted."""

from marshmallow import fields

from examsvc.core.web.schemas import Base
from examsvc.delivery.handouts.printing import Handout


class HandoutQuery(Base):
    """Without a room: of all of them."""

    kind = fields.Enum(Handout, by_value=True, required=True)
    session_room_id = fields.UUID(load_default=None)
