"""Items and packages of QTI as other systems write them, put together from what matters in a test."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

from questionbank.interchange import reading
from questionbank.interchange.model import Event, ReadItem, Unsupported

V2P1 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
MATCH_CORRECT = f'<responseProcessing template="{TEMPLATES}/match_correct"/>'
MAP_RESPONSE = f'<responseProcessing template="{TEMPLATES}/map_response"/>'
MAP_POINT = f'<responseProcessing template="{TEMPLATES}/map_response_point"/>'


def item(declared: str, body: str, processing: str = MATCH_CORRECT, *, namespace: str = V2P1, more: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="{namespace}" identifier="q1" title="Title" adaptive="false" timeDependent="false" {more}>
{declared}{SCORE}<itemBody>{body}</itemBody>{processing}</assessmentItem>"""


def response(
    correct: list[str],
    name: str = "RESPONSE",
    cardinality: str = "single",
    kind: str = "identifier",
    mapping: Mapping[str, float] | None = None,
    bounds: str = "",
) -> str:
    values = "".join(f"<value>{value}</value>" for value in correct)
    right = f"<correctResponse>{values}</correctResponse>" if correct else ""
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{worth}"/>' for key, worth in (mapping or {}).items())
    mapped = f'<mapping defaultValue="0" {bounds}>{entries}</mapping>' if mapping else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{kind}">'
        f"{right}{mapped}</responseDeclaration>"
    )


def choice(texts: Mapping[str, str], name: str = "RESPONSE", prompt: str = "", more: str = 'shuffle="true"') -> str:
    options = "".join(f'<simpleChoice identifier="{one}">{text}</simpleChoice>' for one, text in texts.items())
    asked = f"<prompt>{prompt}</prompt>" if prompt else ""
    return f'<choiceInteraction responseIdentifier="{name}" maxChoices="1" {more}>{asked}{options}</choiceInteraction>'


def entry(name: str = "RESPONSE") -> str:
    return f'<textEntryInteraction responseIdentifier="{name}"/>'


def earn(name: str, points: float, condition: str = "match", more: str = "") -> str:
    """Return a rule that adds points to SCORE."""
    sides = f'<variable identifier="{name}"/><correct identifier="{name}"/>'
    added = f'<sum><variable identifier="SCORE"/><baseValue baseType="float">{points}</baseValue></sum>'
    return (
        f"<responseCondition><responseIf><{condition} {more}>{sides}</{condition}>"
        f'<setOutcomeValue identifier="SCORE">{added}</setOutcomeValue></responseIf></responseCondition>'
    )


def processing(*rules: str) -> str:
    return f"<responseProcessing>{''.join(rules)}</responseProcessing>"


def package(path: Path, resources: str, files: Mapping[str, str | bytes]) -> Path:
    manifest = f"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">
      <organizations/><resources>{resources}</resources></manifest>"""
    with ZipFile(path, "w") as target:
        target.writestr("imsmanifest.xml", manifest)
        for name, data in files.items():
            target.writestr(name, data)
    return path


def events(text: str, folder: Path) -> list[Event]:
    path = folder / "item.xml"
    path.write_text(text, "utf-8")
    return list(reading.read(path).events)


def read(text: str, folder: Path) -> ReadItem:
    (found,) = [event for event in events(text, folder) if isinstance(event, ReadItem)]
    return found


def kept(text: str, folder: Path) -> Unsupported:
    (found,) = events(text, folder)
    assert isinstance(found, Unsupported)
    return found
