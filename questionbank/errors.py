"""Refusals of the question bank."""

from examsvc.core.errors import Refusal


class BadItem(Refusal):
    """`field` says where, `fault` is a stable word for `reason`, so that a page can translate it."""

    code = "bad_item"
    status = 422
    detail = "The item cannot be used: {reason}."


class BadMedium(Refusal):
    """`fault` is a stable word for `reason`."""

    code = "bad_medium"
    status = 422
    detail = "The file cannot be used: {reason}."


class CodeTaken(Refusal):
    code = "code_taken"
    detail = "The bank has an item with this code already."


class ExternalIdTaken(Refusal):
    code = "external_id_taken"
    detail = "The bank has an item with this external id already."


class FileRefused(Refusal):
    """`fault` is the stable word of a reader for `reason`."""

    code = "file_refused"
    status = 422
    detail = "The file cannot be imported: {reason}."


class ImportHasErrors(Refusal):
    code = "import_has_errors"
    detail = "{count} items or places of the file cannot be taken over; leave them out or mend the file."


class ImportTaken(Refusal):
    code = "import_taken"
    detail = "This import has been taken over already."


class NotATable(Refusal):
    code = "not_a_table"
    detail = "Rows are given back only of a table that was imported."


class NoEnemies(Refusal):
    code = "no_enemies"
    status = 422
    detail = "Enemies are two different items of one bank."


class OwnReview(Refusal):
    code = "own_review"
    status = 403
    detail = "An item is reviewed by somebody who did not write it."


class OwnRelease(Refusal):
    code = "own_release"
    status = 403
    detail = "An item is released by somebody who did not write it; of a secret bank, who did not review it either."


class NotTheAuthor(Refusal):
    code = "not_the_author"
    status = 403
    detail = "Only its author changes a draft."


class ItemFrozen(Refusal):
    code = "item_frozen"
    detail = "A version that has left its draft is not changed; write a new version."


class PoolTooSmall(Refusal):
    code = "pool_too_small"
    detail = "The bank has {available} released items of type {type} for work task {work_task}; {needed} are asked for."


class NoForm(Refusal):
    """`conflict` lists the smallest set of cells and rules that cannot hold together, by code and parameters."""

    code = "no_form"
    detail = "No paper of the pool keeps all rules of the blueprint; {count} of them cannot hold together."


class DrawUndecided(Refusal):
    code = "draw_undecided"
    detail = "Whether a paper keeps all rules was not decided in the steps allowed; make the rules fewer or looser."


class FormsTooUnlike(Refusal):
    code = "forms_too_unlike"
    detail = "The pool does not yield {count} forms that are alike and share at most {overlap} items."


class OnlyIndividualFormsContinued(Refusal):
    code = "only_individual_forms_continued"
    status = 422
    detail = "Only a draw of a form for each candidate is continued; parallel forms are shared by any number."


class ExposureExhausted(Refusal):
    code = "exposure_exhausted"
    detail = "Form {number} cannot be drawn: the items that the limit of uses leaves do not fill it."


class BadBlueprint(Refusal):
    code = "bad_blueprint"
    status = 422
    detail = "The blueprint cannot be used: {reason}."


class BadPracticalTask(Refusal):
    """`field` says where, `fault` is a stable word for `reason`, so that a page can translate it."""

    code = "bad_practical_task"
    status = 422
    detail = "The practical task cannot be used: {reason}."


class PracticalTaskInUse(Refusal):
    code = "practical_task_in_use"
    detail = "A paper has this practical task: it is not changed any more. Write another one."


class OwnGrant(Refusal):
    code = "own_grant"
    status = 403
    detail = "An export is granted by somebody who did not ask for it."


class ExportNotGranted(Refusal):
    code = "export_not_granted"
    status = 403
    detail = "A secret bank is exported only after somebody else granted it, once within a day."


class NothingReleased(Refusal):
    code = "nothing_released"
    detail = "Nothing of the bank is released, so there is nothing to register."


class PaperNotRegistered(Refusal):
    code = "paper_not_registered"
    detail = "The paper was not drawn from the bank that is registered for this filing; draw another one."


class PaperCompromised(Refusal):
    """`codes` names the items."""

    code = "paper_compromised"
    detail = "The paper holds questions that became known outside."


class BankCoverageMissing(Refusal):
    """`missing` lists {work_task, knowledge_point, kind}; kind is ITEM or PRACTICAL_TASK, numbers count from 1."""

    code = "bank_coverage_missing"
    detail = "The bank does not cover every work task and knowledge point of the specification."


class BankOfAnotherSpecification(Refusal):
    code = "bank_of_another_specification"
    detail = "The bank is written to another specification than the one of this case."
