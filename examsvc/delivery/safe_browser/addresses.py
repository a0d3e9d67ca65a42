"""Addresses as a browser writes them, and the hashes that Safe Exam Browser makes of them with a key. Pure.

The hash covers the whole address without its fragment. The service may stand behind a proxy that tells it another host
than the browser sees: so the address is built from the configured public one, never from the request.
"""

import hashlib
from typing import Final
from urllib.parse import urlsplit

_PORTS: Final = {"http": 80, "https": 443}


def origin(address: str) -> str:
    """Return scheme, host and port of an address as a browser writes them."""
    parts = urlsplit(address)
    host = (
        (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else f"[{parts.hostname}]"
    )
    port = f":{parts.port}" if parts.port and parts.port != _PORTS.get(parts.scheme) else ""
    return f"{parts.scheme.lower()}://{host}{port}"


def address(public_url: str, path: str) -> str:
    """Return the address of a path of the service, as a browser that came by its public address writes it."""
    return origin(public_url) + urlsplit(public_url).path.rstrip("/") + path


def without_fragment(address: str) -> str:
    """Return the address without what follows `#`."""
    return address.partition("#")[0]


def hashed(address: str, key: str) -> str:
    """Return what a browser with the key says at the address: SHA-256 of both in a row, in hexadecimal."""
    return hashlib.sha256((without_fragment(address) + key).encode()).hexdigest()
