"""How a crowd begins together without a crush: within which milliseconds pages are told, ask, and claim. Pure.

One process tells a page in about half a millisecond and takes a claim, with others, in about four. Whoever is told
first claims only when everybody is told: else the claims of the first would keep the last from seeing their paper.
Pages claim more and more seldom, in a straight line down to none at the end: with each claim somebody begins to have
answers stored, and so claims and answers together are as much work at the end as at the beginning.
"""

from typing import Final

SHORTEST_LISTENING_MS: Final = 4_000
MS_A_TELLING: Final = 1.0
MS_A_CLAIM: Final = 16
SHORTEST_MS, LONGEST_MS = 2_000, 180_000


def told_within_ms(candidates: int) -> int:
    """Return for so many who begin together after how long a page that has heard nothing asks by itself."""
    return SHORTEST_LISTENING_MS + 2 * claim_after_ms(candidates)


def claim_after_ms(candidates: int) -> int:
    """Return when the telling of everybody is over, counted from its begin."""
    return round(MS_A_TELLING * candidates)


def claim_within_ms(candidates: int) -> int:
    """Return over how long the claims of everybody are spread: up to 11,000, never six tenths of a process's time."""
    return min(LONGEST_MS, max(SHORTEST_MS, MS_A_CLAIM * candidates))


def claim_still_within_ms(candidates: int, begun_ms: int) -> int:
    """Return the same for one who asks by itself so long after the start: until the last of the others claims."""
    return max(SHORTEST_MS, claim_after_ms(candidates) + claim_within_ms(candidates) - begun_ms)
