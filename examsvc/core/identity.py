"""Who acts."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Identity:
    """The acting person or process. `account_id` is None for the service itself."""

    name: str
    account_id: UUID | None = None
    login_id: UUID | None = None
    roles: frozenset[str] = field(default_factory=frozenset)

    def has(self, *roles: str) -> bool:
        """Return whether the person holds at least one of `roles`."""
        return not self.roles.isdisjoint(roles)

    @property
    def actor(self) -> str:
        """Return what the audit log calls this identity."""
        return str(self.account_id) if self.account_id else f"system:{self.name}"


def system(name: str) -> Identity:
    """Return the identity of a process of the service, for example `worker`."""
    return Identity(name=name)
