"""How accountants write a loss: in brackets, "(412)", "$(412)", "(3.4)%"."""

import re

_BEFORE = re.compile(r"(?:\|\s*(?:[$€£]\s?)?|[$€£]\s?)\($")


def is_in_brackets_of_loss(text: str, start: int, end: int) -> bool:
    """Whether the number from `start` to `end` is in brackets that make it negative.

    They do in a table's cell, after a currency sign, and before a percent sign; brackets in prose mean nothing.
    """
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return False
    return text[end + 1 : end + 2] == "%" or _BEFORE.search(text, max(0, start - 8), start) is not None
