"""Thousands of numbers in one condition."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session


def among(session: Session, column: Any, numbers: Sequence[int]) -> ColumnElement[bool]:
    """The condition that a column is one of these numbers, as one parameter.

    An IN list of thousands takes longer to write than to carry out, and is another statement for each length.
    """
    if session.get_bind().dialect.name == "postgresql":
        given: ColumnElement[bool] = column == func.any(cast(list(numbers), ARRAY(BigInteger)))
        return given
    of_list = func.json_each(json.dumps(list(numbers))).table_valued("value")
    within: ColumnElement[bool] = column.in_(select(of_list.c.value))
    return within
