"""What a rehearsal must not touch: a service of somebody else's, and exam sessions of real candidates."""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from examsvc.rehearsal.errors import ForeignAddress

TOLD_TWICE = 2


def check_address(url: str, told: Sequence[str]) -> None:
    """Raise ForeignAddress unless the URL is of this machine's loopback, or was told twice to be one's own."""
    if not is_loopback(urlsplit(url).hostname or "") and list(told).count(url) < TOLD_TWICE:
        raise ForeignAddress(url=url)


def is_loopback(host: str) -> bool:
    """Return whether everything that the name stands for is on this machine; an unknown name is not."""
    try:
        addresses = {found[4][0] for found in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(addresses) and all(ipaddress.ip_address(address).is_loopback for address in addresses)
