"""Refusals around Safe Exam Browser."""

from examsvc.core.errors import Refusal


class SafeBrowserNeeded(Refusal):
    code = "safe_browser_needed"
    status = 403
    detail = "This exam is taken in Safe Exam Browser; this log-in has not proven that it is in one."


class SafeBrowserSilent(Refusal):
    code = "safe_browser_silent"
    status = 403
    detail = "The browser showed no key at {address}: it is no Safe Exam Browser, or its settings send none."


class SafeBrowserKeyUnknown(Refusal):
    code = "safe_browser_key_unknown"
    status = 403
    detail = "The key that the browser showed at {address} is not one of this exam session's ({kind} is asked for)."


class SafeBrowserAddressDiffers(Refusal):
    """The classic: the service is reached by another address than it was told is its public one."""

    code = "safe_browser_address_differs"
    status = 403
    detail = "The page was opened at {seen}, the service is configured to be reached at {expected}."


class SafeBrowserChallengeOver(Refusal):
    code = "safe_browser_challenge_over"
    detail = "This check was used, is too old or is another log-in's; begin a new one."
