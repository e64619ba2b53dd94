"""Regular expressions that are compiled when they are first used: most documents need few of the parser's hundreds."""

import re
from typing import Any, AnyStr, cast

_METHODS = (
    "search",
    "match",
    "fullmatch",
    "finditer",
    "findall",
    "sub",
    "subn",
    "split",
    "flags",
    "groups",
    "groupindex",
)


class LazyPattern:
    """What `regex` makes: it turns into its compiled expression when one of its methods is first asked for."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:  # from now on these are found before this is asked
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression that is compiled at its first use; an error in it (re.error) shows only then."""
    return cast("re.Pattern[AnyStr]", LazyPattern(source, flags))
