"""The login cookie, who is calling, and the decorators of which every endpoint carries one."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Response, current_app, g, jsonify, request
from sqlalchemy.orm import Session

from examsvc.accounts import service
from examsvc.accounts.errors import CsrfTokenMissing, LoginMoved
from examsvc.accounts.models import Account, Login
from examsvc.accounts.roles import Role
from examsvc.accounts.schemas import Me
from examsvc.accounts.throttle import Throttle
from examsvc.core import clock, sealing
from examsvc.core.errors import NotAllowed, NotLoggedIn, Refusal
from examsvc.core.identity import Identity
from examsvc.core.web.edge import reading, settings
from examsvc.core.web.origin import SAFE_METHODS

COOKIE = "examsvc_login"
CSRF_HEADER = "X-CSRF-Token"
P = ParamSpec("P")
T = TypeVar("T")


def allow(*roles: Role) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let in only logged-in people who hold one of the roles; writes must carry the login's CSRF token."""
    return _guarding(roles, _check_write)


def allow_with_token(*roles: Role) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let in likewise, and have reads carry the CSRF token too: a cookie that was carried off reads nothing there."""
    return _guarding(roles, _check_token)


def _guarding(roles: tuple[Role, ...], check: Callable[[], None]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    def wrap(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            who = caller()
            check()
            if not who.has(*roles):
                raise NotAllowed
            return view(*args, **kwargs)

        guarded.access = roles  # type: ignore[attr-defined]
        return guarded

    return wrap


def allow_bearer(*roles: Role) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let in whoever sends a login's token and its CSRF token; the view itself has the login looked up.

    For a view that does so in the transaction it writes with, together with many others.
    """

    def wrap(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            if not login_token():
                raise NotLoggedIn
            _check_write()
            try:
                return view(*args, **kwargs)
            except NotLoggedIn as refused:
                raise _not_let_in() from refused

        guarded.access = roles  # type: ignore[attr-defined]
        return guarded

    return wrap


def public(view: Callable[P, T]) -> Callable[P, T]:
    """Say that anybody may call this endpoint."""
    view.access = ()  # type: ignore[attr-defined]
    return view


def caller() -> Identity:
    """Return who is calling; raises NotLoggedIn, and LoginMoved at a machine that its owner was moved away from."""
    who = caller_or_none()
    if who is None:
        raise _not_let_in()
    return who


def _not_let_in() -> Refusal:
    token = login_token()
    with reading() as db:
        return LoginMoved() if token and service.is_moved(db, token) else NotLoggedIn()


def caller_or_none() -> Identity | None:
    """Return who is calling, or None; looked up once a request."""
    if "identity" not in g:
        token = login_token()
        with reading() as db:
            g.identity = service.find_identity(db, token, now=clock.now()) if token else None
    return cast("Identity | None", g.identity)


def csrf_token(login_token: str) -> str:
    """Return the CSRF token that belongs to a login token."""
    return sealing.sealer().mac("csrf", login_token.encode())


def is_csrf_token(sent: str, login_token: str) -> bool:
    """Return whether what was sent is the CSRF token that belongs to a login token."""
    # As bytes: compare_digest takes text only when it is ASCII, and a header need not be.
    return hmac.compare_digest(sent.encode(), csrf_token(login_token).encode())


def own_csrf_token() -> str:
    """Return the CSRF token of the caller's login."""
    return csrf_token(login_token())


def told_csrf_token(who: Identity) -> str:
    """Return the CSRF token for a page that asks who is logged in; "" for a candidate's that does not have it already.

    A candidate's is told at the log-in alone: a cookie that was carried off to another device reads no paper and writes
    nothing there.
    """
    is_told = not who.has(Role.CANDIDATE) or is_csrf_token(_sent_csrf_token(), login_token())
    return own_csrf_token() if is_told else ""


def login_token() -> str:
    """Return the token of the caller's login as it was sent, or an empty text."""
    return request.cookies.get(COOKIE, "")


def check_csrf_token(sent: str) -> None:
    """Raise CsrfTokenMissing unless what was sent is the CSRF token of the caller's login."""
    if not is_csrf_token(sent, login_token()):
        raise CsrfTokenMissing


def _check_write() -> None:
    if request.method not in SAFE_METHODS:
        _check_token()


def _check_token() -> None:
    check_csrf_token(_sent_csrf_token())


def _sent_csrf_token() -> str:
    return request.headers.get(CSRF_HEADER, "")


def set_login_cookie(answer: Response, token: str) -> None:
    """Put the login's token into an HttpOnly cookie that other sites' requests do not carry."""
    lasts = int(service.LOGIN_LASTS.total_seconds())
    answer.set_cookie(COOKIE, token, max_age=lasts, httponly=True, samesite="Lax", secure=settings().is_secure)


def answer_login(db: Session, account: Account) -> Response:
    """Open a login for an account that was just proven and return the answer that carries its cookie."""
    return answer_opened(*service.open_login(db, account, user_agent=request.user_agent.string, now=clock.now()))


def answer_opened(login: Login, token: str, **more: object) -> Response:
    """Return the answer that carries an opened login's cookie, with `more` beside the caller."""
    shown = Me().dump(describe(service.identity_of(login), csrf_token(token)))
    answer = jsonify({**shown, **more})
    set_login_cookie(answer, token)
    return answer


def describe(who: Identity, token: str) -> dict[str, object]:
    """Return the caller as the Me schema shows it; `token` is the CSRF token."""
    return {"account_id": who.account_id, "name": who.name, "roles": sorted(who.roles), "csrf_token": token}


def clear_login_cookie(answer: Response) -> None:
    """Take the login cookie away."""
    answer.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=settings().is_secure)


def proven(counted: str, prove: Callable[[Session], T]) -> T:
    """Return what `prove` finds, the attempt counted under that name; raises TooManyAttempts and what it raises."""
    throttle: Throttle = current_app.extensions["examsvc.throttle"]
    throttle.attempt(counted)
    with reading() as db:
        found = prove(db)
    throttle.succeeded(counted)
    return found
