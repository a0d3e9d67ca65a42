"""People who do not exist, the same ones in every rehearsal: names, and identity numbers of the 1900s. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.iso7064 import mod_11_2

MOST_PEOPLE = 100_000
REGION = "310101"
FIRST_BIRTH = date(1900, 1, 1)
BORN_A_DAY = 1_000
NAME = "彩排考生"


@dataclass(frozen=True)
class Synthetic:
    """A synthetic candidate; `number` counts from 1 and is the seat."""

    number: int

    @property
    def name(self) -> str:
        return f"{NAME} {self.number:04d}"

    @property
    def identity_number(self) -> str:
        """A valid number of somebody who would be older than anybody is."""
        days, order = divmod(self.number, BORN_A_DAY)
        digits = f"{REGION}{FIRST_BIRTH + timedelta(days=days):%Y%m%d}{order:03d}"
        return digits + str(mod_11_2.calc_check_digit(digits))

    @property
    def digits(self) -> str:
        """What proves the person at the log-in."""
        return self.identity_number[-6:]

    def ticket(self, secret: str) -> str:
        """Return the admission ticket; `secret` is the rehearsal's own, so that nobody guesses into its paper."""
        return f"RH{secret}-{self.number:05d}"


def people(count: int) -> list[Synthetic]:
    """Return the first `count` synthetic candidates; raises ValueError beyond MOST_PEOPLE."""
    if not 0 < count <= MOST_PEOPLE:
        raise ValueError(f"a rehearsal has between 1 and {MOST_PEOPLE} candidates")
    return [Synthetic(number) for number in range(1, count + 1)]
