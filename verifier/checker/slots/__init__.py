"""What a figure is of: its slots, read from claim and source and held against each other."""

from verifier.checker.slots.compare import SlotReader
from verifier.checker.slots.slot import NOTHING_READ, WITHDRAWN, Slot, SlotComparison, SlotReading, State

__all__ = ["NOTHING_READ", "WITHDRAWN", "Slot", "SlotComparison", "SlotReader", "SlotReading", "State"]
