"""Items in versions, practical tasks with criteria, blueprints, and the papers drawn from them."""

from questionbank.models.banks import ItemBank, ItemMedium
from questionbank.models.finding import ItemGram, UndescribedVersion
from questionbank.models.items import SECRET, WORDING, Item, ItemVersion
from questionbank.models.papers import Blueprint, Paper, PaperDraw, PaperItem, PaperPracticalTask
from questionbank.models.tasks import Criterion, PracticalTask

__all__ = [
    "SECRET",
    "WORDING",
    "Blueprint",
    "Criterion",
    "Item",
    "ItemBank",
    "ItemGram",
    "ItemMedium",
    "ItemVersion",
    "Paper",
    "PaperDraw",
    "PaperItem",
    "PaperPracticalTask",
    "PracticalTask",
    "UndescribedVersion",
]
