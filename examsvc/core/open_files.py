"""How many files and connections a process may have open."""

import resource


def allow_many() -> int:
    """Let this process open as many files as it ever may, and return how many: thousands of pages are connected."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
