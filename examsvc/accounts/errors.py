"""Refusals of logging in and of accounts."""

from examsvc.core.errors import Refusal


class WrongCredentials(Refusal):
    """One answer for an unknown name, a wrong password and a disabled account."""

    code = "wrong_credentials"
    status = 401
    detail = "The name or the password is wrong."


class LoginMoved(Refusal):
    """The candidate was given another machine: this one has nothing to say any more."""

    code = "login_moved"
    status = 401
    detail = "The exam goes on at another machine; this one was logged out by the proctor."


class TooManyAttempts(Refusal):
    code = "too_many_attempts"
    status = 429
    detail = "Too many failed attempts; try again in {retry_after} seconds."


class CsrfTokenMissing(Refusal):
    code = "csrf_token_missing"
    status = 403
    detail = "The CSRF token is missing or does not belong to this login."


class UsernameTaken(Refusal):
    code = "username_taken"
    detail = "There is an account with this name already."


class WeakPassword(Refusal):
    code = "weak_password"
    status = 422
    detail = "A password has at least {least} characters."


class BadEmail(Refusal):
    code = "bad_email"
    status = 422
    detail = "This is not an e-mail address."
