"""Reading a response's body: capped on the wire and after decoding, whatever the server sends."""

import codecs
import http.client
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from urllib3.exceptions import HTTPError

from verifier.resolver.http.exchange import Truncation

_PIECE = 65536
_MOST_OF_IT = 0.8
_LOOKED_AT = 1000  # bytes of a body's beginning that say what it is
_KNOWN = frozenset({"gzip", "x-gzip", "deflate"})
_MOST_CODINGS = 3  # put on one another; more is an attack
_MOST_MEMBERS = 10_000  # of one gzip body; block-wise writers put 64 kB into each


@dataclass(frozen=True, slots=True)
class Body:
    """A body with transfer and content coding undone; `complete` says whether the connection may be used again.

    `coding_kept`: a content coding is still on it, since we do not know it or it was damaged.
    `error` is what ended the reading early, if anything did. `nearly_whole`: the server closed in order when most of
    the stated length had come, so that rather the length was wrong.
    """

    data: bytes
    truncated: Truncation | None = None
    complete: bool = True
    coding_kept: bool = False
    error: Exception | None = None
    nearly_whole: bool = False


class _Inflate:
    """gzip (of several members), zlib, and raw deflate, which some servers call "deflate" too."""

    def __init__(self, *, or_raw: bool) -> None:
        self._or_raw = or_raw  # anything may pass for raw deflate, so only where that is what is stated
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._started = False
        self._between = False
        self._members = 0

    def feed(self, raw: bytes, room: int) -> bytes:
        """At most `room` decoded bytes. Raises zlib.error for damage and for too many members."""
        pieces: list[bytes] = []
        for start in range(0, len(raw), _PIECE):  # in pieces, since what follows a member is copied for each member
            data = raw[start : start + _PIECE]
            while data and room > 0:
                if self._between and not self._begin_member(data):
                    return b"".join(pieces)
                piece = self._decompress(data, room)
                pieces.append(piece)
                room -= len(piece)
                self._between = self._inflater.eof
                data = self._inflater.unused_data if self._between else self._inflater.unconsumed_tail
        return b"".join(pieces)

    @property
    def finished(self) -> bool:
        """Whether the last member came to its end (nothing at all is at its end too)."""
        return self._between or not self._started

    def _begin_member(self, data: bytes) -> bool:
        if not b"\x1f\x8b".startswith(data[:2]):
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise zlib.error(f"more than {_MOST_MEMBERS} gzip members")
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._between = False
        return True

    def _decompress(self, data: bytes, room: int) -> bytes:
        try:
            piece = self._inflater.decompress(data, room)
        except zlib.error:
            if self._started or not self._or_raw:
                raise
            self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            piece = self._inflater.decompress(data, room)
        self._started = True
        return piece


def read_body(response: Any, cap: int) -> Body:
    """Read an urllib3 HTTPResponse to its end, but at most `cap` bytes on the wire and `cap` decoded.

    Raises nothing: what ends the reading early is in the answer.
    """
    length = _stated_length(response)
    if length is not None and length > cap:
        return Body(b"", Truncation.LENGTH, complete=False)
    raw, ended = _read_wire(response, cap)
    codings = _codings(response)
    data, kept, cut = _decode(raw, codings, cap)
    if ended is not None:
        return Body(data, ended.truncated, complete=False, coding_kept=kept, error=ended.error)
    if cut is Truncation.LENGTH:
        return Body(data, cut, complete=True, coding_kept=kept)
    short = length is not None and len(raw) < length
    nearly = short and length is not None and len(raw) >= _MOST_OF_IT * length
    truncated = Truncation.DISCONNECT if short else cut
    return Body(data, truncated, complete=not short, coding_kept=kept, nearly_whole=nearly)


@dataclass(frozen=True, slots=True)
class _Ended:
    truncated: Truncation
    error: Exception | None = None


def _read_wire(response: Any, cap: int) -> tuple[bytes, _Ended | None]:
    pieces: list[bytes] = []
    size = 0
    ended: _Ended | None = None
    try:
        for piece in response.stream(_PIECE, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > cap:
                ended = _Ended(Truncation.LENGTH)
                break
    except TimeoutError as error:
        ended = _Ended(Truncation.TIME, error)
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        timed_out = isinstance(error.__cause__ or error.__context__, TimeoutError)
        ended = _Ended(Truncation.TIME if timed_out else Truncation.DISCONNECT, error)
    return b"".join(pieces)[:cap], ended


def _decode(raw: bytes, codings: Sequence[str], cap: int) -> tuple[bytes, bool, Truncation | None]:
    """(the decoded bytes, whether a coding is still on them, why they are not whole)."""
    if codings and _is_plain(raw):
        return raw, False, None
    if len(codings) > _MOST_CODINGS or not _KNOWN.issuperset(codings):
        return raw, True, None
    data, cut = raw, None
    for coding in reversed(codings):
        inflate = _Inflate(or_raw=coding == "deflate")
        try:
            data = inflate.feed(data, cap + 1)
        except zlib.error:
            return raw, True, None
        if len(data) > cap:
            return data[:cap], False, Truncation.LENGTH
        cut = cut if inflate.finished else Truncation.DISCONNECT
    return data, False, cut


def _is_plain(raw: bytes) -> bool:
    """Whether a body that is said to be coded is a page or a PDF as it is: some servers only say so.

    No known coding begins with these characters: gzip with 1F 8B, zlib with 78, Zstandard with 28 B5, and Brotli's
    first bytes are not followed by text alone.
    """
    head = raw[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip()
    return head.startswith((b"<", b"%PDF-")) and not any(byte < 32 and byte not in b"\t\n\f\r" for byte in head[:200])


def _codings(response: Any) -> tuple[str, ...]:
    """The codings on a body, in the order in which they were put on (RFC 9110, section 8.4)."""
    stated = str(response.headers.get("content-encoding", "")).lower().split(",")
    return tuple(coding for one in stated if (coding := one.strip()) not in ("", "identity"))


def _stated_length(response: Any) -> int | None:
    if "chunked" in str(response.headers.get("transfer-encoding", "")).lower():
        return None
    stated = str(response.headers.get("content-length", "")).strip()
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 19 else None
