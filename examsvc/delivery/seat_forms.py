"""Which parallel form belongs to which seat. Pure."""


def form_of_seat(seat_number: int, count: int) -> int:
    """Return the place of the seat's form among `count`: forms go round, so that neighbours have different ones.

    Seats count from 1, places from 0; with one form all have it.
    """
    return (seat_number - 1) % count
