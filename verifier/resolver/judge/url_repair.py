"""Addresses that are not quite what was meant: punctuation glued to their end, or a library's proxy before them."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl

from verifier.model import Judgement, LinkCheck, LinkReason, LinkStatus
from verifier.resolver.sources.urls import Address, address_of, host_of, split_address

_LIVE = (LinkStatus.OK, LinkStatus.MOVED)

# What ends a sentence, a quotation or a bracket, raw or percent-encoded; no address of a page ends so on purpose.
_GLUED = re.compile(
    r"(?:[.,;:!?'\"”’»›…)\]}>*|。，、；：）」』】\u200b\ufeff]|%22|%27|%E2%80%(?:99|9D|A6|8B)|%C2%BB|%29|%5D|%7D|%3E|%2C|%3B|%20)+$",
    re.IGNORECASE,
)
_OPENED = re.compile(r"^[<(\[{\"'“‘«‹]+(?=https?:)", re.IGNORECASE)
# Zero-width characters and soft hyphens, raw or percent-encoded: they let a line break and belong to no address.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]|%C2%AD|%E2%80%8[BCD]|%E2%81%A0|%EF%BB%BF", re.IGNORECASE)
_OPENING = {")": "(", "]": "[", "}": "{"}

# A host label by which libraries call their rewriting proxies (EZproxy's documentation, "Proxy by hostname", and
# what its installations are called).
_PROXY_LABEL = re.compile(r"(?:\w+-)?(?:ez-?proxy|libproxy|lib-?proxy|proxy\d*|ezp|ezaccess|idm)(?:[-_]?\w{1,12})?")
_LOGIN_PATH = re.compile(r"/(?:login|connect|ezproxy/login|proxy)/?")


def check_with_url_repair(address: str, check: Callable[[str], LinkCheck]) -> LinkCheck:
    """Check an address with `check`; where it is glued or proxied, the address that was meant is checked.

    The proxy itself is never asked: it would ask us to log in. A repaired address that is fine is `moved`, so that
    `final_url` names what to print instead.
    """
    meant = behind_library_proxy(address)
    if meant is not None:
        return _as_printed(address, check(meant), LinkReason.LIBRARY_PROXY)
    first = check(address)
    bare = _repaired(address) if first.judgement.status is LinkStatus.BROKEN else None
    if bare is None:
        return first
    repaired = check(bare)
    return _as_printed(address, repaired, LinkReason.REPAIRED_ADDRESS) if repaired.judgement.status in _LIVE else first


def _repaired(address: str) -> str | None:
    """The address without what typesetting has put into and around it; None where there is no such thing."""
    visible = _INVISIBLE.sub("", _OPENED.sub("", address))
    bare = without_glued_punctuation(visible) or visible
    return bare if bare != address and host_of(bare) else None


def without_glued_punctuation(address: str) -> str | None:
    """The address without the punctuation at its end; None where there is none, or its bracket is opened within."""
    bare = _GLUED.sub("", address)
    rest = address[len(bare) :]
    while rest and rest[0] in _OPENING and bare.count(_OPENING[rest[0]]) > bare.count(rest[0]):
        bare, rest = bare + rest[0], rest[1:]
    return bare if rest and host_of(bare) else None


def behind_library_proxy(address: str) -> str | None:
    """The address that a library's proxy leads its own readers to; None for any other address."""
    parsed = split_address(address)
    if not isinstance(parsed, Address):
        return None
    labels = parsed.host.split(".")
    place = next((index for index, label in enumerate(labels[:-2]) if _PROXY_LABEL.fullmatch(label)), None)
    if place is None:
        return None
    if _LOGIN_PATH.fullmatch(parsed.path):
        return _wrapped(parsed.query)
    if place == 0:
        return None
    host = ".".join(labels[:place])
    if place == 1:
        host = host.replace("--", "\0").replace("-", ".").replace("\0", "-")
    return f"https://{host}{parsed.target}" if "." in host else None


def _wrapped(query: str) -> str | None:
    if query.startswith(("url=", "qurl=")) and "://" in query:
        raw = query.partition("=")[2]
        if raw.lower().startswith(("http://", "https://")):
            return address_of(raw)
    wrapped = next((value for key, value in parse_qsl(query) if key.lower() in ("url", "qurl", "target")), "")
    return address_of(wrapped) if wrapped.lower().startswith(("http://", "https://")) else None


def _as_printed(address: str, check: LinkCheck, reason: LinkReason) -> LinkCheck:
    judged = check.judgement
    if judged.status in _LIVE:
        judged = Judgement(LinkStatus.MOVED, reason, judged.http_status, judged.final_url)
    return replace(check, address=address, host=host_of(address), judgement=judged)
