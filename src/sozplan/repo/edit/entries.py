"""Where new entries of each kind go, and what every one of them says if nothing else is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaGoal, AreaPlan, Need
from sozplan.model.entity import Entity, id_of
from sozplan.model.indicators import Indicator
from sozplan.model.measures import Measure
from sozplan.model.organisation import Body, Organisation
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.model.resolutions import Resolution, Resolutions
from sozplan.model.strategy import Goal, Strategy
from sozplan.model.terms import BodyKind, Status
from sozplan.repo.edit.blocks import Name, New
from sozplan.repo.edit.proposals import after_number, free, proposed, slug
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.typed import Kind, kind_of
from sozplan.repo.shape import keys_of

STRATEGY: Final = "strategy"
"""Stands for the whole municipality where an area plan could be named."""

KINDS: Final = ("need", "goal", "measure", "body", "process", "indicator", "resolution")
_LETTER: Mapping[type[Entity], str] = {Need: "n", AreaGoal: "g", Goal: "g", Measure: "m"}


@dataclass(frozen=True, slots=True)
class Home:
    """The list that a new entry is put on, or the file that it becomes; `key` is None for the latter."""

    cls: type[Entity]
    file: str
    key: str | None
    siblings: tuple[Entity, ...]
    plan: AreaPlan | None = None


def home(plan: Plan, kind: str, to: str | None, made: Mapping[str, str]) -> Home:
    """Where an entry of the kind belongs; `to` is an area plan, or the strategy."""
    match kind:
        case "need" | "goal" | "measure":
            return _in_plan(plan, kind, to)
        case "body":
            return _in_list(plan, Body, Organisation, "bodies", "plans/organisation/bodies.yaml")
        case "resolution":
            return _in_year(plan, made.get("date", ""))
        case "process":
            return Home(Process, "handbook/processes/", None, plan.processes)
    return Home(Indicator, "indicators/catalogue/", None, plan.indicators)


def _in_year(plan: Plan, day: str) -> Home:
    """With the resolutions of that year, else in a file of the year's name."""
    year = _year(day)
    files = {path: root for path, root in plan.roots.items() if isinstance(root, Resolutions)}
    same = (path for path, root in files.items() if any(str(each.date.year) == year for each in root.resolutions))
    file = next(same, f"plans/resolutions/{year}.yaml")
    return Home(Resolution, file, "resolutions", files[file].resolutions if file in files else ())


def _year(said: str) -> str:
    parts = said.replace("-", ".").split(".")
    return next((part for part in parts if len(part) == 4 and part.isdecimal()), "neu")


def _in_plan(plan: Plan, kind: str, to: str | None) -> Home:
    key = f"{kind}s"
    if to == STRATEGY and kind != "need":
        file, found = next(
            ((p, r) for p, r in plan.roots.items() if isinstance(r, Strategy)), ("plans/strategy.yaml", None)
        )
        return Home(Goal if kind == "goal" else Measure, file, key, getattr(found, key, ()))
    area = _area_plan(plan, to)
    classes: Mapping[str, type[Entity]] = {"need": Need, "goal": AreaGoal, "measure": Measure}
    return Home(classes[kind], area.origin.file, key, getattr(area, key), area)


def _area_plan(plan: Plan, to: str | None) -> AreaPlan:
    """The plan of that id or area; without one the only plan there is."""
    known = {each.id: each for each in plan.area_plans}
    by_area = {each.area: each for each in plan.area_plans}
    found = known.get(to or "") or by_area.get(to or "")
    if to is None and len(known) == 1:
        found = next(iter(known.values()))
    if found is None:
        listed = ", ".join(known) or "–"
        raise EditRefused(
            text(
                de=f"Nennen Sie mit --to den Plan: {listed}; für die ganze Kommune „{STRATEGY}“.",
                en=f"Name the plan with --to: {listed}; for the whole municipality “{STRATEGY}”.",
            ),
            2,
        )
    return found


def _in_list(plan: Plan, cls: type[Entity], around: type[Entity], key: str, new: str) -> Home:
    """On the longest list of that kind, so that a new body comes where most of them are."""
    files = [(len(getattr(root, key)), path) for path, root in plan.roots.items() if isinstance(root, around)]
    length, file = max(files, default=(0, new))
    root = plan.roots.get(file) if length else None
    return Home(cls, file if length else new, key, getattr(root, key, ()))


def missing(cls: type[Entity], made: Mapping[str, Any]) -> Iterator[tuple[str, Kind]]:
    """The fields that an entry must have and that nobody has said yet, in the order of the model."""
    for field, info in cls.model_fields.items():
        key = info.alias or field
        if info.is_required() and key not in made and key in keys_of(cls):
            yield key, kind_of(cls, key)


def id_for(plan: Plan, where: Home, made: Mapping[str, Any], given: Collection[str] = ()) -> str:
    """A free id; `given` are those that other new entries have got."""
    taken = {*plan.ids, *(each.id for each in plan.retired), *plan.muted, *given}
    siblings = [id for each in where.siblings if (id := id_of(each))]
    words = str(
        next((made[key] for key in ("short", "name", "title", "statement") if made.get(key)), where.cls.__name__)
    )
    if where.cls is Resolution and made.get("number"):
        others = [(each.id, each.number) for each in plan.resolutions if each.number]
        return after_number(str(made["number"]), others, taken, "b-")
    if where.plan is not None:
        return proposed(words, siblings, taken, f"{where.plan.area}-{_LETTER[where.cls]}")
    if where.key is None or where.cls in (Body, Goal, Resolution):
        return free(slug(words), taken)
    return proposed(words, siblings, taken)


def with_habits(plan: Plan, where: Home, made: Mapping[str, New]) -> dict[str, New]:
    """What goes without saying: nothing new is resolved yet, what has gaps is a draft, a process begins and ends."""
    added = dict(made)
    resolved = where.plan is not None and where.plan.status not in (Status.DRAFT, Status.PROPOSAL)
    if "status" not in made and (resolved or where.cls in (Goal, Process)):
        added["status"] = Name(Status.DRAFT)
    if "status" not in made and ((where.cls is Measure and where.plan is None) or _has_gaps(plan, where.cls, made)):
        added["status"] = Name(Status.DRAFT)
    if where.cls is Measure:
        added.setdefault("commitment", Name("intended"))
        added.setdefault("budget_reservation", True)
    if where.cls is Process:
        added.setdefault("steps", _steps(made))
    return added


def _has_gaps(plan: Plan, cls: type[Entity], made: Mapping[str, Any]) -> bool:
    """Whether it is a body whose charter is still being written."""
    if cls is not Body:
        return False
    is_deciding = made.get("kind") == BodyKind.DECIDING
    wanted = {*plan.settings.organisation.charter} - ({"reports_to"} if is_deciding else set())
    is_open = not (is_deciding or "escalates_to" in made or (made.get("mandate") or {}).get("decides"))
    return is_open or not wanted <= made.keys()


def _steps(made: Mapping[str, New]) -> list[New]:
    start, end = str(made.get("trigger", "Auslöser")), str(made.get("result", "Ergebnis"))
    return [
        {"step": Name("start"), "kind": Name("event"), "name": start, "next": [Name("ende")]},
        {"step": Name("ende"), "kind": Name("event"), "name": end},
    ]


def label(kind: str) -> Text:
    return _LABELS[kind]


_LABELS: Mapping[str, Text] = {
    "need": text(de="Bedarf", en="need"),
    "goal": text(de="Ziel", en="goal"),
    "measure": text(de="Maßnahme", en="measure"),
    "body": text(de="Gremium", en="body"),
    "process": text(de="Prozess", en="process"),
    "indicator": text(de="Kennzahl", en="indicator"),
    "resolution": text(de="Beschluss", en="resolution"),
}
