"""Refusals around the documents of the annexes."""

from examsvc.core.errors import Refusal


class BadEntryName(Refusal):
    code = "bad_entry_name"
    status = 422
    detail = "A package cannot hold a file of this name: {name}."


class UnprintableText(Refusal):
    """`where` names the field, `characters` what cannot be written, as U+XXXX."""

    code = "unprintable_text"
    status = 422
    detail = "The document cannot show these characters: {characters}."


class AnnexNotPrintable(Refusal):
    code = "annex_not_printable"
    status = 422
    detail = "The PDF cannot be made: {reason}"


class BadDocument(Refusal):
    """A workbook or text document that cannot be read as an annex at all; `code` says why."""

    status = 422


class DocumentUnreadable(BadDocument):
    code = "document_unreadable"
    detail = "The file is damaged, protected by a password, or not what its name says."


class UnpacksTooLarge(BadDocument):
    code = "unpacks_too_large"
    detail = "The file unpacks to more than such a document needs."


class UnsafeXml(BadDocument):
    code = "unsafe_xml"
    detail = "The file holds declarations (DTD) that an office program never writes: {part}."


class HasMacros(BadDocument):
    code = "document_has_macros"
    detail = "The file holds macros; save it without them."


class HasExternalLinks(BadDocument):
    code = "document_has_links"
    detail = "The file refers to other files ({part}); break the links and save it again."


class WorkbookHasFormulas(BadDocument):
    code = "workbook_has_formulas"
    detail = "Cell {cell} holds a formula; enter its value."


class TooManyRows(BadDocument):
    code = "too_many_rows"
    detail = "The sheet has more than {limit} rows."


class MissingHeadings(BadDocument):
    code = "missing_headings"
    detail = "No sheet has these headings in one row: {headings}."


class NoRows(BadDocument):
    code = "no_rows"
    detail = "The table has no filled row."


class NotThisAnnex(BadDocument):
    code = "not_this_annex"
    detail = "The document is not annex {annex} in the layout that this service writes."
