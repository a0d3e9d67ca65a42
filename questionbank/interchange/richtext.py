"""Fragments of HTML to our plain text with LaTeX, and back. What a plain text cannot show is named."""

import html
import re

from lxml import html as lxml_html

from questionbank.interchange.flattening import Flattener
from questionbank.interchange.fragments import Plain, Shown, displayed
from questionbank.interchange.model import Refused
from questionbank.interchange.xml import Element

__all__ = ["Plain", "Shown", "displayed", "markup", "plain", "showable"]

_MOST_LETTERS = 200_000  # of one text without its embedded files; HTML of many attributes takes the square of its time
_DATA = re.compile(r"data:[^\s\"'>]+")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(fragment: str | Element) -> Plain:
    """Return the fragment's text: blocks begin lines, mathematics becomes LaTeX in our delimiters.

    Raises Refused (`xml_too_large`) for HTML that is longer than any item.
    """
    if isinstance(fragment, str) and "<" not in fragment and "&" not in fragment:
        return Plain(displayed(_SPACES.sub(" ", fragment).strip().replace("\xa0", " ")), (), frozenset(), ())
    writer = Flattener()
    writer.walk(_tree(fragment, writer) if isinstance(fragment, str) else fragment)
    return writer.finished()


def markup(text: str) -> str:
    """Return our text as a fragment of HTML that `plain` reads back."""
    escaped = html.escape(showable(text), quote=False)
    return escaped.replace("  ", " &nbsp;").replace("\n ", "\n&nbsp;").replace("\n", "<br>")


def showable(text: str) -> str:
    """Return the text with U+FFFD for what no XML may hold."""
    return _UNSHOWABLE.sub("\ufffd", text)


def _tree(fragment: str, writer: Flattener) -> Element:
    if len(fragment) > _MOST_LETTERS and len(_DATA.sub("", fragment)) > _MOST_LETTERS:
        raise Refused("xml_too_large", f"a text of more than {_MOST_LETTERS} letters")
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    tree: Element = lxml_html.fragment_fromstring(showable(fragment), create_parent="div", parser=parser)
    if any("depth" in str(fault.message).lower() for fault in parser.error_log):
        writer.warn("html_too_deep", "elements lie in one another too deep; what is deeper was not read")
    return tree
