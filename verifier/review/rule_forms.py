"""A standing rule as a form or an address says it: read, brought to one form, and refused in plain words."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import abort

from db.rules import NewRule, StoredRule
from verifier.domains import is_public_suffix
from verifier.model import FindingCode, LinkReason
from verifier.resolver.sources.urls import DEFAULT_PORTS, Address, split_address
from verifier.review.decision_forms import day_end, words_of
from verifier.review.desk import app_state, person

_LONGEST_ADDRESS = 4000
_LONGEST_PATH = 2000


def rule_of(form: Mapping[str, str], why: str, token: str) -> NewRule:
    """The rule that a form or an address says: a place at most, an address before a beginning before a host."""
    if form.get("code") not in {code.value for code in FindingCode}:
        abort(400, "A rule is about one kind of finding.")
    url = words_of(form, "url", _LONGEST_ADDRESS)
    below = "" if url else words_of(form, "below", _LONGEST_ADDRESS)
    host = "" if url or below else words_of(form, "host", _LONGEST_ADDRESS)
    reason = form.get("reason", "")
    if reason and reason not in set(LinkReason):
        abort(400, "There is no such reason.")
    return NewRule(
        code=FindingCode(form["code"]),
        host=host_words(host) if host else None,
        subdomains=bool(host) and form.get("subdomains") == "1",
        url=canonical(url) if url else None,
        below=beginning(below) if below else None,
        http_status=_status(form),
        reason=LinkReason(reason) if reason else None,
        document_id=_document(form),
        folder=words_of(form, "folder", _LONGEST_PATH).rstrip("/") or None,
        why=why,
        reviewer=person().name,
        request_token=token,
        expires_at=day_end(form.get("until", "")),
    )


def rule_query(rule: NewRule | StoredRule) -> str:
    """A rule's scope as the query string of the page that sets one like it."""
    query = {
        "code": rule.code.value,
        "host": rule.host,
        "subdomains": "1" if rule.subdomains else None,
        "url": rule.url,
        "below": rule.below,
        "http_status": rule.http_status,
        "reason": rule.reason.value if rule.reason else None,
        "document": rule.document_id,
        "folder": rule.folder,
        "why": rule.why,
        "until": f"{rule.expires_at:%Y-%m-%d}" if rule.expires_at else None,
    }
    return urlencode({name: value for name, value in query.items() if value is not None and value != ""})


def must_be_whole(rule: NewRule) -> None:
    """Refuse a rule that says nothing of where, or of the hosts of strangers."""
    if not any((rule.host, rule.url, rule.below, rule.document_id is not None, rule.folder)):
        abort(400, "Say which host or which address the rule is about, or of which document or folder.")
    if rule.subdomains and rule.host and is_public_suffix(rule.host):
        abort(400, f"Everybody's hosts are below {rule.host}: name one of them.")


def host_words(words: str) -> str:
    """A host in the one form in which hosts are compared, of a name or of an address that somebody pasted."""
    parsed = split_address(words if "//" in words else f"http://{words}")
    if not isinstance(parsed, Address):
        abort(400, "That is no host; write it as in example.org.")
    return parsed.host.rstrip(".")


def canonical(words: str) -> str:
    """An address in the one form in which addresses are compared; one that cannot be asked for stays as it is."""
    parsed = split_address(words)
    return parsed.url if isinstance(parsed, Address) else words


def beginning(words: str) -> str:
    """The beginning of addresses as rules compare it: canonical, without a slash at its end.

    One without a scheme is of http and https alike, from `//` on, unless its port is of one of them.
    """
    bare = "://" not in words
    parsed = split_address(f"https://{words.removeprefix('//')}" if bare else words)
    if not isinstance(parsed, Address) or parsed.userinfo:
        abort(400, "That is no beginning of addresses; write it as in https://example.org/reports.")
    schemes = [scheme for scheme, port in DEFAULT_PORTS.items() if bare and _place(words).endswith(f":{port}")]
    if schemes:
        parsed = split_address(f"{schemes[0]}://{words.removeprefix('//')}")
        assert isinstance(parsed, Address)  # only its scheme is another
    url = parsed.url.partition("?")[0].removesuffix("/") if not parsed.query else parsed.url.rstrip("&")
    return url.partition(":")[2] if bare and not schemes else url


def _place(words: str) -> str:
    return words.removeprefix("//").partition("/")[0].partition("?")[0]


def _status(form: Mapping[str, str]) -> int | None:
    status = form.get("http_status", "").strip()
    if status and not (status.isascii() and status.isdecimal() and len(status) == 3 and 100 <= int(status) <= 599):
        abort(400, "An HTTP status is a number from 100 to 599.")
    return int(status) if status else None


def _document(form: Mapping[str, str]) -> int | None:
    number = form.get("document", "").strip()
    if not number:
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) <= 18
    if not is_number or app_state().store.shelf.document(int(number)) is None:
        abort(400, "There is no such document.")
    return int(number)
