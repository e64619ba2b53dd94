"""Exchanges as WARC 1.1 records (ISO 28500:2017), each a gzip member of its own."""

import base64
import contextlib
import hashlib
import io
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from verifier.resolver.archive.store import KeptHead, Sameness, Unchanged
from verifier.resolver.http.exchange import Exchange

NOT_MODIFIED = "not-modified"
"""What `unchanged` says in the metadata record of a visit that was answered with a 304."""

SAME_TEXT = "same-readable-text"
"""What `unchanged` says in the metadata record of a visit whose payload differed and whose readable text did not."""

_LEVEL = 6  # zlib's own balance; warcio's 9 costs three times the time for two percent

# These no longer describe the stored bytes (the codings are undone; an unknown or damaged content coding would make
# every reader of the archive fail), so they are kept under another name, as web archives do.
_UNDONE = frozenset({"transfer-encoding", "content-encoding", "content-length"})
_RENAMED = "X-Archive-Orig-"
_HEADER_SAFE = "".join(map(chr, range(0x20, 0x7F)))  # a header keeps all of ASCII as it is

# Of the two profiles of WARC 1.1, section 6.7, the one that every replay tool follows to the payload: one with the head
# of a 304 (`server-not-modified`) is replayed as a redirect to nowhere, that is, blank.
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@dataclass(frozen=True, slots=True)
class _Visit:
    """What all records of one exchange have in common."""

    exchange: Exchange
    payload_sha256: str
    record_id: str

    @property
    def headers(self) -> dict[str, str]:
        return {
            "WARC-Target-URI": self.exchange.url,
            "WARC-Date": _warc_date(self.exchange.sent_at),
            **({"WARC-IP-Address": self.exchange.ip} if self.exchange.ip else {}),
            "WARC-Record-ID": self.record_id,
        }


def exchange_records(exchange: Exchange, payload_sha256: str, unchanged: Unchanged | None = None) -> bytes:
    """The record of the response and then of the request, compressed; `payload_sha256` is the body's, in hex.

    The response's is `response`; where its content is kept already, `revisit`; and `metadata` with its digests where
    only its readable text is (no revisit profile means that, and readers take a revisit for identical bytes). A 304 is
    a `revisit` under the head of the kept response, so that it replays whole, beside `metadata` with its own.
    """
    visit = _Visit(exchange, payload_sha256, _record_id())
    if unchanged is None:
        answered = _response(visit)
    elif unchanged.sameness is Sameness.TEXT:
        answered = _same_text(visit, unchanged)
    else:
        answered = _revisit(visit, unchanged)
        if unchanged.head is not None:
            answered += _not_modified(visit)
    return answered + _request(visit)


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a person handed in as the content of an address that may not be read by a program, and who did."""

    url: str
    payload: bytes
    media_type: str
    by: str
    at: datetime


def resource_records(supplied: Supplied, payload_sha256: str) -> bytes:
    """A `resource` record (WARC 1.1, section 6.4: content without a request), and `metadata` that names who gave it."""
    record_id = _record_id()
    common = {"WARC-Target-URI": supplied.url, "WARC-Date": _warc_date(supplied.at)}
    digest = _labelled(bytes.fromhex(payload_sha256))
    kept = {**common, "WARC-Record-ID": record_id, "WARC-Payload-Digest": digest}
    fields = f"supplied-by: {_one_line(supplied.by)}\r\n".encode()
    about = {**common, "WARC-Record-ID": _record_id(), "WARC-Concurrent-To": record_id}
    return _record("resource", kept, None, supplied.payload, supplied.media_type) + _record(
        "metadata", about, None, fields, "application/warc-fields"
    )


def info_record(filename: str, software: str) -> bytes:
    """The `warcinfo` record that opens a file."""
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    headers = {
        "WARC-Record-ID": _record_id(),
        "WARC-Date": _warc_date(datetime.now(UTC)),
        "WARC-Filename": filename,
    }
    return _record("warcinfo", headers, None, fields)


def _response(visit: _Visit) -> bytes:
    headers = {**visit.headers, "WARC-Payload-Digest": _labelled(bytes.fromhex(visit.payload_sha256))}
    if visit.exchange.truncated is not None:
        headers["WARC-Truncated"] = visit.exchange.truncated.value
    return _record("response", headers, _answer_head(visit.exchange), visit.exchange.body)


def _revisit(visit: _Visit, unchanged: Unchanged) -> bytes:
    headers = {
        **visit.headers,
        **_refers_to(unchanged),
        "WARC-Profile": _SAME_PAYLOAD,
        "WARC-Payload-Digest": _labelled(bytes.fromhex(unchanged.kept.payload_sha256)),
    }
    head = _answer_head(visit.exchange) if unchanged.head is None else _kept_head(unchanged.head)
    return _record("revisit", headers, head, b"")


def _not_modified(visit: _Visit) -> bytes:
    """What the server said when it was asked under conditions: nothing but that the page is the same."""
    fields = [("unchanged", NOT_MODIFIED), *_answer_fields(visit.exchange)]
    block = "".join(f"{name}: {value}\r\n" for name, value in fields).encode("utf-8", "replace")
    own = {"WARC-Record-ID": _record_id(), "WARC-Concurrent-To": visit.record_id}
    headers = {**visit.headers, **own, "WARC-Payload-Digest": _digest_of(block)}
    return _record("metadata", headers, None, block)


def _same_text(visit: _Visit, unchanged: Unchanged) -> bytes:
    exchange = visit.exchange
    fields = [
        ("unchanged", SAME_TEXT),
        ("text-digest", f"sha256:{unchanged.text_sha256}"),
        ("payload-digest", f"sha256:{visit.payload_sha256}"),
        ("payload-length", str(len(exchange.body))),
        *_answer_fields(exchange),
    ]
    block = "".join(f"{name}: {value}\r\n" for name, value in fields).encode("utf-8", "replace")
    headers = {**visit.headers, **_refers_to(unchanged), "WARC-Payload-Digest": _digest_of(block)}
    return _record("metadata", headers, None, block)


def _answer_fields(exchange: Exchange) -> list[tuple[str, str]]:
    headers = (("http-header", f"{name}: {_one_line(value)}") for name, value in exchange.headers)
    return [("http-status-line", _ascii(exchange.status_line)), *headers]


def _refers_to(unchanged: Unchanged) -> dict[str, str]:
    return {
        "WARC-Refers-To": unchanged.record_id,
        "WARC-Refers-To-Target-URI": unchanged.kept.url,
        "WARC-Refers-To-Date": unchanged.date,
    }


def _request(visit: _Visit) -> bytes:
    exchange = visit.exchange
    method, _, rest = exchange.request_line.partition(" ")
    sent = [(name, _one_line(value)) for name, value in exchange.request_headers]
    headers = {
        **visit.headers,
        "WARC-Record-ID": _record_id(),
        "WARC-Concurrent-To": visit.record_id,
        "WARC-Payload-Digest": _OF_NOTHING,
    }
    return _record("request", headers, StatusAndHeaders(rest, sent, method), b"")


def _answer_head(exchange: Exchange) -> StatusAndHeaders:
    protocol, _, status = _ascii(exchange.status_line).partition(" ")
    return StatusAndHeaders(status, _stored_headers(exchange), protocol)


def _kept_head(head: KeptHead) -> StatusAndHeaders:
    phrase = responses.get(head.http_status, "")
    return StatusAndHeaders(f"{head.http_status} {phrase}".rstrip(), list(head.headers), "HTTP/1.1")


def _record(
    kind: str, headers: Mapping[str, str], http: StatusAndHeaders | None, payload: bytes, content_type: str = ""
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    if http is not None:
        _compute_head(http)
    block = hashlib.sha256(http.headers_buff if http is not None else b"")
    block.update(payload)
    record = writer.create_warc_record(
        headers.get("WARC-Target-URI", ""),
        kind,
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=http,
        warc_content_type=content_type,
        warc_headers_dict={**headers, "WARC-Block-Digest": _labelled(block.digest())},
    )
    writer.write_record(record)
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return compressor.compress(out.getvalue()) + compressor.flush()


def _compute_head(http: StatusAndHeaders) -> None:
    """The head in ASCII: warcio percent-encodes what is not, but neither names nor the names of parameters."""
    try:
        http.compute_headers_buffer()
    except UnicodeEncodeError:
        http.headers = [
            (_ascii(name), value if value.isascii() else quote(value, safe=_HEADER_SAFE))
            for name, value in http.headers
        ]
        http.compute_headers_buffer()


def _stored_headers(exchange: Exchange) -> list[tuple[str, str]]:
    stored = []
    for name, value in exchange.headers:
        stored.append((_RENAMED + name if name.lower() in _UNDONE else name, _one_line(value)))
    return [*stored, ("Content-Length", str(len(exchange.body)))]


def _one_line(value: str) -> str:
    """A header value as warcio writes it, in UTF-8: what came as raw UTF-8 is decoded first, folds become blanks."""
    with contextlib.suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.encode("utf-8", "replace").decode("utf-8").replace("\r", " ").replace("\n", " ")


def _ascii(status_line: str) -> str:
    return status_line.encode("ascii", "replace").decode("ascii")


def _digest_of(data: bytes) -> str:
    return _labelled(hashlib.sha256(data).digest())


def _labelled(digest: bytes) -> str:
    """A SHA-256 in the spelling of WARC's digest headers."""
    return f"sha256:{base64.b32encode(digest).decode('ascii')}"


_OF_NOTHING = _digest_of(b"")


def _record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _warc_date(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
