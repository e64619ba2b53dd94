"""What registries were asked about a cited work, and what they answered."""

from dataclasses import dataclass
from datetime import datetime

from verifier.model.described import DescribedWork
from verifier.model.link import SnapshotRef


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """What one registry says of one question about a cited work.

    `registry` is what people call it, `asked_for` what it was asked for (`doi:10.1000/182`; empty: the title). `works`
    are what it has, empty where it says itself that it has none, None where it did not answer, or not as it should.
    `decisive` says that it has as good as every work of this kind: that it has none says something.
    """

    registry: str
    url: str
    asked_for: str = ""
    decisive: bool = False
    works: tuple[DescribedWork, ...] | None = None
    answered_at: datetime | None = None
    snapshot: SnapshotRef | None = None
