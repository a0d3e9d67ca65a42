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
from questionbank import drawing, feasibility, holdings, pooling
from questionbank.composing import Order
from questionbank.draw import rows_in
from questionbank.kinds import DrawKind
from questionbank.models import Blueprint, Paper, PaperDraw
from questionbank.schemas.papers import (
    BlueprintInput,
    BlueprintList,
    BlueprintView,
    DrawInput,
    MoreInput,
    PaperList,
    PaperView,
    SetInput,
    SetView,
)
from questionbank.schemas.rules import FeasibilityView, RulesInput

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
        """Add a blueprint of rows or of rules; its points make exactly 100 in the work tasks' shares."""
        rows, rules = rows_in(blueprint.get("rows", ())), blueprint.get("rules")
        with transaction() as db:
            return drawing.add_blueprint(db, bank_id, blueprint["name"], rows, rules=rules, now=clock.now())


@blp.route("/banks/<uuid:bank_id>/blueprints/feasibility")
class BlueprintFeasibility(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RulesInput)
    @blp.response(200, FeasibilityView)
    def post(self, rules: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
        """Supply and demand of every cell, and the smallest set of rules that cannot hold together."""
        with reading() as db:
            return feasibility.feasibility(db, bank_id, rules, now=clock.now())


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
            seen = pooling.asked_in(db, order["seen_paper_ids"])
            paper = drawing.draw_paper(db, blueprint_id, seed=seed, seen=seen, by=caller(), now=clock.now())
            return holdings.paper(db, paper.id)


@blp.route("/blueprints/<uuid:blueprint_id>/paper-sets")
class BlueprintPaperSets(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(SetInput)
    @blp.response(201, SetView)
    def post(self, order: dict[str, Any], blueprint_id: UUID) -> PaperDraw:
        """Draw parallel forms, or a form for each candidate, and store them."""
        seed = order.pop("seed") or secrets.token_hex(8)
        with transaction() as db:
            seen = pooling.asked_in(db, order.pop("seen_paper_ids"))
            wanted = Order(DrawKind(order.pop("kind")), seed, seen=seen, **order)
            draw = drawing.draw_papers(db, blueprint_id, wanted, by=caller(), now=clock.now())
            return holdings.paper_set(db, draw.id)


@blp.route("/paper-sets/<uuid:draw_id>/more")
class MoreForms(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(MoreInput)
    @blp.response(201, SetView)
    def post(self, order: dict[str, Any], draw_id: UUID) -> PaperDraw:
        """Draw more individual forms for those who draw on this set, as a draw of its own that continues it."""
        seed = order["seed"] or secrets.token_hex(8)
        with transaction() as db:
            draw = drawing.draw_more(db, draw_id, order["count"], seed=seed, by=caller(), now=clock.now())
            return holdings.paper_set(db, draw.id)


@blp.route("/papers/<uuid:paper_id>")
class PaperPage(MethodView):
    @allow(*READERS)
    @blp.response(200, PaperView)
    def get(self, paper_id: UUID) -> Paper:
        """A paper with its questions and practical tasks; no keys."""
        with reading() as db:
            return holdings.paper(db, paper_id)
