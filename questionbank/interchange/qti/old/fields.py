"""What is told of an item of QTI 1.2 beside its question: pairs of labels and entries, whatever the dialect."""

from collections.abc import Mapping

from questionbank.interchange import xml
from questionbank.interchange.xml import Element

TYPES = ("question_type", "cc_profile", "bbmd_questiontype", "qmd_itemtype")
POINTS = ("points_possible", "cc_weighting", "qmd_weighting", "qmd_absolutescore_max")
TAGS = ("qmd_keywords", "keywords")
_READ = {
    *TYPES,
    *POINTS,
    *TAGS,
    "difficulty",
    "qmd_levelofdifficulty",
    "original_answer_ids",
    "assessment_question_identifierref",
}


def fields_of(item: Element) -> dict[str, str]:
    """Return the labels and entries."""
    metadata = xml.child(item, "itemmetadata")
    if metadata is None:
        return {}
    fields = {
        xml.child_text(field, "fieldlabel"): xml.child_text(field, "fieldentry")
        for field in metadata.iter("qtimetadatafield")
    }
    bare = {xml.name(child): xml.text(child) for child in xml.children(metadata) if not len(child)}
    return {label.lower(): entry for label, entry in (bare | fields).items() if label and entry}


def first(fields: Mapping[str, str], labels: tuple[str, ...]) -> str:
    """Return the entry of the first of the labels that has one."""
    return next((fields[label] for label in labels if fields.get(label)), "")


def rest(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that the bank has no place for."""
    return {label: entry for label, entry in fields.items() if label not in _READ}
