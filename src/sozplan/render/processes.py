"""The processes of a plan as a list: for the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sozplan.diagnostics import Lang, text
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.model.terms import ProcessKind
from sozplan.render.swimlane.graph import Graph, graph
from sozplan.render.views.names import Names

_HEADS = (
    text(de="Kennung", en="Id"),
    text(de="Art", en="Kind"),
    text(de="Zustand", en="State"),
    text(de="Schritte", en="Steps"),
    text(de="Bahnen", en="Lanes"),
    text(de="Name", en="Name"),
)
_NONE = text(
    de="Es gibt keinen Prozess (handbook/processes/*.yaml).\n", en="There is no process (handbook/processes/*.yaml).\n"
)
_LEFT = (True, True, True, False, False, True)


def in_order(plan: Plan) -> list[Process]:
    """Lead before core before support."""
    rank = {kind: place for place, kind in enumerate(ProcessKind)}
    return sorted(plan.processes, key=lambda process: (rank[process.kind], process.id))


def as_text(plan: Plan, lang: Lang, *, width: int = 0) -> str:
    """A line a process; names are shortened where lines may be no longer than `width`."""
    processes = in_order(plan)
    if not processes:
        return _NONE.say(lang)
    rows = [tuple(head.say(lang) for head in _HEADS), *(_row(process, lang) for process in processes)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADS) - 1)]
    return "".join(f"{_shortened(_line(row, widths), width)}\n" for row in rows)


def _row(process: Process, lang: Lang) -> tuple[str, ...]:
    found = graph(process, lang)
    kind = process.kind.label.say(lang).removesuffix("prozess").removesuffix(" process").removesuffix("s")
    state = process.state.label.say(lang)
    return process.id, kind, state, str(len(process.steps)), str(len(found.lanes)), process.name


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if left else cell.rjust(width)
        for cell, width, left in zip(row[:-1], widths, _LEFT[:-1], strict=True)
    ]
    return "  ".join((*cells, row[-1]))


def _shortened(line: str, width: int) -> str:
    return f"{line[: width - 1]}…" if 0 < width < len(line) else line


def as_json(plan: Plan, lang: Lang) -> str:
    names = Names(plan)
    document = [_described(process, graph(process, lang), names) for process in in_order(plan)]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _described(process: Process, found: Graph, names: Names) -> dict[str, object]:
    return {
        "process": process.id,
        "name": process.name,
        "kind": process.kind.value,
        "state": process.state.value,
        "owner": process.owner,
        "phases": [phase.value for phase in process.phases],
        "steps": len(process.steps),
        "lanes": [{"holder": lane, "name": names.full(lane)} for lane in found.lanes],
    }
