"""Items that are alike, and items that must not stand in one paper."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from questionbank import browsing, comparing
from questionbank.likeness import duplicates, enemies
from questionbank.models import Item
from questionbank.schemas.likeness import (
    AlikePairList,
    EnemyInput,
    EnemyList,
    FamilyInput,
    ItemEnemyList,
    LikenessList,
    NamedItem,
    Wordings,
)

blp = Blueprint("likeness", __name__, url_prefix="/api", description="Duplicates and enemies")
READERS = (Role.AUTHOR, Role.REVIEWER, Role.OFFICE, Role.QUALITY_SUPERVISOR)
KEEPERS = (Role.AUTHOR, Role.REVIEWER, Role.OFFICE)


@blp.route("/item-versions/<uuid:version_id>/duplicates")
class VersionDuplicates(MethodView):
    @allow(*READERS)
    @blp.response(200, LikenessList)
    def get(self, version_id: UUID) -> dict[str, Any]:
        """The versions of other items that are like this one."""
        with reading() as db:
            return {"items": duplicates.of_version(db, browsing.version(db, version_id))}


@blp.route("/item-versions/<uuid:version_id>/beside/<uuid:other_id>")
class VersionBeside(MethodView):
    @allow(*READERS)
    @blp.response(200, Wordings)
    def get(self, version_id: UUID, other_id: UUID) -> dict[str, Any]:
        """Two versions of one bank beside each other, without keys; of a secret bank, who looks is put on record."""
        with transaction() as db:
            return comparing.beside(db, version_id, other_id, by=caller(), now=clock.now())


@blp.route("/banks/<uuid:bank_id>/duplicates")
class BankDuplicates(MethodView):
    @allow(*READERS)
    @blp.response(200, AlikePairList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The pairs of items of a bank that are alike, the most alike first."""
        with reading() as db:
            return {"items": duplicates.in_bank(db, bank_id)}


@blp.route("/banks/<uuid:bank_id>/enemies")
class BankEnemies(MethodView):
    @allow(*READERS)
    @blp.response(200, EnemyList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The bank's pairs and families of enemies."""
        with reading() as db:
            return enemies.of_bank(db, bank_id)

    @allow(*KEEPERS)
    @blp.arguments(EnemyInput)
    @blp.response(201, EnemyList)
    def post(self, pair: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
        """Make two items of the bank enemies."""
        one, other = pair["item_id"], pair["other_id"]
        with transaction() as db:
            enemies.oppose(db, bank_id, one, other, reason=pair["reason"], by=caller(), now=clock.now())
            return enemies.of_bank(db, bank_id)


@blp.route("/items/<uuid:item_id>/enemies")
class ItemEnemyPage(MethodView):
    @allow(*READERS)
    @blp.response(200, ItemEnemyList)
    def get(self, item_id: UUID) -> dict[str, Any]:
        """Whom a paper never holds together with the item."""
        with reading() as db:
            return enemies.of_item(db, item_id)


@blp.route("/items/<uuid:item_id>/enemies/<uuid:other_id>")
class Enemy(MethodView):
    @allow(*KEEPERS)
    @blp.response(204)
    def delete(self, item_id: UUID, other_id: UUID) -> None:
        """Let two enemies meet again."""
        with transaction() as db:
            enemies.reconcile(db, item_id, other_id, by=caller(), now=clock.now())


@blp.route("/items/<uuid:item_id>/family")
class Family(MethodView):
    @allow(*KEEPERS)
    @blp.arguments(FamilyInput)
    @blp.response(200, NamedItem)
    def put(self, body: dict[str, str | None], item_id: UUID) -> Item:
        """Put an item into a family of enemies, or into none."""
        with transaction() as db:
            return enemies.join_family(db, item_id, body["family"], by=caller(), now=clock.now())
