"""Blueprints, and the papers drawn from them."""

import secrets
from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint as ApiBlueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from questionbank import drawing, holdings
from questionbank.draw import Row
from questionbank.kinds import ItemType
from questionbank.models import Blueprint, Paper
from questionbank.schemas.papers import (
    BlueprintInput,
    BlueprintList,
    BlueprintView,
    DrawInput,
    PaperList,
    PaperView,
)

blp = ApiBlueprint("papers", __name__, url_prefix="/api", description="Blueprints and papers")
READERS = (Role.OFFICE, Role.QUALITY_SUPERVISOR)


@blp.route("/banks/<uuid:bank_id>/blueprints")
class Blueprints(MethodView):
    @allow(*READERS)
    @blp.response(200, BlueprintList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The bank's blueprints, newest first."""
        with reading() as db:
            return {"items": holdings.blueprints(db, bank_id)}

    @allow(Role.OFFICE)
    @blp.arguments(BlueprintInput)
    @blp.response(201, BlueprintView)
    def post(self, blueprint: dict[str, Any], bank_id: UUID) -> Blueprint:
        """Add a blueprint; its points make exactly 100 in the work tasks' shares."""
        rows = [Row(**{**row, "type": ItemType(row["type"])}) for row in blueprint["rows"]]
        with transaction() as db:
            return drawing.add_blueprint(db, bank_id, blueprint["name"], rows, now=clock.now())


@blp.route("/banks/<uuid:bank_id>/papers")
class BankPapers(MethodView):
    @allow(*READERS)
    @blp.response(200, PaperList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The papers drawn from the bank, newest first."""
        with reading() as db:
            return {"items": holdings.papers(db, bank_id)}


@blp.route("/blueprints/<uuid:blueprint_id>/papers")
class BlueprintPapers(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(DrawInput)
    @blp.response(201, PaperView)
    def post(self, order: dict[str, Any], blueprint_id: UUID) -> Paper:
        """Draw a paper from the bank's released items and store it."""
        seed = order["seed"] or secrets.token_hex(8)
        with transaction() as db:
            paper = drawing.draw_paper(db, blueprint_id, seed=seed, by=caller(), now=clock.now())
            return holdings.paper(db, paper.id)


@blp.route("/papers/<uuid:paper_id>")
class PaperPage(MethodView):
    @allow(*READERS)
    @blp.response(200, PaperView)
    def get(self, paper_id: UUID) -> Paper:
        """A paper with its questions and practical tasks; no keys."""
        with reading() as db:
            return holdings.paper(db, paper_id)
