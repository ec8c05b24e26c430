"""The golden thread as a tree for the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.thread import Node, Strand
from sozplan.analysis.verdict import TargetStatus, rounded
from sozplan.diagnostics import Lang, text
from sozplan.model.entity import Entity
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.targets import TargetFields
from sozplan.render import numbers
from sozplan.render.findings import one_line
from sozplan.render.phrases import INTERNAL
from sozplan.render.status import SYMBOLS
from sozplan.render.views.names import Names, name_of

_GAP = text(de="LÜCKE", en="GAP")
_UNNAMED = text(de="Zielwert", en="target")


@dataclass(frozen=True, slots=True)
class Threads:
    """What hangs together from an entry on, with the plan that gives the names."""

    start: str
    plan: Plan
    nodes: tuple[Node, ...]
    audience: Audience = Audience.PUBLIC

    @property
    def gaps(self) -> int:
        return sum(node.gaps for node in self.nodes)


def as_text(threads: Threads, lang: Lang) -> str:
    """A knot a line, indented below what it follows from."""
    lines = [INTERNAL.say(lang), ""] if threads.audience is Audience.INTERNAL else []
    lines += [line for node in threads.nodes for line in (*_lines(node, threads.plan, lang, "", ""), "")]
    gaps = threads.gaps
    said = text(
        de=f"{gaps} {'Lücke' if gaps == 1 else 'Lücken'}." if gaps else "Keine Lücken.",
        en=f"{gaps} {'gap' if gaps == 1 else 'gaps'}." if gaps else "No gaps.",
    )
    return "".join(f"{line}\n" for line in (*lines, said.say(lang)))


def _lines(node: Node, plan: Plan, lang: Lang, first: str, rest: str) -> Iterator[str]:
    yield f"{first}{one_line(_line(node, plan, lang))}"
    for i, child in enumerate(node.children):
        last = i == len(node.children) - 1
        yield from _lines(child, plan, lang, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def _line(node: Node, plan: Plan, lang: Lang) -> str:
    word = node.strand.label.say(lang)
    head = f"{word[:1].upper()}{word[1:]}{f' {node.id}' if node.id else ''}"
    if node.gap is not None:
        return f"{head}: {_GAP.say(lang)} – {node.gap.label.say(lang)}"
    return f"{head}: {_content(node, plan, lang)}"


def _content(node: Node, plan: Plan, lang: Lang) -> str:
    match node:
        case Node(deferred=str(reason)):
            return f"{_said(node.entity)} – {text(de='zurückgestellt', en='deferred').say(lang)}: {reason}"
        case Node(strand=Strand.MONEY, money=money) if money is not None:
            return ", ".join(f"{year} {numbers.money(amount, lang)}" for year, amount in money.items())
        case Node(entity=TargetFields() as target):
            return _target(target, node.status, plan, lang)
        case Node(entity=Resolution() as found):
            day = numbers.day(found.date, lang)
            return f"{Names(plan).short(found.body)}, {day}, {found.outcome.label.say(lang)} – {found.title}"
    return _said(node.entity)


def _said(entity: Entity | None) -> str:
    return "" if entity is None else name_of(entity) or ""


def _target(target: TargetFields, status: TargetStatus | None, plan: Plan, lang: Lang) -> str:
    """What is measured, how far it is, and the light with its reason."""
    sheet = plan.find(getattr(target, "indicator", None), Indicator)
    name = (sheet.short or sheet.name) if sheet else target.statement or _UNNAMED.say(lang)
    if status is None:
        return name
    parts = [name]
    places = sheet.decimals if sheet else 0
    for label, value, when in (
        (text(de="Ist", en="actual"), status.actual, status.actual_period),
        (text(de="Ziel", en="target"), status.target_value, status.target_period),
    ):
        if value is not None:
            dated = f" ({numbers.period(when, lang)})" if when is not None else ""
            parts.append(f"{label.say(lang)} {_value(value, places, sheet, lang)}{dated}")
    reason = f" – {status.why.say(lang)}" if status.why else ""
    parts.append(f"{SYMBOLS[status.light]} {status.light.label.say(lang)}{reason}")
    return ", ".join(parts)


def _value(value: Decimal, places: int, sheet: Indicator | None, lang: Lang) -> str:
    if sheet is not None and sheet.unit == "%":
        return numbers.percent(value, lang, places=places)
    unit = f"{numbers.NBSP}{sheet.unit}" if sheet else ""
    return f"{numbers.number(value, lang, places=places)}{unit}"


def as_json(threads: Threads) -> str:
    document = {
        "version": 1,
        "start": threads.start,
        "audience": threads.audience.value,
        "gaps": threads.gaps,
        "threads": [_node(node) for node in threads.nodes],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _node(node: Node) -> dict[str, Any]:
    said: dict[str, Any] = {
        "strand": node.strand.value,
        "id": node.id,
        "text": None if node.gap or node.entity is None else name_of(node.entity),
        "gap": node.gap.value if node.gap else None,
    }
    if node.deferred:
        said["deferred"] = node.deferred
    if node.money is not None:
        said["money"] = {str(year): _number(amount) for year, amount in node.money.items()}
    if node.status is not None:
        said |= _status(node.status)
    return {**said, "children": _children(node.children)}


def _children(nodes: Sequence[Node]) -> list[dict[str, Any]]:
    return [_node(child) for child in nodes]


def _status(status: TargetStatus) -> dict[str, Any]:
    return {
        "actual": _number(status.actual),
        "target_value": _number(status.target_value),
        "attainment": _number(status.attainment),
        "light": status.light.value,
        "reason": status.reason.value if status.reason else None,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(rounded(value))
