"""Steps as nodes of BPMN: what a step leaves unsaid – where it begins, where ways meet – becomes a node of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from sozplan.diagnostics import Text, text
from sozplan.model.processes import Process, Step
from sozplan.model.terms import StepKind


class Mark(Enum):
    """What a node is drawn as."""

    START = "start"
    END = "end"
    BETWEEN = "between"
    TASK = "task"
    CHOICE = "choice"
    MEETING = "meeting"
    FORK = "fork"
    JOIN = "join"

    @property
    def is_gateway(self) -> bool:
        return self in _GATEWAYS


_GATEWAYS = frozenset({Mark.CHOICE, Mark.MEETING, Mark.FORK, Mark.JOIN})
_END = text(de="Ende", en="End")
_START = text(de="Beginn", en="Start")
_WHICH_WAY = text(de="Wie geht es weiter?", en="Which way?")


@dataclass(frozen=True, slots=True)
class Node:
    """`number` is that of the step in the step table; a node that no step stands for has none."""

    id: str
    mark: Mark
    name: str
    lane: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """From node to node, by their index; the label is the answer of a decision."""

    source: int
    target: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    lanes: tuple[str, ...]
    """Who has steps, by first step."""


NOBODY = ""
"""The lane of steps that nobody is named for."""


def lane_id(holder: str) -> str:
    return f"lane_{holder or 'nobody'}"


def graph(process: Process, lang: str = "de") -> Graph:
    """Each way begins at a start, ends at an end, splits and meets at gateways only; names that lead nowhere are left.

    Where a step is done: in its body, else at the only office that does it, else at the one that answers for it.
    """
    return _Building(process, lang).graph()


def lane_of(step: Step) -> str:
    if step.body is not None:
        return step.body
    if len(step.executing) == 1:
        return step.executing[0]
    return step.accountable or next(iter(step.executing), NOBODY)


class _Building:
    def __init__(self, process: Process, lang: str) -> None:
        self.process, self.lang = process, lang
        self.steps: dict[str, tuple[int, Step]] = {}
        for number, step in enumerate(process.steps, 1):
            self.steps.setdefault(step.step, (number, step))
        self.nodes: list[Node] = []
        self.links: list[Link] = []

    def graph(self) -> Graph:
        ways = {name: self._ways(step) for name, (_, step) in self.steps.items()}
        coming = Counter(to for found in ways.values() for to in found)
        lanes = self._lanes(ways)
        index = {}
        for name, (number, step) in self.steps.items():
            mark = self._mark(step, len(ways[name]), coming[name])
            index[name] = self._node(Node(f"step_{name}", mark, step.name, lanes[name], number))
        entries = {name: self._entered(index[name], coming[name]) for name in self.steps}
        for name, found in ways.items():
            self._left(index[name], [(entries[to], label) for to, label in found.items()])
        self._begun(index, entries, coming)
        used = dict.fromkeys(node.lane for node in self.nodes)
        return Graph(tuple(self.nodes), tuple(self.links), tuple(used))

    def _ways(self, step: Step) -> dict[str, str]:
        """Where it leads, with the answers that lead there: two answers to one place are one way."""
        labels: dict[str, list[str]] = {}
        for to in step.next:
            labels.setdefault(to, [])
        for way in step.exits:
            labels.setdefault(way.to, []).extend([way.label] if way.label else [])
        return {to: "; ".join(said) for to, said in labels.items() if to in self.steps}

    def _lanes(self, ways: dict[str, dict[str, str]]) -> dict[str, str]:
        """What is done by nobody in particular stands where the work before it is done, else the work after it."""
        known = {name: lane for name, (_, step) in self.steps.items() if (lane := lane_of(step))}
        before: dict[str, list[str]] = {name: [] for name in self.steps}
        for name, found in ways.items():
            for to in found:
                before[to].append(name)
        for _ in self.steps:
            loose = [name for name in self.steps if name not in known]
            for name in loose:
                near = [each for each in (*before[name], *ways[name]) if each in known]
                if near:
                    known[name] = known[near[0]]
            if len(known) == len(self.steps) or all(name not in known for name in loose):
                break
        fallback = self.process.owner or NOBODY
        return {name: known.get(name, fallback) for name in self.steps}

    def _mark(self, step: Step, onward: int, coming: int) -> Mark:
        """A gateway with one way in and one out decides nothing: it is drawn as what it does."""
        if step.kind is StepKind.DECISION:
            return Mark.CHOICE if onward > 1 else Mark.TASK
        if step.kind is StepKind.FORK and onward > 1:
            return Mark.FORK
        if step.kind is StepKind.JOIN and coming > 1:
            return Mark.JOIN
        if step.kind is StepKind.TASK:
            return Mark.TASK
        is_event = step.kind is StepKind.EVENT
        if is_event and not coming:
            return Mark.START
        return Mark.BETWEEN if onward or not is_event else Mark.END

    def _entered(self, at: int, coming: int) -> int:
        """The node that ways to this one lead to: where several do they meet before it."""
        node = self.nodes[at]
        if coming < 2 or node.mark is Mark.JOIN:
            return at
        meeting = self._node(Node(f"before_{node.id}", Mark.MEETING, "", node.lane))
        self.links.append(Link(meeting, at))
        return meeting

    def _left(self, at: int, ways: Sequence[tuple[int, str]]) -> None:
        node = self.nodes[at]
        if not ways and node.mark not in (Mark.END, Mark.START):
            is_last = node.number == len(self.process.steps)
            name = (self.process.result if is_last else None) or _said(_END, self.lang)
            ways = [(self._node(Node(f"after_{node.id}", Mark.END, name, node.lane)), "")]
        elif not ways and node.mark is Mark.START:
            name = self.process.result or _said(_END, self.lang)
            ways = [(self._node(Node(f"after_{node.id}", Mark.END, name, node.lane)), "")]
        if len(ways) > 1 and node.mark not in (Mark.CHOICE, Mark.FORK):
            is_choice = any(label for _, label in ways)
            name = _said(_WHICH_WAY, self.lang) if is_choice else ""
            split = Node(f"after_{node.id}", Mark.CHOICE if is_choice else Mark.FORK, name, node.lane)
            self.links.append(Link(at, self._node(split)))
            at = len(self.nodes) - 1
        is_choice = self.nodes[at].mark is Mark.CHOICE
        self.links.extend(Link(at, to, label if is_choice else "") for to, label in ways)

    def _begun(self, index: dict[str, int], entries: dict[str, int], coming: Counter[str]) -> None:
        first = next(iter(index))
        node = self.nodes[index[first]]
        if node.mark is Mark.START:
            return
        name = self.process.trigger or _said(_START, self.lang)
        start = self._node(Node(f"before_{node.id}_", Mark.START, name, node.lane))
        if coming[first] == 1:  # the way back to the first step meets the way in
            meeting = self._node(Node(f"before_{node.id}", Mark.MEETING, "", node.lane))
            self.links = [replace(link, target=meeting) if link.target == index[first] else link for link in self.links]
            self.links.append(Link(meeting, index[first]))
            self.links.append(Link(start, meeting))
        else:
            self.links.append(Link(start, entries[first]))

    def _node(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1


def _said(words: Text, lang: str) -> str:
    return words.en if lang == "en" else words.de


def following(found: Graph) -> tuple[tuple[int, ...], ...]:
    """The nodes that come next, in the order of the links."""
    onward: list[list[int]] = [[] for _ in found.nodes]
    for link in found.links:
        onward[link.source].append(link.target)
    return tuple(tuple(each) for each in onward)


def starts(found: Graph) -> Iterator[int]:
    return (at for at, node in enumerate(found.nodes) if node.mark is Mark.START)
