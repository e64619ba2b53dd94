"""The ten bytes at the head of a gzip member (RFC 1952), which no checksum covers, and no reader minds."""

from collections import Counter
from collections.abc import Iterator, Mapping

LENGTH = 10

_BEGINS = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
"""Magic, deflate, no flags, no time: what zlib writes where it is not asked for more."""

_EXTRA = (0, 2, 4)
"""How hard it was compressed: 2 for the slowest, 4 for the fastest."""

_SYSTEMS = (0, 3, 7, 10, 11, 19, 255)
"""FAT, Unix, Macintosh, TOPS-20 (zlib's name for Windows), NTFS, macOS, unknown."""


def odd_headers(heads: Mapping[int, bytes]) -> Iterator[int]:
    """The offsets of the members of a file whose heads are not as ours, or not as most of the others there."""
    usual = Counter(heads.values()).most_common(1)
    for offset, head in heads.items():
        plain = head.startswith(_BEGINS) and head[8] in _EXTRA and head[9] in _SYSTEMS
        if not plain or head != usual[0][0]:
            yield offset
