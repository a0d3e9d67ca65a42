"""What delivery announces, inside the transaction, to the stages after it.

Each is sent as `signal.send(sitting, db=db, now=now)`; `candidate_enrolled`, `seat_changed` and `enrolment_withdrawn`
are sent with the enrolment instead, `name_corrected` with the candidate, `paper_changed` with the exam session.
`start_moved` (with the exam session, and a `reason`) and `accommodation_changed` also say `by` whom.
`sitting_progressed` alone is sent after the commit and without `db`, with
whatever has a sitting's `id` and `enrolment`: answers of many are stored together, and nothing may hold them up.
`paper_read_elsewhere` is sent without `db` too, for reading stores nothing, and with `machine`.
A subscriber that cannot go along raises a refusal, which undoes the whole transaction.
`online_asked` alone is answered: each subscriber returns the spans in which it knows the sitting's page was online.
"""

from blinker import Signal

candidate_enrolled = Signal("An enrolment was made.")
enrolment_withdrawn = Signal(
    "An enrolment is about to be deleted. What was prepared for it goes too; what happened in it stays, and holds it."
)
name_corrected = Signal("A candidate is called otherwise from now on; who has certified the old name refuses.")
seat_changed = Signal("An enrolled candidate was given another seat, perhaps in another room.")
paper_changed = Signal("A draft got another paper; nobody has seen the old one.")
sitting_opened = Signal("The candidate opened the paper for the first time.")
sitting_progressed = Signal("Responses were saved, and are committed.")
sitting_clock_changed = Signal("The time or the state of a sitting changed: extended, paused, resumed.")
start_moved = Signal("A published exam session begins at another time.")
accommodation_changed = Signal("A candidate of a published exam session is given something else than before.")
safe_browser_settled = Signal("A log-in proved to be in Safe Exam Browser, or a proctor waived it.")
sitting_finished = Signal(
    "The sitting is over: handed in, time up, terminated, or the candidate never came. Sent again when an answer that "
    "arrived in time was stored after the end, and when a reopened sitting ends."
)
answers_taken_over = Signal(
    "The office took late answers over, which fences the sitting's page; one whose result is published refuses. Sent "
    "with `by` as well."
)
sittings_finished = Signal(
    "Time ended many sittings at once; sent with the list of them instead of `sitting_finished` for each."
)
sitting_reopened = Signal(
    "A sitting that was over is open again: extended after time had ended it, or an absence was taken back. What "
    "followed from its end is void; who cannot take that back refuses."
)
absence_taken_back = Signal(
    "Somebody took an absence back; sent after `sitting_reopened`, with `by` and `reason` as well."
)
time_credited = Signal("Lost time was given back to a sitting; sent with `credit` and `by` as well.")
sitting_claimed_elsewhere = Signal(
    "Another log-in or machine took the answers over without a hand-over; sent with `machine` as well."
)
paper_read_elsewhere = Signal(
    "Another log-in than the one that claimed, or was given the keys before, reads the paper."
)
scores_voided = Signal("A ruling made a subject or all of an enrolment void; sent with `order` and `by` as well.")
scores_restored = Signal("That ruling was revoked; sent with the enrolment, `order` and `by` as well.")
online_asked = Signal("When a sitting's page could reach the service is asked.")
