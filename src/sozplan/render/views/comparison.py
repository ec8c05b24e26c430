"""A procedure as it runs today beside the process that shall take its place, and what changes for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sozplan.diagnostics import Text, text
from sozplan.model.inventory import InventoryItem
from sozplan.model.plan import Plan
from sozplan.model.processes import Process, Step
from sozplan.model.shared import OfficeDeadline
from sozplan.model.terms import InventoryKind, ProcessState, StepKind
from sozplan.render.cited import Quantity


@dataclass(frozen=True, slots=True)
class Course:
    """Steps in the order of reading, with what can be counted of them."""

    id: str
    name: str
    steps: tuple[Step, ...]

    @property
    def work(self) -> tuple[Step, ...]:
        """Without events, forks and joins, at which nobody does anything."""
        return tuple(s for s in self.steps if s.kind in {StepKind.TASK, StepKind.DECISION})

    @property
    def holders(self) -> tuple[str, ...]:
        """All that take part, in the order in which they do."""
        return tuple(dict.fromkeys(id for step in self.steps for id in _taking_part(step)))

    def numbered(self) -> Iterator[tuple[Quantity, Step]]:
        for at, step in enumerate(self.steps, 1):
            yield Quantity(at, f"{self.id}#step/{step.step}"), step

    def counts(self) -> dict[str, Quantity]:
        found = {
            "work": len(self.work),
            "holders": len(self.holders),
            "handovers": _handovers(self.steps),
            "bodies": len({step.body for step in self.steps if step.body}),
        }
        return {name: Quantity(number, f"{self.id}#course/{name}") for name, number in found.items()}

    @property
    def last(self) -> OfficeDeadline | None:
        """The latest of its deadlines, where all count the same days from the same event."""
        limits = [step.deadline for step in self.steps if step.deadline is not None]
        if len({(each.working_days, each.after) for each in limits}) != 1:
            return None
        return max(limits, key=lambda each: each.days)


@dataclass(frozen=True, slots=True)
class Part:
    """What an office or body does before and after, by its letters, and what that means for it."""

    holder: str
    before: str
    after: str
    statements: tuple[str, ...]

    @property
    def change(self) -> Text | None:
        """Where nobody has said what changes."""
        if not self.before:
            return text(de="kommt neu hinzu", en="is new")
        if not self.after:
            return text(de="entfällt", en="drops out")
        return None if self.before == self.after else text(de="neue Rolle", en="takes another part")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`item` is the inventory's record of the procedure, where there is one."""

    before: Course
    after: Course
    process: Process
    item: InventoryItem | None

    @property
    def pairs(self) -> tuple[tuple[tuple[Quantity, Step] | None, tuple[Quantity, Step] | None], ...]:
        return tuple(zip_longest(self.before.numbered(), self.after.numbered()))

    @property
    def parts(self) -> tuple[Part, ...]:
        """First those to whom the process says what changes, then all others whose part changes."""
        told = dict.fromkeys(change.who for change in self.process.changes)
        others = [id for id in dict.fromkeys((*self.before.holders, *self.after.holders)) if id not in told]
        rows = [self._part(id) for id in (*told, *others)]
        return tuple(row for row in rows if row.statements or row.change)

    def _part(self, holder: str) -> Part:
        said = tuple(change.statement for change in self.process.changes if change.who == holder)
        return Part(holder, letters(self.before.steps, holder), letters(self.after.steps, holder), said)


def comparisons(plan: Plan) -> tuple[Comparison, ...]:
    """One a process that takes a procedure's place: the process as it ran where one is drawn, else the inventory's.

    Procedures of the inventory whose steps nobody wrote down have nothing to compare.
    """
    found = []
    for process in plan.processes:
        if process.state is ProcessState.TARGET:
            items = [i for i in _procedures(plan) if i.recommendation and process.id in i.recommendation.leads_to]
            drawn = next((item for item in items if item.steps), None)
            ran = plan.find(process.replaces, Process)
            before = _course(ran) if ran is not None else _procedure(drawn) if drawn is not None else None
            if before is not None:
                found.append(Comparison(before, _course(process), process, drawn or next(iter(items), None)))
    return tuple(found)


def _procedures(plan: Plan) -> list[InventoryItem]:
    return [item for item in plan.inventory if item.kind is InventoryKind.PROCEDURE]


def _course(process: Process) -> Course:
    return Course(process.id, process.name, process.steps)


def _procedure(item: InventoryItem) -> Course:
    return Course(item.id, item.title, item.steps)


def letters(steps: Iterable[Step], holder: str) -> str:
    """Of V, D, M and I those that the holder has in any step; a body in which one takes place is named as such."""
    parts = {letter for step in steps for letter, ids in _vdmi(step) if holder in ids}
    return " ".join(letter for letter in ("V", "D", "M", "I", "G") if letter in parts)


def _vdmi(step: Step) -> tuple[tuple[str, Sequence[str]], ...]:
    return (
        ("V", (step.accountable,) if step.accountable else ()),
        ("D", step.executing),
        ("M", step.contributing),
        ("I", step.informed),
        ("G", (step.body,) if step.body else ()),
    )


def _taking_part(step: Step) -> Iterator[str]:
    for _, ids in _vdmi(step):
        yield from ids


def _handovers(steps: Sequence[Step]) -> int:
    """Ways from one step to the next on which the work changes hands, passing over forks and joins."""
    by_name = {step.step: step for step in steps}
    pairs = {
        (step.step, target.step)
        for step in steps
        if step.accountable
        for target in _next_at_work(step, by_name)
        if target.accountable != step.accountable
    }
    return len(pairs)


def _next_at_work(step: Step, by_name: dict[str, Step]) -> Iterator[Step]:
    queue, seen = list(step.following), set[str]()
    while queue:
        name = queue.pop()
        found = by_name.get(name)
        if found is None or name in seen:
            continue
        seen.add(name)
        if found.accountable:
            yield found
        else:
            queue += found.following
