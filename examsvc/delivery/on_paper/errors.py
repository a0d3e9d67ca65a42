"""Refusals of the paper fall-back."""

from examsvc.core.errors import Refusal


class ContinuesOnPaper(Refusal):
    code = "continues_on_paper"
    detail = "The sitting continues on paper; nothing is answered at a machine meanwhile."


class NotOnPaper(Refusal):
    code = "not_on_paper"
    detail = "The sitting is not on paper, or not any more."


class ForeignSheet(Refusal):
    code = "foreign_sheet"
    status = 422
    detail = "This is not the code of a sheet that this service has printed."


class SheetOfAnother(Refusal):
    code = "sheet_of_another"
    status = 422
    detail = "The sheet is of ticket {ticket_number}, which does not belong here."


class SamePersonTwice(Refusal):
    code = "same_person_twice"
    detail = "The second copy is typed by somebody else than the first."


class DecidedByTypist(Refusal):
    code = "decided_by_typist"
    detail = "Where two copies differ somebody else of the office decides than who typed them."


class PaperTimesUnlawful(Refusal):
    """The times on the sheet do not fit the sitting's clock; more time is given by an extension, with a reason."""

    code = "paper_times_unlawful"
    status = 422
    detail = "On the sheet writing begins at {since} or later, and ends between {earliest} and {latest}."


class SheetIncomplete(Refusal):
    code = "sheet_incomplete"
    status = 422
    detail = "Every question is typed in, also those left empty: {missing} are missing."


class DecisionIncomplete(Refusal):
    code = "decision_incomplete"
    status = 422
    detail = "Exactly the open differences are decided: {open}."
