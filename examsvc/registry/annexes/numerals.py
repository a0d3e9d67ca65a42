"""Chinese numerals of headings: 一、 and （一）. Pure."""

_DIGITS = "零一二三四五六七八九"
_TEN = 10
MOST = 99


def chinese(number: int) -> str:
    """Return 1..99 in Chinese: 一, 十, 十一, 二十一; others in digits."""
    if not 1 <= number <= MOST:
        return str(number)
    tens, units = divmod(number, _TEN)
    if not tens:
        return _DIGITS[units]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[units] if units else "")


def in_brackets(number: int) -> str:
    """Return （一） for 1 (J09)."""
    return f"（{chinese(number)}）"
