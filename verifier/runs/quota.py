"""The archive's quota: told in good time, and kept."""

from verifier.resolver import WarcArchive

NEARLY = 0.9
"""The part of the quota from which every report warns: at a steady pace a tenth of the archive's age is left."""


class Quota:
    """How full an archive is; `most` is in bytes, 0 for no limit."""

    def __init__(self, most: int, archive: WarcArchive) -> None:
        self._most = most
        self._archive = archive

    @property
    def met(self) -> bool:
        """Whether nothing more may be archived. What is in flight still is, so the quota may be passed by as much."""
        return 0 < self._most <= self._archive.size

    def notes(self) -> list[str]:
        """What the operator should know of it, if anything."""
        if not self._most or self._archive.size < NEARLY * self._most:
            return []
        holds = f"The archive holds {_in_units(self._archive.size)} of the {_in_units(self._most)} it may come to"
        if self.met:
            return [f"{holds}: no source is checked any more. Raise archive.max_bytes."]
        return [f"{holds}: when it is full no source is checked any more. Raise archive.max_bytes in time."]


def _in_units(size: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
