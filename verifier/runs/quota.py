"""What the operator should know of the archive's quota, in good time. The session keeps to it."""

NEARLY = 0.9
"""The part of the quota from which every report warns: at a steady pace a tenth of the archive's age is left."""


def quota_notes(most: int, kept: int) -> list[str]:
    """What is said of an archive that holds `kept` of the `most` bytes it may come to (0: any number), if anything."""
    if not most or kept < NEARLY * most:
        return []
    holds = f"The archive holds {_in_units(kept)} of the {_in_units(most)} it may come to"
    if kept >= most:
        return [f"{holds}: no source is checked any more. Raise archive.max_bytes."]
    return [f"{holds}: when it is full no source is checked any more. Raise archive.max_bytes in time."]


def _in_units(size: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
