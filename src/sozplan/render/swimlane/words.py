"""What a process says in words: beside its shapes in BPMN, and instead of its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.processes import Process, Step
from sozplan.render.swimlane.graph import Mark, Node
from sozplan.render.swimlane.places import Layout
from sozplan.render.views.names import deadline

NOBODY = text(de="(ohne Stelle)", en="(nobody)")
_PURPOSE = text(de="Zweck", en="Purpose")
_TRIGGER = text(de="Auslöser", en="Trigger")
_RESULT = text(de="Ergebnis", en="Result")
_OWNER = text(de="Prozessverantwortlich", en="Process owner")
_PARTS = (
    ("accountable", text(de="Verantwortlich (V)", en="Accountable (V)")),
    ("executing", text(de="Durchführend (D)", en="Executing (D)")),
    ("contributing", text(de="Mitwirkend (M)", en="Contributing (M)")),
    ("informed", text(de="Informiert (I)", en="Informed (I)")),
)
_INPUTS = text(de="Braucht", en="Needs")
_OUTPUTS = text(de="Ergibt", en="Gives")
_DEADLINE = text(de="Frist", en="Deadline")
_FORM = text(de="Formular", en="Form")
_ESCALATION = text(de="Bei Überschreitung an", en="Where it is exceeded, to")


def described(process: Process, naming: Callable[[str], str], lang: Lang) -> list[str]:
    """Purpose, trigger, result and owner, a line each."""
    owner = naming(process.owner) if process.owner else None
    pairs = ((_PURPOSE, process.purpose), (_TRIGGER, process.trigger), (_RESULT, process.result), (_OWNER, owner))
    return [f"{name.say(lang)}: {value}" for name, value in pairs if value]


def notes(step: Step, naming: Callable[[str], str], lang: Lang) -> list[str]:
    """What the shape of a step doesn't show."""
    return [f"{name.say(lang)}: {said}" for name, said in _noted(step, naming, lang)]


def _noted(step: Step, naming: Callable[[str], str], lang: Lang) -> Iterator[tuple[Text, str]]:
    for part, name in _PARTS:
        held = getattr(step, part)
        holders = (held,) if isinstance(held, str) else held or ()
        if holders:
            yield name, ", ".join(map(naming, holders))
    if step.inputs:
        yield _INPUTS, ", ".join(step.inputs)
    if step.outputs:
        yield _OUTPUTS, ", ".join(step.outputs)
    if step.deadline:
        yield _DEADLINE, limit(step, lang)
    if step.escalation:
        yield _ESCALATION, naming(step.escalation)
    if step.form:
        yield _FORM, step.form


def limit(step: Step, lang: Lang) -> str:
    """`T + 20 Werktage (T: Auftrag)`."""
    if step.deadline is None:
        return ""
    said = str(deadline(step.deadline).say(lang))
    return f"{said} (T: {step.deadline.after})" if step.deadline.after else said


def instead(name: str, layout: Layout, shown: Sequence[Node], lang: Lang, *, place: int = 1, of: int = 1) -> str:
    """For who can't see the picture: what it shows, and that the table of steps says the same."""
    numbers = sorted(node.number for node in shown if node.number)
    lanes = [lane.name for lane in layout.lanes if any(node.lane == lane.holder for node in shown)]
    choices = sum(node.mark is Mark.CHOICE for node in shown)
    part = text(de=f", Teil {place} von {of}", en=f", part {place} of {of}").say(lang) if of > 1 else ""
    steps = _ranges(numbers)
    words = text(
        de=f"Ablauf „{name}“{part}: Schritte {steps} in {len(lanes)} {'Bahn' if len(lanes) == 1 else 'Bahnen'} "
        f"({', '.join(lanes)}), {_choices(choices).de}. Die Schritte mit Wegen, Stellen und Fristen stehen in der "
        "Schritttabelle.",
        en=f"Process “{name}”{part}: steps {steps} in {len(lanes)} {'lane' if len(lanes) == 1 else 'lanes'} "
        f"({', '.join(lanes)}), {_choices(choices).en}. Steps with ways, offices and deadlines stand in the table of "
        "steps.",
    )
    return words.say(lang)


def _choices(count: int) -> Text:
    if count == 0:
        return text(de="ohne Entscheidung", en="no decision")
    if count == 1:
        return text(de="eine Entscheidung", en="one decision")
    return text(de=f"{count} Entscheidungen", en=f"{count} decisions")


def _ranges(numbers: Sequence[int]) -> str:
    """`1–7, 9`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found) or "–"
