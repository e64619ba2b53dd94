"""Docket numbers of United States federal district courts: the one form that can be told from other numbers."""

import re

_DOCKET = re.compile(r"(?<![\w:-])(\d):(\d\d)-(cv|cr|mc|md|mj|ap|bk|po|misc)-0*(\d{1,6})(?!\d)", re.IGNORECASE)


def docket_numbers(text: str) -> tuple[str, ...]:
    """The docket numbers in a text, in one spelling (`1:17-cv-01234`), without the judges' initials behind them."""
    found = (f"{office}:{year}-{kind.lower()}-{int(number):05}" for office, year, kind, number in _DOCKET.findall(text))
    return tuple(dict.fromkeys(found))
