"""What is missing or wrong in a row, its 建议书 and its 主要考核内容. Pure.

An error keeps the batch from being submitted; a warning does not.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from examsvc.registry.occupations.dictionary import Dictionary
from examsvc.registry.recommending.code_lints import of_credit_code
from examsvc.registry.recommending.fields import RowFields
from examsvc.registry.recommending.problems import Problem, error, warning

WHOLE = 100
_LIKE_A_WORKER = ("工", "员", "师")
_DEFINITION = re.compile(r"运用.+的能力。?", re.DOTALL)
_CAN = "能"
REQUIRED_SECTIONS = (
    *("background", "features", "audience", "assessment_so_far", "social_effect"),
    *("outlook_employment", "outlook_industry", "outlook_economy"),
    *("organisation_basics", "organisation_groundwork", "organisation_strengths"),
)


def of_row(row: RowFields, *, known: Dictionary, is_repeated: bool, is_proven: bool) -> Iterator[Problem]:
    """Yield the problems of a row; `is_repeated` says that another row of the batch has the scheme's name."""
    yield from _of_name(row.scheme_name, known=known, is_repeated=is_repeated)
    yield from _of_occupation(row.occupation_code, known=known)
    for field in ("industries", "organisation_name", "reason"):
        if not getattr(row, field):
            yield error(f"{field}_missing", field, "This is not written yet.")
    yield from of_credit_code(row.credit_code, is_proven=is_proven)


def of_proposal(proposal: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the sections of 建议书 that are not written (附件2, I02–I11; I04 comes from annex 3)."""
    for section in REQUIRED_SECTIONS:
        if not str(proposal.get(section, "")).strip():
            yield error("proposal_section_missing", f"proposal.{section}", "This section is not written yet.")


def of_main_content(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problems of 主要考核内容 (附件3). More sections than the template's are allowed (J14)."""
    yield from _of_definition(content.get("definition", ""))
    tasks = content.get("work_tasks", [])
    if not tasks:
        yield error("work_tasks_missing", "main_content.work_tasks", "At least one work task is needed.")
        return
    for place, task in enumerate(tasks):
        yield from _of_task(task, f"main_content.work_tasks.{place}")
    total = sum(task["weight"] for task in tasks)
    if total != WHOLE:  # J10
        yield error("weights_not_whole", "main_content.work_tasks", f"The weights make {total} percent, not {WHOLE}.")


def _of_name(name: str, *, known: Dictionary, is_repeated: bool) -> Iterator[Problem]:
    """H07; 2.2: a scheme is named by a product or service and a verb, not like somebody who does it."""
    where = "scheme_name"
    if not name:
        yield error("scheme_name_missing", where, "This is not written yet.")
        return
    if is_repeated:
        yield error("scheme_name_repeated", where, "Another row of this batch has the same name.")
    if known.has_name(name):
        yield warning("scheme_name_is_occupation", where, "This is the name of an occupation in the dictionary.")
    elif name.endswith(_LIKE_A_WORKER):
        yield warning("scheme_name_like_worker", where, "It ends with 工, 员 or 师 like the name of an occupation.")


def _of_occupation(code: str, *, known: Dictionary) -> Iterator[Problem]:
    found = known.get(code) if code else None
    if found is None:
        yield error("occupation_missing", "occupation_code", "No 小类 is chosen yet.")
    elif found.name is None:
        yield error("occupation_unnamed", "occupation_code", "The centre has to enter the name of this 小类 first.")


def _of_definition(definition: str) -> Iterator[Problem]:
    where = "main_content.definition"
    if not definition:
        yield error("definition_missing", where, "This is not written yet.")
    elif not _DEFINITION.fullmatch(definition):
        yield warning("definition_form", where, "A definition reads 运用…的能力.")  # J13


def _of_task(task: Mapping[str, Any], where: str) -> Iterator[Problem]:
    if not task["name"]:
        yield error("work_task_name_missing", f"{where}.name", "This is not written yet.")
    if not 1 <= task["weight"] <= WHOLE:
        yield error("work_task_weight", f"{where}.weight", "A weight is between 1 and 100 percent.")
    for field in ("operations", "knowledge"):
        if not any(task[field]):
            yield error(f"{field}_missing", f"{where}.{field}", "At least one line is needed.")
    for place, operation in enumerate(task["operations"]):
        if operation and not operation.startswith(_CAN):
            yield warning("operation_form", f"{where}.operations.{place}", "An operation begins with 能.")  # J11
