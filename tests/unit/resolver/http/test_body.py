import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.exceptions import ProtocolError, ReadTimeoutError

from verifier.resolver.http.body import read_body
from verifier.resolver.http.exchange import Truncation


class Response:
    """As much of a response as is read from."""

    def __init__(self, wire: bytes, error: Exception | None = None, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._wire, self._error = wire, error

    def stream(self, amount: int, decode_content: bool) -> Iterator[bytes]:
        assert not decode_content
        for start in range(0, len(self._wire), 1000):
            yield self._wire[start : start + 1000]
        if self._error is not None:
            raise self._error


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@given(st.binary(max_size=5000), st.sampled_from(["", "gzip", "x-gzip", "deflate", "raw", "identity", "two gzips"]))
def test_codings_are_undone(data: bytes, coding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    wire = {
        "gzip": gzip.compress(data),
        "x-gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "raw": raw.compress(data) + raw.flush(),
        "two gzips": gzip.compress(data[:100]) + gzip.compress(data[100:]),
    }.get(coding, data)
    named = {"raw": "deflate", "two gzips": "gzip"}.get(coding, coding)
    body = read_body(Response(wire, content_encoding=named), 10_000)
    assert (body.data, body.truncated, body.coding_kept, body.complete) == (data, None, False, True)


@pytest.mark.parametrize(
    ("response", "data", "truncated", "complete"),
    [
        (Response(b"x" * 50), b"x" * 50, None, True),
        (Response(b"x" * 150), b"x" * 100, Truncation.LENGTH, False),
        (Response(b"", content_length="101"), b"", Truncation.LENGTH, False),
        (Response(b"x" * 10, content_length="20"), b"x" * 10, Truncation.DISCONNECT, False),
        (Response(b"x" * 10, content_length="nonsense"), b"x" * 10, None, True),
        (Response(gzip.compress(b"x" * 101), content_encoding="gzip"), b"x" * 100, Truncation.LENGTH, True),
        (Response(gzip.compress(b"x" * 100), content_encoding="gzip"), b"x" * 100, None, True),
        (Response(b"abc", ConnectionResetError()), b"abc", Truncation.DISCONNECT, False),
        (Response(b"abc", TimeoutError()), b"abc", Truncation.TIME, False),
        (Response(b"abc", caused(ReadTimeoutError(None, "", ""), TimeoutError())), b"abc", Truncation.TIME, False),
        (Response(b"abc", ProtocolError("broken")), b"abc", Truncation.DISCONNECT, False),
    ],
)  # fmt: skip
def test_bodies_that_are_not_whole(
    response: Response, data: bytes, truncated: Truncation | None, complete: bool
) -> None:
    body = read_body(response, 100)
    assert (body.data, body.truncated, body.complete) == (data, truncated, complete)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_a_coding_that_is_unknown_or_untrue_stays_on(coding: str) -> None:
    body = read_body(Response(b"plain words", content_encoding=coding), 100)
    assert (body.data, body.coding_kept) == (b"plain words", True)


def test_a_bomb_is_not_inflated() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 100_000_000))
    body = read_body(Response(gzip.decompress(bomb), content_encoding="gzip"), 1000_000)
    assert len(body.data) == 1000_000
    assert body.truncated is Truncation.LENGTH


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "gzip, br", "gzip, gzip, gzip, gzip"])
def test_noise_stays_noise_though_it_would_pass_for_raw_deflate(coding: str) -> None:
    noise = bytes([0x8B, 0x07, 0x80]) + bytes(range(60))
    body = read_body(Response(noise, content_encoding=coding), 100)
    assert (body.data, body.coding_kept) == (noise, True)
