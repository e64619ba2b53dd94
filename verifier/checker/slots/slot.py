"""The slots of a figure: what it is of, and how what a claim says of it compares to what a source says."""

from dataclasses import dataclass
from enum import StrEnum


class Slot(StrEnum):
    """What a figure is of, a part at a time."""

    SUBJECT = "subject"  # whose figure it is: Sweden, nurses, the House version
    MEASURE = "measure"  # what is measured: real, net, seasonally adjusted, median
    SCOPE = "scope"  # of which whole: all workers, the private sector, worldwide
    WINDOW = "window"  # of which time: a quarter, since 2015, the past decade
    RELATION = "relation"  # a level, a change, one end of a change; affirmed or denied
    RATE = "rate"  # for how many: per 100,000, per capita, a year
    STATUS = "status"  # planned, estimated, first reported, revised, withdrawn
    UNIT = "unit"  # what it is counted in: US$, C$, thousands


class State(StrEnum):
    """How a slot of the claim's figure compares to the same slot of the source's."""

    SAME = "same"  # both say the same, or the claim says nothing of it
    INHERITED = "inherited"  # the source says it elsewhere: a title, a head, the sentences before
    ABSENT = "absent"  # the source does not say it
    CONFLICT = "conflict"  # the source says something else


WITHDRAWN = "withdrawn"
"""What a source says of a figure that it gives only to deny it."""


@dataclass(frozen=True, slots=True)
class SlotReading:
    """One slot compared: `source_says` are the source's words where they are others than the claim's."""

    slot: Slot
    state: State
    source_says: str = ""


@dataclass(frozen=True, slots=True)
class SlotComparison:
    """All slots compared that are not simply the same; see `Slot` for what each holds."""

    readings: tuple[SlotReading, ...] = ()

    def state_of(self, slot: Slot) -> State:
        """The state of a slot, the worst one where it was read in several ways."""
        states = {reading.state for reading in self.readings if reading.slot is slot}
        return next((state for state in (State.CONFLICT, State.ABSENT, State.INHERITED) if state in states), State.SAME)

    @property
    def conflict(self) -> SlotReading | None:
        """The conflict to name to an editor: one of subject first, since it outweighs the others."""
        conflicts = [reading for reading in self.readings if reading.state is State.CONFLICT]
        conflicts.sort(key=lambda reading: reading.slot is not Slot.SUBJECT)
        return conflicts[0] if conflicts else None

    @property
    def is_known(self) -> bool:
        """Whether subject, measure and time are the same or inherited, as an accusation needs."""
        known = (State.SAME, State.INHERITED)
        return all(self.state_of(slot) in known for slot in (Slot.SUBJECT, Slot.MEASURE, Slot.WINDOW))


NOTHING_READ = SlotComparison()
"""The comparison of a figure whose slots were not read."""
