"""What a registry's answer says as a whole: the record that was asked for, the works of a search, or that it has none.

That it has none is believed only in the registry's own words for it: its counter at nought beside an empty list, or the
handle system's code for a handle that is not there. Anything else (an error, a page, half a list) is no answer.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from verifier.model import DescribedWork, Nature
from verifier.resolver.works.fields import identifier_of
from verifier.resolver.works.records import described_records, is_list

_HANDLE_FOUND, _HANDLE_NOT_FOUND = 1, 100
"""Response codes of the handle proxy (Handle.Net technical manual, "REST API for handle resolution")."""


def answer_in(body: bytes, registry: str) -> DescribedWork | None:
    """What the bytes of an answer describe; None where they are no answer of this registry's."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return described_answer(registry, value)


def described_answer(registry: str, value: Any) -> DescribedWork | None:
    """A work (a look-up's record), or a list of works (`Nature.LIST`): without any where the registry says so itself.

    None where the answer is none. A list whose items cannot be read, or whose counter does not go with them, is none.
    """
    if not isinstance(value, dict) or "error" in value or "errors" in value:
        return None
    if registry == "doi":
        return _handle(value)
    works = described_records(registry, value)
    if works:
        return DescribedWork(nature=Nature.LIST, listed=works) if is_list(registry, value) else works[0]
    says_none = _NONE.get(registry)
    return DescribedWork(nature=Nature.LIST) if says_none is not None and says_none(value) else None


def _handle(value: dict[str, Any]) -> DescribedWork | None:
    """A list with the DOI where it is registered, an empty one where it is not."""
    key = identifier_of("doi", value.get("handle"))
    if key is None or isinstance(value.get("responseCode"), bool):
        return None
    if value.get("responseCode") == _HANDLE_NOT_FOUND and "values" not in value:
        return DescribedWork(nature=Nature.LIST, identifiers=(key,))
    if value.get("responseCode") == _HANDLE_FOUND and isinstance(value.get("values"), list):
        return DescribedWork(nature=Nature.LIST, identifiers=(key,), listed=(DescribedWork(identifiers=(key,)),))
    return None


def _is_nought(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value == 0


def _counts(value: dict[str, Any], counter: str, items: str, *, may_lack: bool = False) -> bool:
    listed = value.get(items, [] if may_lack else None)
    return _is_nought(value.get(counter)) and listed == []


def _crossref(value: dict[str, Any]) -> bool:
    message = value.get("message")
    if value.get("status") != "ok" or value.get("message-type") != "work-list" or not isinstance(message, dict):
        return False
    return _counts(message, "total-results", "items")


def _meta(counter: str, items: str) -> Callable[[dict[str, Any]], bool]:
    def says_none(value: dict[str, Any]) -> bool:
        meta = value.get("meta")
        return isinstance(meta, dict) and _is_nought(meta.get(counter)) and value.get(items) == []

    return says_none


_NONE: Mapping[str, Callable[[dict[str, Any]], bool]] = {
    "crossref": _crossref,
    "datacite": _meta("total", "data"),
    "openalex": _meta("count", "results"),
    "openlibrary": lambda value: _counts(value, "numFound", "docs"),
    "federalregister": lambda value: "description" in value and _counts(value, "count", "results", may_lack=True),
    "courtlistener": lambda value: _counts(value, "count", "results"),
}
"""How each says that a search found nothing. The Federal Register leaves its list of results out then."""
