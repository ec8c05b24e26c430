"""Steps as a graph: what leads where, from which beginnings, to which ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.inventory import InventoryItem
from sozplan.model.processes import Process, Step
from sozplan.model.terms import StepKind

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Flow:
    """The steps of a process, or of a procedure as it runs today, by their index."""

    holder: Process | InventoryItem
    steps: Sequence[Step]

    @property
    def id(self) -> str:
        return self.holder.id

    def at(self, step: int, *path: str | int) -> Place:
        return self.holder.at("steps", step, *path)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The first step of each name."""
        found: dict[str, int] = {}
        for i, step in enumerate(self.steps):
            found.setdefault(step.step, i)
        return found

    @cached_property
    def is_torn(self) -> bool:
        """Whether a step leads to one that isn't there."""
        return any(name not in self.index for step in self.steps for name in step.following)

    @property
    def is_whole(self) -> bool:
        """Whether a way leads from a beginning to every step."""
        return len(reached(self.starts, self.following)) == len(self.steps)

    @cached_property
    def following(self) -> tuple[tuple[int, ...], ...]:
        """The steps that come next; names that no step has are left out."""
        index = self.index
        return tuple(
            tuple(dict.fromkeys(index[name] for name in step.following if name in index)) for step in self.steps
        )

    @cached_property
    def preceding(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.steps]
        for i, nexts in enumerate(self.following):
            for j in nexts:
                found[j].append(i)
        return tuple(tuple(each) for each in found)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first step, and events that nothing leads to but that lead on."""
        events = (
            i
            for i, step in enumerate(self.steps)
            if i and step.kind is StepKind.EVENT and not self.preceding[i] and self.following[i]
        )
        return (0, *events)

    @cached_property
    def ends(self) -> frozenset[int]:
        """Events that lead nowhere; where there is none, the last step if it leads nowhere."""
        last = len(self.steps) - 1
        open_ends = [i for i, step in enumerate(self.steps) if not step.following]
        events = frozenset(i for i in open_ends if self.steps[i].kind is StepKind.EVENT and (i or last == 0))
        return events or frozenset(i for i in open_ends if i == last and self.steps[i].kind is StepKind.TASK)


def flows(case: Case) -> Iterator[Flow]:
    """All that has steps: processes as they run and as they shall run, and procedures of the inventory."""
    yield from (Flow(process, process.steps) for process in case.plan.processes)
    yield from (Flow(item, item.steps) for item in case.plan.inventory if item.steps)


def reached(starts: Iterable[int], edges: Sequence[Sequence[int]]) -> set[int]:
    """What can be reached along the edges, the starts included."""
    found = set(starts)
    ahead = list(found)
    while ahead:
        for j in edges[ahead.pop()]:
            if j not in found:
                found.add(j)
                ahead.append(j)
    return found


def carried(own: Sequence[int], edges: Sequence[Sequence[int]]) -> list[int]:
    """What reaches each step along the edges: the bits of all steps before it, loops included."""
    brought = [0] * len(own)
    ahead = [i for i, bits in enumerate(own) if bits]
    while ahead:
        i = ahead.pop()
        for j in edges[i]:
            if (brought[i] | own[i]) & ~brought[j]:
                brought[j] |= brought[i] | own[i]
                ahead.append(j)
    return brought


def returning(starts: Iterable[int], edges: Sequence[Sequence[int]]) -> frozenset[tuple[int, int]]:
    """What leads back to where the way came through, followed from the starts in their order, then from all others."""
    back = set()
    seen: set[int] = set()
    for start in (*starts, *range(len(edges))):
        if start in seen:
            continue
        seen.add(start)
        on_way = {start}
        way = [(start, iter(edges[start]))]
        while way:
            at, rest = way[-1]
            to = next(rest, None)
            if to is None:
                way.pop()
                on_way.discard(at)
            elif to in on_way:
                back.add((at, to))
            elif to not in seen:
                seen.add(to)
                on_way.add(to)
                way.append((to, iter(edges[to])))
    return frozenset(back)
