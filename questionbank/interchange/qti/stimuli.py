"""Texts that several items share: set before what each of them asks."""

from collections.abc import Callable, Iterator

from questionbank.interchange import xml
from questionbank.interchange.model import Level, Problem, Refused
from questionbank.interchange.qti.vocabulary import plain
from questionbank.interchange.xml import Element

_ADDRESSES = ("src", "data", "href")


def include(
    tree: Element, where: str, name: Callable[[str], str], data: Callable[[str], bytes | None]
) -> Iterator[Problem]:
    """Put the texts that the item refers to at the beginning of its body; yield a warning for each that is missing."""
    body = tree.find("itemBody")
    for place, reference in enumerate(tree.findall("assessmentStimulusRef")):
        shared = _read(reference.get("href", ""), name, data)
        if shared is None or body is None:
            yield Problem(where, Level.WARNING, "stimulus_missing", reference.get("href", ""))
        else:
            body.insert(place, shared)


def _read(address: str, name: Callable[[str], str], data: Callable[[str], bytes | None]) -> Element | None:
    found = data(address)
    if found is None:
        return None
    try:
        body = plain(xml.parse(found)).find("stimulusBody")
    except Refused as refusal:
        if refusal.code != "xml_malformed":
            raise
        return None
    if body is not None:
        body.tag = "div"
        _rebase(body, name(address))
    return body


def _rebase(body: Element, stimulus: str) -> None:
    """Let what the text names be found from the item, which lies elsewhere."""
    folder = stimulus.rpartition("/")[0]
    for element in body.iter():
        for attribute in _ADDRESSES:
            named = element.get(attribute, "")
            if named and ":" not in named and not named.startswith("/"):
                element.set(attribute, f"/{folder}/{named}" if folder else f"/{named}")
