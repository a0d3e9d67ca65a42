"""What an item's content and key must look like, by type. Pure."""

from questionbank.content.checks import check, check_draft
from questionbank.content.lacking import lacking
from questionbank.content.lettering import LETTERS, lettered, lettered_as_read, options_of
from questionbank.content.marking import needs_marking
from questionbank.content.media import MediaKind, digests, files, with_digests
from questionbank.content.options import LEAST_OPTIONS, MOST_OPTIONS
from questionbank.content.texts import BLANK

__all__ = [
    "BLANK",
    "LEAST_OPTIONS",
    "LETTERS",
    "MOST_OPTIONS",
    "MediaKind",
    "check",
    "check_draft",
    "digests",
    "files",
    "lacking",
    "lettered",
    "lettered_as_read",
    "needs_marking",
    "options_of",
    "with_digests",
]
