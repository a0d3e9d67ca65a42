"""The two socket namespaces. Who connects is known by the login cookie; rooms are chosen here, never by the client."""

from proctoring.sockets.distant import Distant
from proctoring.sockets.running import namespaces

__all__ = ["Distant", "namespaces"]
