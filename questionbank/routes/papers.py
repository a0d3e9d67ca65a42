"""Blueprints, and the papers drawn from them."""

import secrets
from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint as ApiBlueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.jobs.models import Job
from examsvc.core.web.edge import reading, transaction
from examsvc.jobs.schemas import JobView
from questionbank import draw_jobs, drawing, feasibility, holdings, pooling, stock
from questionbank.draw import rows_in
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
from questionbank.schemas.rules import FeasibilityView, RulesInput, StockView

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


@blp.route("/banks/<uuid:bank_id>/stock")
class Stock(MethodView):
    @allow(*READERS)
    @blp.response(200, StockView)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """How many items may be drawn, by work task, knowledge point, type, difficulty and importance."""
        with reading() as db:
            return {"lines": stock.lines(db, bank_id)}


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
    @blp.response(202, JobView)
    def post(self, order: dict[str, Any], blueprint_id: UUID) -> Job:
        """Ask for parallel forms, or a form for each candidate; a job draws and stores them."""
        with transaction() as db:
            return draw_jobs.ask(db, blueprint_id, order, by=caller(), now=clock.now())


@blp.route("/paper-sets/<uuid:draw_id>")
class PaperSet(MethodView):
    @allow(*READERS)
    @blp.response(200, SetView)
    def get(self, draw_id: UUID) -> PaperDraw:
        """The papers of one draw."""
        with reading() as db:
            return holdings.paper_set(db, draw_id)


@blp.route("/paper-sets/<uuid:draw_id>/more")
class MoreForms(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(MoreInput)
    @blp.response(202, JobView)
    def post(self, order: dict[str, Any], draw_id: UUID) -> Job:
        """Ask for more individual forms for those who draw on this set; a job draws and stores them."""
        with transaction() as db:
            return draw_jobs.ask_more(db, draw_id, order, by=caller(), now=clock.now())


@blp.route("/papers/<uuid:paper_id>")
class PaperPage(MethodView):
    @allow(*READERS)
    @blp.response(200, PaperView)
    def get(self, paper_id: UUID) -> Paper:
        """A paper with its questions and practical tasks; no keys."""
        with reading() as db:
            return holdings.paper(db, paper_id)
