"""What a rehearsal refuses."""

from examsvc.core.errors import Refusal


class NoPaperToRehearse(Refusal):
    code = "no_paper_to_rehearse"
    status = 422
    detail = "There is no filing with a paper that a rehearsal can use; name one."


class NotARehearsal(Refusal):
    code = "not_a_rehearsal"
    status = 422
    detail = "Exam session {name} has real candidates; only rehearsals are rehearsed and cleared."


class ForeignAddress(Refusal):
    code = "foreign_address"
    status = 422
    detail = "{url} is not on this machine; say --yes-this-is-mine {url} twice if it is yours."


class AnotherDatabase(Refusal):
    code = "another_database"
    status = 422
    detail = "{url} does not know the rehearsal's candidates: it runs over another database."


class RealCandidatesSit(Refusal):
    code = "real_candidates_sit"
    status = 409
    detail = (
        "Real candidates sit, or begin before the rehearsal is over, in {codes}; hold it at another time, or say "
        "--yes-beside CODE twice for each of them."
    )
