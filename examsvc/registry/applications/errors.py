"""Refusals of applications and sites."""

from examsvc.core.errors import Refusal


class NotApplying(Refusal):
    code = "application_closed"
    detail = "The application cannot be changed while the case is {state}."


class NotYetOpen(Refusal):
    code = "application_not_open"
    detail = "An account and an application come after the scheme's public notice; the case is {state}."


class ApplicationIncomplete(Refusal):
    code = "application_incomplete"
    status = 422
    detail = "The application is not complete; `missing` names what it lacks."


class MaterialsChanged(Refusal):
    code = "materials_changed"
    detail = "The materials are not the ones that were shown; look at them again before signing."


class NotSigned(Refusal):
    code = "application_not_signed"
    detail = "The declaration has not been signed, or the materials changed since."


class NoDecisionNeeded(Refusal):
    code = "no_eligibility_decision"
    detail = "An organisation of this kind needs no decision, or none can admit it."


class TooLateToWithdraw(Refusal):
    code = "too_late_to_withdraw"
    detail = "The public notice has begun; ask the centre to withdraw the case."


class DateInFuture(Refusal):
    code = "date_in_future"
    status = 422
    detail = "The date lies in the future."


class CentreChanged(Refusal):
    code = "centre_changed"
    detail = "The site was changed in the meantime: it is at version {version} now."
