"""What an e-mail address is here. Pure."""

import re

LONGEST = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def checked(text: str) -> str:
    """Return the address, trimmed of spaces; raises ValueError.

    Plain ASCII addresses only: no display names, no quotes, no line breaks, so that none can add a header.
    """
    address = text.strip(" ")
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address) or ".." in address:
        raise ValueError(f"{text!r} is not an e-mail address")
    return address
