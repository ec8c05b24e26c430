"""Processes made by chance, the same for each seed."""

from __future__ import annotations

from random import Random
from typing import Any

from sozplan.model.processes import Process

_WORDS = (
    *("Planentwurf", "Bericht", "Bedarf", "Ziele", "Stadtteilkonferenz", "Datenpaket", "prüfen", "erstellen"),
    *("freigeben", "abstimmen", "Maßnahmenblätter", "Steuerungsgruppe", "vorlegen", "Zuwendungsbescheid"),
    "Verwendungsnachweisprüfungsverfahren",
)
_LANES = (2, 10)


def process(seed: int, steps: tuple[int, int] = (3, 60)) -> Process:
    """Tasks, decisions with ways back and early ends, branches at once: 3 to 60 steps in 2 to 10 lanes."""
    return _Making(Random(seed), steps).process(f"p-{seed}")


def tangle(seed: int) -> Process:
    """Up to eight steps that lead anywhere: whatever a user may write, back and forth between two to four lanes."""
    random = Random(seed)
    count = random.randint(4, 8)
    lanes = random.randint(2, 4)
    steps = []
    for at in range(count):
        more = list(range(at + 2, count))
        onward = [at + 1, *(random.sample(more, 1) if more and random.random() < 0.5 else [])][: count - at - 1]
        back = [random.randrange(1, at)] if 2 < at < count - 1 and random.random() < 0.3 else []
        holder = f"amt-{random.randrange(lanes)}"
        steps.append(
            {
                "step": f"s{at}",
                "kind": "event" if at in (0, count - 1) else random.choice(("task", "task", "fork", "join")),
                "name": f"Schritt {at}",
                "accountable": holder,
                "next": [f"s{to}" for to in (*onward, *back)],
            }
        )
    return Process.model_validate({"id": f"t-{seed}", "name": "Gewirr", "kind": "core", "steps": steps})


class _Making:
    def __init__(self, random: Random, steps: tuple[int, int]) -> None:
        self.random = random
        self.count = random.randint(*steps)
        self.holders = [f"amt-{at}" for at in range(random.randint(*_LANES))]
        self.steps: list[dict[str, Any]] = []
        self.open: list[dict[str, Any]] = []
        """Steps that lead nowhere yet."""

    def process(self, id: str) -> Process:
        self._add("event")
        while len(self.steps) < self.count - 1:
            chance, room = self.random.random(), self.count - 1 - len(self.steps)
            if chance < 0.55 or room < 4:
                self._add("task")
            elif chance < 0.78:
                self._choice()
            else:
                self._branches()
        self._add("event")
        return Process.model_validate(
            {"id": id, "name": f"Verfahren {id}", "kind": "core", "trigger": "Auftrag", "steps": self.steps}
        )

    def _add(self, kind: str) -> dict[str, Any]:
        """A step that all open ones lead to."""
        step = self._made(kind)
        for each in self.open:
            self._lead(each, step)
        self.open = [step]
        return step

    def _made(self, kind: str) -> dict[str, Any]:
        name = " ".join(self.random.choice(_WORDS) for _ in range(self.random.randint(1, 6)))
        step: dict[str, Any] = {"step": f"s{len(self.steps)}", "kind": kind, "name": name, "next": [], "exits": []}
        if kind in ("task", "decision"):
            step["accountable"] = self.random.choice(self.holders)
        self.steps.append(step)
        return step

    def _lead(self, step: dict[str, Any], to: dict[str, Any], label: str = "") -> None:
        if step["kind"] == "decision":
            step["exits"].append({"label": label or f"Fall {len(step['exits'])}", "to": to["step"]})
        else:
            step["next"].append(to["step"])

    def _choice(self) -> None:
        choice = self._add("decision")
        chance = self.random.random()
        work = [step for step in self.steps[1:-1] if step["kind"] in ("task", "decision")]
        if chance < 0.4 and work:
            self._lead(choice, self.random.choice(work), "zurück zur Überarbeitung")
        elif chance < 0.55:
            self._lead(choice, self._made("event"), "abgelehnt")
        else:
            others = [self._made("task") for _ in range(self.random.randint(1, 2))]
            for each in others:
                self._lead(choice, each)
            self.open = [choice, *others]

    def _branches(self) -> None:
        fork = self._add("fork")
        ends = []
        for _ in range(min(self.random.randint(2, 3), self.count - len(self.steps) - 1)):
            task = self._made("task")
            self._lead(fork, task)
            ends.append(task)
        self.open = ends or [fork]
        self._add("join")
