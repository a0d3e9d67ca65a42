"""Refusals: what the service answers when it will not do what was asked."""

from typing import Any, ClassVar


class Refusal(Exception):
    """A refused request. `code` is stable and translated by the frontend; `status` is the HTTP status.

    `detail` may name fields of `extra` in braces; both go out in the answer, so neither ever holds a secret.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    detail: ClassVar[str] = "The request was refused."

    def __init__(self, **extra: Any) -> None:
        super().__init__(self.detail.format_map(_Missing(extra)))
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """Return the body of the answer: `code`, `detail` and the refusal's own fields."""
        return {"code": self.code, "detail": str(self), **self.extra}


class _Missing(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


class NotFound(Refusal):
    code = "not_found"
    status = 404
    detail = "There is no such {thing}."


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403
    detail = "This is not yours to do."


class NotLoggedIn(Refusal):
    code = "not_logged_in"
    status = 401
    detail = "Log in first."


class Invalid(Refusal):
    """Input of the wrong form; `errors` maps a field path to what is wrong with it."""

    code = "invalid"
    status = 422
    detail = "Some fields are not valid."


class TooLarge(Refusal):
    code = "too_large"
    status = 413
    detail = "The upload is larger than {limit} bytes."


class Conflict(Refusal):
    code = "conflict"
    status = 409
    detail = "Somebody else changed this in the meantime."


class Overloaded(Refusal):
    """More is asked at once than can be answered in time; nothing was changed."""

    code = "overloaded"
    status = 503
    detail = "Too much is asked at once; try again in {retry_after} seconds."


class Unavailable(Refusal):
    """What is stored cannot be reached or written just now: whether this was stored is not known."""

    code = "unavailable"
    status = 503
    detail = "The service cannot reach what it stores just now; try again in {retry_after} seconds."


class IllegalTransition(Refusal):
    code = "illegal_transition"
    status = 409
    detail = "A {subject} that is {current} cannot become {target}."
