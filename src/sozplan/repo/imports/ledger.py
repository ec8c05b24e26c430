"""What an import notes on its way: faults that stop it, things left out, keys put right."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping
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
    """Faults, and reasons to leave something out, are told in the order of the file, whenever they are noticed."""

    now: int = 0
    """How far the file has been read."""
    number: int = 0
    """Of faults, told or not."""
    repaired: dict[str, str] = field(default_factory=dict)
    stopped: Fault | None = None
    """Why it wasn't read on."""
    _first: list[tuple[int, int, Fault]] = field(default_factory=list)
    _drops: dict[Reason, Tally] = field(default_factory=dict)
    _since: dict[Reason, int] = field(default_factory=dict)

    def fault(self, place: str, message: Text, seen: int | None = None) -> None:
        self.number += 1
        insort(self._first, (self.now if seen is None else seen, self.number, Fault(place, message)))
        del self._first[SHOWN_FAULTS:]

    def drop(self, reason: Reason, example: str, count: int = 1, seen: int | None = None) -> None:
        """Examples are keys, labels and places; never numbers."""
        self._since.setdefault(reason, self.now if seen is None else seen)
        tally = self._drops.setdefault(reason, Tally())
        tally.count += count
        if len(tally.examples) < SHOWN_EXAMPLES and example not in tally.examples:
            tally.examples.append(example)

    @property
    def is_clean(self) -> bool:
        return not self.number and self.stopped is None

    @property
    def faults(self) -> tuple[Fault, ...]:
        last = () if self.stopped is None else (self.stopped,)
        return (*(fault for *_, fault in self._first), *last)

    @property
    def more_faults(self) -> int:
        return self.number - len(self._first)

    @property
    def drops(self) -> Mapping[Reason, Tally]:
        return {reason: self._drops[reason] for reason in sorted(self._drops, key=self._since.__getitem__)}
