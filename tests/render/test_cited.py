"""Every figure of a page leads back: its reference is looked up here, in raw YAML and in what `status` gives."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience, published
from sozplan.diagnostics import Lang
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.geometry import Atlas
from sozplan.model.periods import period
from sozplan.render import handbook, report
from sozplan.render.cited import Cited, Quantity, Worded, field_of, filled, plain
from sozplan.render.funding_report import funding_report
from sozplan.render.inventory import inventory
from sozplan.render.kinds import Kind
from sozplan.render.markdown import markdown
from sozplan.render.overview import overview
from sozplan.render.status import as_json
from sozplan.render.views.coverage import coverage
from sozplan.render.views.funding import overview as overview_of_funding
from sozplan.repo import WorkTree
from sozplan.repo.geo import atlas
from tests.render.documents import STAMP
from tests.rules.harness import AS_OF, BASE, case_of

ROOTS = {"town": Path(__file__).parents[2], "kreis": BASE.parent / "kreis", "base": BASE}
LANGS: tuple[Lang, ...] = ("de", "en")


class Page(HTMLParser):
    """`figures` are reference, value and words of each `<data>`; `nodes` the text around them.

    What stands in a drawing is left out: its figures are those of the table that it shows, where they are cited.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.figures: list[tuple[str, str, str]] = []
        self.nodes = [""]
        self._open: tuple[str, str] | None = None
        self._numbering = ""
        self._drawings = 0
        self.feed(html.partition("<body")[2].partition(">")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drawings += tag == "svg"
        if tag == "data":
            given = dict(attrs)
            self._open = given["data-ref"] or "", given["value"] or ""
        else:
            self.nodes.append("")
            self._numbering = self._numbering or self._numbers(tag, dict(attrs).get("class") or "")

    def _numbers(self, tag: str, kind: str) -> str:
        """Elements that lead to a note, or to a section by its number."""
        return tag if kind == "note-again" or kind.startswith("toc-") else ""

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg"
        if tag == "data":
            self._open = None
        else:
            self.nodes.append("")
        if tag == self._numbering:
            self._numbering = ""

    def handle_data(self, data: str) -> None:
        if self._drawings:
            return
        if self._open:
            self.figures.append((*self._open, data))
        else:
            self.nodes[-1] += re.sub(r"^\s*\d+", "", data) if self._numbering else data


class Source:
    """A repository as its files say it, without our loader, beside what `status` says of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.case: Case = case_of(root)[0]
        self.files = {
            path.relative_to(root).as_posix(): path
            for folder in ("sozplan.yaml", "plans", "indicators", "handbook")
            for path in ([root / folder] if folder.endswith(".yaml") else sorted((root / folder).rglob("*.y*ml")))
        }
        self.raw = {name: _parsed(path) for name, path in self.files.items()}
        self.entities = {each["id"]: each for raw in self.raw.values() for each in _mappings(raw) if "id" in each}
        said = json.loads(as_json(assess(self.case, Audience.PUBLIC)))
        self.targets = {each["target"]: each for each in said["targets"]}
        self.aggregates = {each["scope"]: each for each in said["aggregates"]}

    def value(self, ref: str) -> Decimal:
        """What stands or is computed at the reference; KeyError where nothing does."""
        name, hash, path = ref.partition("#")
        if not hash:
            return self._place(*ref.split(":"))
        if "/" in name:
            indicator, territory, when = name.split("/", 2)
            return self._figure(indicator, territory, when, path)
        if name.endswith(".yaml"):
            setting = field_of(self.case.plan.settings, path)  # what isn't in the file is a default of the model
            assert setting is not None
            return setting
        if name == "all":
            return self._of_all(*path.split("/"))
        if path.startswith(("step/", "course/")):
            return Decimal(self._course(self.entities[name]["steps"], *path.split("/")))
        if path.startswith("money/"):
            return self._money(name, *path.split("/")[1:])
        if path.startswith("spent/"):
            return self._spent(name, *path.split("/")[1:])
        if path.startswith("count/"):
            return Decimal(self._count(name, path.removeprefix("count/")))
        if name in self.targets or path in {"attainment", "coverage", "targets"} or path.startswith("lights/"):
            return self._computed(name, path)
        return self._field(name, path)

    def _place(self, file: str, line: str, column: str) -> Decimal:
        node = next(
            node
            for node in _scalars(yaml.compose(self.files[file].read_text("utf-8")))
            if (node.start_mark.line + 1, node.start_mark.column + 1) == (int(line), int(column))
        )
        return Decimal(node.value)

    def _field(self, name: str, path: str) -> Decimal:
        """A list stands for the number of its items, what isn't written for the model's default."""
        found: Any = self.entities[name]
        for part in path.split("/"):
            if isinstance(found, dict) and part not in found:
                entity = self.case.plan.get(name)
                assert entity is not None
                return field_of(entity, path) or Decimal("NaN")
            found = found[int(part)] if isinstance(found, list) else found[part]
        return Decimal(len(found)) if isinstance(found, list) else Decimal(str(found))

    def _figure(self, indicator: str, territory: str, when: str, what: str) -> Decimal:
        def at(place: str) -> Decimal:
            figures = published(self.case, indicator, place)
            value = next(figure.value for figure in figures if figure.period == period(when))
            assert value is not None
            return value

        whole = self.case.plan.whole
        if what == "sigma":
            found = self._sigma(indicator, territory, when)
            assert found is not None
            return Decimal(f"{found:.9g}")
        if what.startswith("since/"):
            return at(territory) - self._figure(indicator, territory, what.removeprefix("since/"), "value")
        return at(territory) - (at(whole.id) if what == "gap" and whole else 0)

    def _sigma(self, indicator: str, area: str, when: str = "") -> float | None:
        """Distance from the mean of the districts, of a rate with a good side; without a period that of the newest."""
        sheet = self.entities[indicator]
        own = published(self.case, indicator, area)
        if "denominator" not in sheet or sheet["direction"] not in {"higher", "lower"} or own[-1].value is None:
            return None
        newest = period(when) if when else own[-1].period
        units = [unit.id for unit in self.case.plan.units if unit.level == "statistischer-bezirk"]
        shown = [f for id in units for f in published(self.case, indicator, id) if f.period == newest]
        day = max(each.reference for each in shown)
        valid = {unit.id for unit in self.case.plan.units if unit.in_force(day)}
        values = [float(f.value) for f in shown if f.value is not None and f.territory in valid]
        value = next(float(f.value) for f in own if f.period == newest and f.value is not None)
        away = (value - statistics.mean(values)) / statistics.pstdev(values)
        return away if sheet["direction"] == "lower" else -away

    def _computed(self, name: str, path: str) -> Decimal:
        if path == "targets":
            return Decimal(sum(target["plan"] == name for target in self.targets.values()))
        found = self.targets.get(name) or self.aggregates[name]
        for part in path.split("/"):
            if not isinstance(found, dict) or part not in found:
                return self._beside(name, path)
            found = found[part]
        return Decimal(str(found))

    def _beside(self, name: str, path: str) -> Decimal:
        """What `status` computes but doesn't give in JSON."""
        status = next(s for s in assess(self.case, Audience.PUBLIC).targets if s.target == name)
        trend = status.outlook.trend
        ends = {"forecast/low": trend and trend.low, "forecast/high": trend and trend.high}
        if path == "deviation" and status.actual is not None and status.expected is not None:
            return abs(status.actual - status.expected)
        found = ends.get(path) or getattr(status, path, None)
        return self._field(name, path) if found is None else Decimal(found)

    def _money(self, name: str, kind: str, *path: str) -> Decimal:
        owner = self.entities[name]
        if kind == "voluntary":
            return _of_year([m for m in owner["measures"] if _is_voluntary(m)], path[0])
        if kind == "follow-up":
            return sum((Decimal(m.get("follow_up_costs", "0")) for m in owner["measures"]), Decimal(0))
        if kind == "own-after":
            own = [line.get("financing", {}).get("own", "0") for line in owner["budget"] if line["year"] > path[0]]
            return sum(map(Decimal, own), Decimal(0))
        if kind.isdigit() and not path:
            return _of_year([owner], kind)
        if kind == "area":
            (share,) = (each["share"] for each in owner["allocation"] if each["area"] == path[0])
            return sum((_cost(line) for line in owner["budget"]), Decimal(0)) * Decimal(share)
        lines = [(m["id"], line) for m in owner["measures"] for line in m.get("budget", [])]
        if kind in {"product", "measure", "source"}:
            asked, what = path
            if kind == "source":
                paid = [(line["year"], line.get("financing", {}).get(asked, "0")) for _, line in lines]
                return sum((Decimal(euro) for year, euro in paid if what in {year, "cost"}), Decimal(0))
            lines = [(id, line) for id, line in lines if asked == (id if kind == "measure" else line["product"])]
            kind, path = ("total", (what,)) if not what.isdigit() else (what, ("cost",))
        return _summed([line for _, line in lines if kind in {line["year"], "total"}], *path)

    def _spent(self, name: str, year: str, share: str = "") -> Decimal:
        booked = [Decimal(line["actual"]) for line in self.entities[name]["budget"] if "actual" in line]
        told = [
            each
            for raw in self.raw.values()
            for each in _mappings(raw)
            if each.get("subject") == name and "spent" in each and each["cut_off"][:4] == year <= str(AS_OF)
        ]
        spent = sum(booked) if booked else Decimal(max(told, key=lambda each: str(each["cut_off"]))["spent"])
        return Decimal(spent) / _of_year([self.entities[name]], year) * 100 if share else Decimal(spent)

    def _course(self, steps: list[dict[str, Any]], kind: str, what: str) -> int:
        """The place of a step, or what the inventory counts of all of them."""
        if kind == "step":
            return [step["step"] for step in steps].index(what) + 1
        if what == "work":
            return sum(step.get("kind", "task") in {"task", "decision"} for step in steps)
        if what == "bodies":
            return len({step["body"] for step in steps if "body" in step})
        if what == "holders":
            parts = ("executing", "contributing", "informed")
            named = {each for step in steps for part in parts for each in step.get(part, [])}
            return len(named | {step[part] for step in steps for part in ("accountable", "body") if part in step})
        following = {step["step"]: [*step.get("next", []), *(e["to"] for e in step.get("exits", []))] for step in steps}
        answers = {step["step"]: step.get("accountable") for step in steps}
        changes = set()
        for step in (each for each in steps if "accountable" in each):
            ahead, seen = list(following[step["step"]]), set()
            while ahead:
                name = ahead.pop()
                if name in answers and name not in seen:
                    seen.add(name)
                    ahead += [] if answers[name] else following[name]
                    changes |= {(step["step"], name)} if answers[name] not in {None, step["accountable"]} else set()
        return len(changes)

    def _of_inventory(self, *path: str) -> Decimal:
        items = [each for raw in self.raw.values() if isinstance(raw, dict) for each in raw.get("items", [])]
        given = [each["recommendation"] for each in items if "recommendation" in each]
        match path:
            case ("items",):
                return Decimal(len(items))
            case ("kind", kind):
                return Decimal(sum(each["kind"] == kind for each in items))
            case ("advice", advice):
                return Decimal(sum(each["advice"] == advice for each in given))
            case ("fate", "carried"):
                return Decimal(sum("leads_to" in each for each in given))
            case ("criterion", name, what):
                marks = [
                    int(m["score"]) for each in items for m in each.get("assessment", []) if m["criterion"] == name
                ]
                return Decimal(sum(mark <= 2 for mark in marks) if what == "weak" else len(marks))
            case ("gaps", *more):
                gaps = coverage(self.case.plan, AS_OF).gaps
                return Decimal(sum(not more or not gap.answers for gap in gaps))
            case (theme, group, area):
                serving = [each for each in items if each["kind"] in {"service", "facility"}]
                here = [each for each in serving if area in each["catchment"] and theme in each.get("themes", [])]
                return Decimal(sum(group in (each.get("target_groups") or ["none"]) for each in here))
        raise KeyError(path)

    def _of_funding(self, scope: str, *path: str) -> Decimal:
        """Sums by programme and year, or of all; what is counted is taken from the analysis."""
        if scope == "count":
            found = overview_of_funding(self.case)
            named = {"applications": found.filed, "after": found.after, "unsettled": found.unsettled}
            return Decimal(len({**named, "chances": found.chances}[path[0]]))
        year, what = (None, path[0]) if scope == "total" else path
        filed = [
            each
            for raw in self.raw.values() if isinstance(raw, dict) for each in raw.get("applications", [])
            if scope in {"total", each["programme"]}
        ]  # fmt: skip
        if what in {"applied", "granted"}:
            key, state = {"applied": ("requested", "application"), "granted": ("granted", "notice")}[what]
            days = [(each, [s["date"] for s in each["stages"] if s["state"] == state]) for each in filed]
            return sum((Decimal(e.get(key, "0")) for e, d in days if d and year in {None, min(d)[:4]}), Decimal(0))
        if what == "drawn":
            drawn = [s for each in filed for s in each["stages"] if s["state"] == "drawdown"]
            return sum((Decimal(s.get("amount", "0")) for s in drawn if year in {None, s["date"][:4]}), Decimal(0))
        return self._paid_by_programme(scope, year, what)

    def _paid_by_programme(self, scope: str, year: str | None, what: str) -> Decimal:
        """What budgets count on; own money of each measure and year once for each programme that pays."""
        found = Decimal(0)
        measures = [m for raw in self.raw.values() if isinstance(raw, dict) for m in raw.get("measures", [])]
        for measure in measures:
            paying: dict[tuple[str, str], Decimal] = {}
            own: dict[str, Decimal] = {}
            for line in measure.get("budget", []):
                for source, euro in line.get("financing", {}).items():
                    if source == "own":
                        own[line["year"]] = own.get(line["year"], Decimal(0)) + Decimal(euro)
                    elif source != "third-party" and Decimal(euro) > 0 and scope in {"total", source}:
                        key = (source, line["year"])
                        paying[key] = paying.get(key, Decimal(0)) + Decimal(euro)
            for (_, when), euro in paying.items():
                if year in {None, when}:
                    found += euro if what == "planned" else own.get(when, Decimal(0))
        return found

    def _of_organisation(self, what: str, bound: str = "") -> Decimal:
        actors = [each for raw in self.raw.values() if isinstance(raw, dict) for each in raw.get("actors", [])]
        outside = [each["id"] for each in actors if each.get("external") == "true"]
        contracts = [each for raw in self.raw.values() if isinstance(raw, dict) for each in raw.get("contracts", [])]
        parties = {
            id for each in contracts if date.fromisoformat(each["term"]["from"]) <= AS_OF for id in each["parties"]
        }
        if what == "partners":
            return Decimal(len(parties.intersection(outside)) if bound else len(outside))
        if what == "bodies":
            return Decimal(sum(len(raw.get("bodies", [])) for raw in self.raw.values() if isinstance(raw, dict)))
        return Decimal(len(actors) - len(outside))

    def _of_calendar(self, year: str, what: str) -> Decimal:
        dates = [each for raw in self.raw.values() if isinstance(raw, dict) for each in raw.get("appointments", [])]
        is_session = {each["id"]: each["kind"] == "session" and "body" in each for each in dates}
        if what == "appointments":
            others = [each for each in dates if not is_session[each["id"]]]
            return Decimal(sum(each["date"][:4] <= year <= each.get("end", each["date"])[:4] for each in others))
        bodies = [each for raw in self.raw.values() if isinstance(raw, dict) for each in raw.get("bodies", [])]
        met = {(each["id"], day) for each in bodies for day in each.get("sessions", [])}
        met |= {(each["body"], each["date"]) for each in dates if is_session[each["id"]]}
        return Decimal(sum(day.startswith(year) for _, day in met))

    def _of_all(self, kind: str, *path: str) -> Decimal:
        """What the summary adds up over the plans and the measures of the whole."""
        if kind == "inventory":
            return self._of_inventory(*path)
        if kind == "funding":
            return self._of_funding(*path)
        if kind == "organisation":
            return self._of_organisation(*path)
        if kind == "calendar":
            return self._of_calendar(*path)
        plans = [raw for name, raw in self.raw.items() if name.startswith("plans/areas/") and isinstance(raw, dict)]
        city = [m for raw in self.raw.values() if isinstance(raw, dict) and "goals" in raw and "needs" not in raw
                for m in raw.get("measures", [])]  # fmt: skip
        everything = [m for plan in plans for m in plan["measures"]] + city
        if kind == "count":
            some = [m for m in everything if _is_voluntary(m) and _of_year([m], path[-1])]
            return Decimal(len(plans) if path == ("plans",) else len(some))
        if kind in {"lights", "targets"}:
            own = [target["light"] for target in self.targets.values() if target["plan"]]
            return Decimal(own.count(path[0]) if path else len(own))
        if kind == "money":
            return self._money_of_all(everything, *path)
        place = path[1]
        held = {"total": everything, "all": city}
        held |= {plan["area"]: plan["measures"] for plan in plans}
        if kind == "duty":
            duty, _, when = path
            chosen = [m for m in held[place] if duty in {"total", m.get("duty", "none")}]
            return _of_year(chosen, when)
        goal, _, what = path
        needs = [(plan, need) for plan in plans if place in {"total", plan["area"]} for need in plan["needs"]]
        guided = [self._guiding(plan, need["id"]) for plan, need in needs]
        serving = [[self._top(self.entities[id].get("serves", id)) for id in m.get("goals", [])] for m in held[place]]
        if what == "needs":
            listed = [set(found) or {"none"} for found in guided]
            return Decimal(sum(goal in found if goal != "total" else len(found) for found in listed))
        if what == "measures":
            listed = [set(found) or {"none"} for found in serving]
            return Decimal(sum(goal in found if goal != "total" else len(found) for found in listed))
        first = [m for m, found in zip(held[place], serving, strict=True) if goal in {"total", (found or ["none"])[0]}]
        return _of_year(first, "total")

    def _money_of_all(self, measures: list[dict[str, Any]], year: str, what: str) -> Decimal:
        if year == "voluntary":
            return _of_year([m for m in measures if _is_voluntary(m)], what)
        lines = [line for m in measures for line in m.get("budget", []) if year in {"total", line["year"]}]
        if what != "share":
            return _summed(lines, what)
        (social,) = {
            each["social_budget"]
            for raw in self.raw.values()
            for each in _mappings(raw)
            if each.get("year") == year and "social_budget" in each
        }
        return (_summed(lines, "cost") - _summed(lines, "capital")) / Decimal(social) * 100

    def _guiding(self, plan: dict[str, Any], need: str) -> list[str]:
        return [self._top(goal["serves"]) for goal in plan["goals"] if need in goal.get("needs", [])]

    def _top(self, goal: str) -> str:
        while "parent" in self.entities[goal]:
            goal = self.entities[goal]["parent"]
        return goal

    def _count(self, name: str, what: str) -> int:
        entity = self.entities.get(name, {})
        match what:
            case "needs/high":
                return sum(need.get("priority") == "high" for need in entity["needs"])
            case "measures/reserved":
                return sum(measure.get("budget_reservation") == "true" for measure in entity["measures"])
            case "profile/rated" | "profile/burdened":
                away = [self._sigma(id, entity["area"]) for id in entity["profile_indicators"]]
                return sum(each is not None and (what == "profile/rated" or each >= 1) for each in away)
            case "contributions":
                return len(_contributions(entity))
            case "contributions/taken-up" | "contributions/partly" | "contributions/rejected":
                return sum(each["response"] == what.partition("/")[2] for each in _contributions(entity))
            case "targets/more":
                return sum(len(goal.get("targets", [])) for goal in entity["goals"]) - 11
            case "measures/more":
                return len(entity["measures"]) - 12
            case route if route.startswith("rules/"):
                kind = what.partition("/")[2]
                return sum(each.route.value == kind for each in self.case.plan.handbook_rules)
            case "votes":
                return sum(int(member.get("votes", 1)) for member in entity["members"])
            case "units":
                return sum(unit.level == name and unit.in_force(AS_OF) for unit in self.case.plan.units)
        return len(entity.get(what, ()))


class Plain(yaml.SafeLoader):
    """Everything as text, as it was typed."""


Plain.yaml_implicit_resolvers = {}


def _parsed(path: Path) -> object:
    return yaml.load(path.read_text("utf-8"), Loader=Plain)  # noqa: S506 -- a SafeLoader, of our own examples


def _mappings(raw: object) -> Iterator[dict[str, Any]]:
    if isinstance(raw, dict):
        yield raw
    for below in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from _mappings(below)


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for below in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for each in below if isinstance(below, tuple) else (below,):
            yield from _scalars(each)


def _contributions(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for event in plan.get("participation", []) for each in event.get("contributions", [])]


def _of_year(measures: list[dict[str, Any]], year: str) -> Decimal:
    lines = [line for measure in measures for line in measure.get("budget", [])]
    return sum((_cost(line) for line in lines if year in {"total", line["year"]}), Decimal(0))


def _is_voluntary(measure: dict[str, Any]) -> bool:
    return bool(measure.get("duty") == "voluntary" and measure.get("progress") != "stopped")


def _cost(line: dict[str, Any]) -> Decimal:
    return Decimal(line["planned"])


def _summed(lines: list[dict[str, Any]], what: str) -> Decimal:
    paid = [pair for line in lines for pair in line.get("financing", {}).items()]
    by = {
        "cost": [_cost(line) for line in lines],
        "own": [Decimal(euro) for source, euro in paid if source == "own"],
        "third": [Decimal(euro) for source, euro in paid if source == "third-party"],
        "funding": [Decimal(euro) for source, euro in paid if source not in {"own", "third-party"}],
        "capital": [_cost(line) for line in lines if line.get("side") == "finance"],
        "fte": [Decimal(line["fte"]) for line in lines if "fte" in line],
    }
    by["open"] = [*by["cost"], *(-euro for name in ("own", "third", "funding") for euro in by[name])]
    return sum(by[what], Decimal(0))


# Papers and handbooks of the examples


@cache
def source(name: str) -> Source:
    return Source(ROOTS[name])


def plans(name: str) -> tuple[AreaPlan, ...]:
    return source(name).case.plan.area_plans


@cache
def paper(name: str, number: int | None, kind: Kind, lang: Lang) -> Page:
    case = source(name).case
    assessment = assess(case, Audience.PUBLIC)
    if kind is Kind.INVENTORY:
        return Page(inventory(case, lang=lang, audience=Audience.PUBLIC, stamp=STAMP).text)
    if kind is Kind.FUNDING:
        return Page(funding_report(case, lang=lang, audience=Audience.PUBLIC, stamp=STAMP).text)
    if number is None:
        return Page(overview(case, assessment, lang=lang, audience=Audience.PUBLIC, stamp=STAMP).text)
    plan = plans(name)[number]
    made = report.paper(
        case, assessment, plan,
        lang=lang, audience=Audience.PUBLIC, stamp=STAMP, kind=kind, atlases=partial(borders, name),
    )  # fmt: skip
    return Page(made.text)


def borders(name: str, level: str) -> Atlas | None:
    declared = [each for each in source(name).case.plan.boundaries if each.level == level]
    newest = max(declared, key=lambda each: each.boundary, default=None)
    return atlas(WorkTree(ROOTS[name]), source(name).case.plan, newest)[0] if newest else None


@cache
def manual(name: str, lang: Lang) -> Page:
    return Page(handbook.manual(source(name).case, lang=lang, audience=Audience.PUBLIC, stamp=STAMP).text)


PAPERS: list[tuple[str, int | None, Kind]] = [
    *(("town", number, kind) for number in range(3) for kind in (Kind.DECISION, Kind.PROGRESS)),
    ("town", 1, Kind.INFORMATION),
    ("town", 1, Kind.AREA_SHEET),
    ("town", None, Kind.SUMMARY),
    ("town", None, Kind.INVENTORY),
    ("town", None, Kind.FUNDING),
    ("kreis", 0, Kind.DECISION),
    ("kreis", 1, Kind.DECISION),
    ("kreis", None, Kind.SUMMARY),
    ("kreis", None, Kind.INVENTORY),
    ("kreis", None, Kind.FUNDING),
    ("base", 0, Kind.DECISION),
    ("base", 0, Kind.AREA_SHEET),
]


def unresolved(name: str, page: Page) -> Iterator[str]:
    for ref, value, words in page.figures:
        try:
            found = plain(source(name).value(ref))
        except (KeyError, AttributeError, StopIteration) as error:
            found = repr(error)
        if found != value:
            yield f"{ref} = {found}, printed {words!r} as {value}"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "number", "kind"), PAPERS)
def test_every_figure_of_a_paper_leads_to_its_value(name: str, number: int | None, kind: Kind, lang: Lang) -> None:
    page = paper(name, number, kind, lang)
    assert len(page.figures) > 10
    assert list(unresolved(name, page)) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ROOTS)
def test_every_figure_of_a_handbook_leads_to_its_value(name: str, lang: Lang) -> None:
    assert list(unresolved(name, manual(name, lang))) == []


def test_a_reference_that_leads_nowhere_is_seen() -> None:
    page = Page('<body><data value="1" data-ref="hafen-g1-t1#nirgends">1</data><data value="7" data-ref="x#y">7</data>')
    assert [line.partition(" =")[0] for line in unresolved("base", page)] == ["hafen-g1-t1#nirgends", "x#y"]


# Digits of papers that no element holds; a handbook numbers its chapters, rules and steps

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_ENGLISH = "January|February|March|May|June|July|October|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_ALLOWED = re.compile(
    rf"\d\d\.\d\d\.(?:19|20)\d\d|\d\d?\.? (?:{_MONTHS}|{_ENGLISH}) (?:19|20)\d\d"  # days
    r"|(?:[12]\. Halbjahr|[1-4]\. Quartal|Q[1-4]) (?:19|20)\d\d|(?<![\d.,])(?:19|20)\d\d(?:/\d\d)?(?!\d|[.,]\d)"
    r"|\b[ZMBGN]\d+\b|\b(?:Anlage|Annex|annex) \d\b"  # goals, measures, needs and annexes of this paper
    r"|\b(?:Regel|rule) \d+\.\d+\b"  # as the handbook numbers them
    rf"|{STAMP.commit}|sozplan {STAMP.version}"
    r"|steht als 0\b|printed as 0\b"  # the explanation of a sign
)


def loose(name: str, page: Page) -> list[str]:
    """What has a digit and is neither a figure nor a date nor what somebody wrote."""
    texts, known = written(name), codes(name)
    nodes = (node for node in page.nodes if re.search(r"\d", node) and node.strip() not in known)
    return [left for node in nodes if (left := _left(node, texts))]


def _left(node: str, texts: list[str]) -> str | None:
    rest = " ".join(node.split())
    for each in texts:
        if each in rest:
            rest = rest.replace(each, " ")
    rest = _ALLOWED.sub(" ", rest.strip())
    return f"{rest} ← {node}" if re.search(r"\d", rest) else None


@cache
def written(name: str) -> list[str]:
    """All texts of the planning with a letter and a digit, and numbers such as 2025/117; the longest first."""
    found = set()
    for raw in source(name).raw.values():
        for _, value in _texts(raw):
            if re.search(r"[^\W\d_]|\d[/-]\d", value):
                found |= {value, value.replace(" ", "\xa0"), *Page(f"<body>{markdown(value)}").nodes}
    for path in (ROOTS[name] / "handbook").rglob("*.md"):
        found |= set(Page(f"<body>{markdown(path.read_text('utf-8'))}").nodes)
    return sorted({" ".join(text.split()) for text in found if re.search(r"\d", text)}, key=len, reverse=True)


@cache
def codes(name: str) -> frozenset[str]:
    """Numbers of products and keys of areas where they stand alone."""
    pairs = (pair for raw in source(name).raw.values() for pair in _texts(raw))
    return frozenset(value for key, value in pairs if key in {"product", "key"})


def _texts(raw: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(raw, str):
        yield key, raw
    elif isinstance(raw, dict):
        for name, below in raw.items():
            yield from _texts(below, name)
    elif isinstance(raw, list):
        for below in raw:
            yield from _texts(below, key)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "number", "kind"), PAPERS)
def test_no_digit_of_a_paper_stands_alone(name: str, number: int | None, kind: Kind, lang: Lang) -> None:
    assert loose(name, paper(name, number, kind, lang)) == []


def test_a_loose_digit_is_seen() -> None:
    page = Page("<body><p>Aufwand 180.000 € in 2026</p><td>41,2 %</td><td>2.026</td><p>am 01.10.2026: 5</p>")
    assert [left.partition(" ←")[0].strip() for left in loose("base", page)] == [
        "Aufwand 180.000 € in", "41,2 %", "2.026", "am  : 5",
    ]  # fmt: skip


# The values themselves


def test_to_python_they_are_plain_numbers_and_texts() -> None:
    quantity, cited = Quantity(Decimal("1.50"), "a#b"), Cited("1,5", Decimal("1.50"), "a#b")
    assert (quantity, cited) == (Decimal("1.50"), "1,5")
    assert type(quantity + 1) is Decimal
    assert type(str(filled("{}–{}", cited, cited))) is str
    assert filled("{}–{}", cited, "x") == Worded(cited, "–", "x") == "1,5–x"


def test_what_is_cited_must_be_a_number() -> None:
    plan = plans("base")[0]
    assert field_of(plan, "measures/0/budget/0/planned") == 60000
    with pytest.raises(TypeError, match="title: no number but str"):
        field_of(plan, "title")


@pytest.mark.parametrize(
    ("value", "said"),
    [("1.50", "1.5"), ("100", "100"), ("1E+3", "1000"), ("0.000123456789012", "0.000123456789"), ("-0.10", "-0.1")],
)
def test_programs_read_nine_digits_without_exponent(value: str, said: str) -> None:
    assert plain(Decimal(value)) == said
