"""The door of the public query, the same for the API and the page: counts, then asks.

Counted per network address against enumeration, and per number against guessing its holder.
"""

import hashlib
from typing import Any

from flask import current_app, request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute

from certificates import querying
from certificates.errors import CertificateNotFound, TooManyQueries
from examsvc.core.counters import Counter
from examsvc.core.web.edge import reading, settings

PER_ADDRESS: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(30), RateLimitItemPerHour(300))
MISSES_PER_NUMBER = RateLimitItemPerHour(20)
_EXTENSION = "certificates.throttle"


class QueryThrottle:
    """Counts queries by address, and misses by number."""

    def __init__(self, redis_url: str | None) -> None:
        self._counter = Counter(redis_url)

    def admit(self, address: str, number: str) -> None:
        """Count a query; raises TooManyQueries when the address asks too often or the number was missed too often."""
        for limit in PER_ADDRESS:
            if not self._counter.hit(limit, "certificate-query", address):
                self._refuse(limit, "certificate-query", address)
        if not self._counter.is_open(MISSES_PER_NUMBER, *_missed(number)):
            self._refuse(MISSES_PER_NUMBER, *_missed(number))

    def missed(self, number: str) -> None:
        """Count a miss of the number, whether or not there is such a certificate."""
        self._counter.hit(MISSES_PER_NUMBER, *_missed(number))

    def _refuse(self, limit: RateLimitItem, *key: str) -> None:
        raise TooManyQueries(retry_after=self._counter.seconds_left(limit, *key))


def ask(number: str, name: str, identity_number: str) -> dict[str, Any]:
    """Return what the public may know of a certificate; raises CertificateNotFound, TooManyQueries."""
    counter, wanted = throttle(), querying.normal(number)
    counter.admit(request.remote_addr or "", wanted)
    try:
        with reading() as db:
            return querying.find(db, wanted, name, identity_number)
    except CertificateNotFound:
        counter.missed(wanted)
        raise


def _missed(number: str) -> tuple[str, str]:
    """Return the counter's key; digested, because people also type other things where the number belongs."""
    return "certificate-missed", hashlib.sha256(number.encode()).hexdigest()


def throttle() -> QueryThrottle:
    """Return the running app's counter of queries."""
    if _EXTENSION not in current_app.extensions:
        current_app.extensions[_EXTENSION] = QueryThrottle(settings().redis_url)
    found: QueryThrottle = current_app.extensions[_EXTENSION]
    return found
