"""What an import notes on its way: faults that stop it, things left out, keys put right."""

from __future__ import annotations

from dataclasses import dataclass, field

from sozplan.diagnostics import Text
from sozplan.model.imported import Fault, Reason, Tally

SHOWN_FAULTS = 200
SHOWN_EXAMPLES = 5


class Unreadable(Exception):
    """The file can't be read on; `fault` says where and why."""

    def __init__(self, place: str, message: Text) -> None:
        super().__init__(message.en)
        self.fault = Fault(place, message)


@dataclass(slots=True)
class Ledger:
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    drops: dict[Reason, Tally] = field(default_factory=dict)
    repaired: dict[str, str] = field(default_factory=dict)

    def fault(self, place: str, message: Text) -> None:
        if len(self.faults) < SHOWN_FAULTS:
            self.faults.append(Fault(place, message))
        else:
            self.more_faults += 1

    def drop(self, reason: Reason, example: str, count: int = 1) -> None:
        """Examples are keys, labels and places; never numbers."""
        tally = self.drops.setdefault(reason, Tally())
        tally.count += count
        if len(tally.examples) < SHOWN_EXAMPLES and example not in tally.examples:
            tally.examples.append(example)
