"""Taken as columns or asked for one by one, cell by cell the same is told and the same kept back."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy
import pytest

from sozplan.analysis.areal import Areal, areal, periods
from sozplan.analysis.disclosure import Audience, Withheld, published
from sozplan.analysis.ground import Territory as Place
from sozplan.analysis.protection.alarm import Alarm, strictest
from sozplan.model.case import Case
from sozplan.model.figures import Figures, Missing, Quality, reference_date
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.periods import period
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.terms import Publication
from sozplan.model.territory import Territory
from sozplan.repo.limits import LIMITS
from sozplan.repo.observations import Known, Reader, Seen
from sozplan.repo.store.opening import How, asked, held
from sozplan.repo.store.question import Question
from tests.analysis.sample import SETTINGS, SHEET, TERRITORY, cell, make_case

LABELS = ("indicator", "area", "period", "numerator", "denominator", "value", "sign", "status", "vintage")
AS_OF = date(2024, 6, 30)
PERIODS = ("2021", "2022", "2023", "2023-H1", "2023-06", "2022/23", "2025")
ASKED = ("2021", "2022", "2023", "2024", "2022/23")
CONTRIBUTORS = {**SHEET, "id": "traeger", "denominator": None, "unit": "Träger", "name": "Träger"}


class Town:
    """Sheets, sources and rows by chance: mostly plain ones, so that all ways are gone."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        pick = self.chance.choice
        share = pick((True, True, False))
        sheet = {
            **SHEET,
            "unit": pick(("%", "Fälle")),
            "denominator": "Kinder" if share else None,
            "min_cases": pick((None, None, 6)),
            "min_base": pick((None, None, 300)),
            "publication": pick(("public", "public", "internal")),
            "additive": pick((True, True, False)),
            "perturbed": pick((False, False, False, True)),
            "zero_is_public": pick((None, True)),
            "contributors": pick((None, None, None, "traeger")),
            "reference_day": pick((None, "06-30")),
        }
        self.sheets = [Indicator.model_validate(each) for each in (sheet, CONTRIBUTORS)]
        settings = {**SETTINGS, "disclosure": {"threshold": pick((3, 5)), "zero_is_public": pick((False, True))}}
        units = {**TERRITORY, "units": [*TERRITORY["units"], *map(_plain_unit, range(12))]}
        roots = {
            **{f"indicators/catalogue/{each.id}.yaml": each for each in self.sheets},
            "plans/territory/gebiete.yaml": Territory.model_validate(units),
        }
        self.plan = Plan(Settings.model_validate(settings), roots)
        self.keys = sorted({unit.key for unit in self.plan.units} | {"K1"})
        self.sources = [self._source(n) for n in range(pick((1, 1, 2)))]
        self.style = pick((0.0, 0.02, 0.1, 0.3))
        self.small = pick((None, None, "cases", "others", "base", "any"))
        self.form = pick((None, "both", "value", "counts", "base", "cases"))
        self.fault = pick((None, *range(13)))
        self.rows = [self._rows(), self._rows() if len(self.sources) > 1 else []]

    def _source(self, n: int) -> dict[str, Any]:
        pick = self.chance.choice
        return {
            "name": f"quelle-{n}",
            "path": f"data/quelle-{n}.csv",
            "dialect": {"delimiter": ";"},
            "threshold": pick((None, None, 8)),
            "boundary": pick((None, None, "2023-06-30")),
            "vintage": pick((None, "2024-01-01")),
            "schema": {"fields": [{"name": "value", "decimalChar": ","}, *self._whole()]},
        }

    def _whole(self) -> list[dict[str, str]]:
        return [{"name": "numerator", "type": "integer"}] if self.chance.random() < 0.5 else []

    def _rows(self) -> list[list[str]]:
        found = []
        for sheet in self.sheets:
            for key in self.keys:
                for text in PERIODS:
                    if self.chance.random() < 0.8:
                        found.append(self._row(sheet, key, text))
                    if self.chance.random() < 0.1:
                        found.append(self._row(sheet, key, text))
        self.chance.shuffle(found)
        return found

    def _row(self, sheet: Indicator, key: str, text: str) -> list[str]:
        pick, chance = self.chance.choice, self.chance.random
        base = self.chance.randrange(310, 2000)
        cases = self.chance.randrange(20, base - 20)
        if self.small and chance() < self.style:
            match pick(("cases", "others", "base")) if self.small == "any" else self.small:
                case "cases":
                    cases = self.chance.randrange(0, 9)
                case "others":
                    cases = base - self.chance.randrange(0, 9)
                case "base":
                    base = self.chance.randrange(0, 12)
        value = str(cases) if sheet.denominator is None else f"{cases / (base or 1) * 100:.{pick((0, 1, 6))}f}"
        form = self.form or pick(("both", "value", "counts", "base", "cases"))
        numerator = str(cases) if form in ("both", "counts", "cases") else ""
        denominator = str(base) if form in ("both", "counts", "base") else ""
        value = "" if form == "counts" else value.replace(".", ",")
        vintage = pick(("", "", "2023-12-01", "2024-03-01", "2024-12-01"))
        row = [sheet.id, key, text, numerator, denominator, value, "", pick(("", "final")), vintage]
        return self._odd(row) if chance() < self.style else row

    def _odd(self, row: list[str]) -> list[str]:
        """What suppliers write besides, right or wrong."""
        at = dict(zip(LABELS, range(9), strict=True))
        match self.chance.randrange(13) if self.fault is None else self.fault:
            case 0 | 1:
                row[at["value"]], row[at["sign"]] = "", self.chance.choice("./x*")
            case 2:
                row[at["value"]] = self.chance.choice(".-–")
            case 3:
                row[at["sign"]] = self.chance.choice(("p", "e", "s", "r", "()", "|", "0", "?"))
            case 4:
                row[at["status"]] = self.chance.choice(("provisional", "estimated", "s", "alt"))
            case 5:
                row[at["value"]] = self.chance.choice(("100,0", "0", "100,01", "-1", "1.5", "12a", "1e2", " 7"))
            case 6:
                row[at["sign"]], row[at["value"]], row[at["numerator"]] = "-", "0", ""
            case 7:
                column = self.chance.randrange(9)
                row[column] = f" {row[column]}"
            case 8:
                row[at["numerator"]] = self.chance.choice(("-3", "250,5", "."))
            case 9:
                row = row[:-1]
            case 10:
                row[at["area"]] = "fremd"
            case 11:
                row[at["vintage"]] = "2023-13-01"
            case 12:
                row[at["value"]] = row[at["numerator"]] = row[at["denominator"]] = ""
        return row

    def write(self, folder: Path, quoted: bool = False) -> list[Path]:
        places = []
        for source, rows in zip(self.sources, self.rows, strict=False):
            places.append(folder / Path(source["path"]).name)
            lines = (";".join(f'"{field}"' if quoted else field for field in row) for row in (LABELS, *rows))
            places[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
        return places

    def readers(self, format: str = "csv") -> Iterator[Reader]:
        known = Known({sheet.id: sheet for sheet in self.sheets}, frozenset(self.keys))
        seen: Seen = {}
        for source in self.sources:
            resource = Resource.model_validate({**source, "format": format})
            yield Reader(f"indicators/{resource.path}", resource, known, LIMITS, seen=seen)

    def case(self, figures: Figures) -> Case:
        return Case(self.plan, figures, AS_OF)

    def question(self, by: Any) -> Question:
        least = max(self.plan.settings.disclosure.threshold, 8, self.sheets[0].min_cases or 0)
        return Question(frozenset(("quote", "traeger")), frozenset(self.keys), least, frozenset(), by)

    def held(self, places: Sequence[Path], format: str = "csv") -> Case:
        readers = list(self.readers(format))
        cells = [
            one for place, reader in zip(places, readers, strict=True) for one in held(place, reader, LIMITS).cells
        ]
        return self.case(Figures(tuple(cells), {reader.resource.name: reader.resource for reader in readers}))

    def asked(self, places: Sequence[Path], by: str, sieved: int, format: str = "csv", *, located: bool = True) -> Case:
        """Files beyond `sieved` bytes go through DuckDB."""
        readers = list(self.readers(format))
        question = self.question(by)
        limits, how = replace(LIMITS, sieved_bytes=sieved), How(located=located)
        opened = [asked(p, r, limits, question, how) for p, r in zip(places, readers, strict=True)]
        cells = tuple(one for each in opened for one in each.cells)
        tables = tuple(each.table for each in opened if each.table is not None)
        return self.case(Figures(cells, {reader.resource.name: reader.resource for reader in readers}, tables))


def _plain_unit(n: int) -> dict[str, str]:
    return {"id": f"p-{n:02}", "key": f"9{n:02}", "name": f"Bezirk {n}", "level": "bezirk", "parent": "stadt"}


def one_by_one(case: Case, places: Sequence[Place], asked: str, audience: Audience) -> dict[str, Any]:
    """What is published of each, by the rule of the interface, without any shortcut."""
    sheet = case.plan.find("quote", Indicator)
    assert sheet is not None
    when = period(asked)
    if sheet.publication is not Publication.PUBLIC and audience is Audience.PUBLIC:
        absent = dict.fromkeys(range(len(places)), Withheld.CLASS)
        return {
            "period": asked,
            "values": [None] * len(places),
            "absent": absent,
            "estimated": set(),
            "provisional": set(),
            "converted": set(),
        }
    series = [published(case, "quote", place.id, audience) for place in places]
    known = {figure.period for each in series for figure in each}
    within = [each for each in known if when.start <= reference_date(sheet, each) <= when.end]
    best = max(within, key=lambda each: (reference_date(sheet, each), -each.kind, each.text), default=when)
    used = when if when in known else best
    found = [next((figure for figure in each if figure.period == used), None) for each in series]

    def of(quality: Quality) -> set[int]:
        told = ((i, each) for i, each in enumerate(found) if each is not None and each.value is not None)
        return {i for i, each in told if each.quality is quality}

    return {
        "period": used.text,
        "values": [None if each is None or each.value is None else float(each.value) for each in found],
        "absent": {
            i: Missing.EMPTY if each is None else each.withheld
            for i, each in enumerate(found)
            if each is None or each.value is None
        },
        "estimated": of(Quality.ESTIMATED),
        "provisional": of(Quality.PROVISIONAL),
        "converted": {
            i for i, each in enumerate(found) if each is not None and each.value is not None and each.converted
        },
    }


def told(found: Areal) -> dict[str, Any]:
    return {
        "period": found.period.text,
        "values": [None if numpy.isnan(value) else value for value in found.values.tolist()],
        "absent": dict(found.absent),
        "estimated": set(found.estimated),
        "provisional": set(found.provisional),
        "converted": set(found.converted),
    }


def agree(slow: Case, fast: Mapping[str, Case], audience: Audience) -> None:
    """Every way says the same as one by one."""
    places: list[Place] = [*slow.plan.units, *slow.plan.social_areas]
    for when in ASKED:
        expected = one_by_one(slow, places, when, audience)
        for name, case in fast.items():
            assert told(areal(case, "quote", places, period(when), audience)) == expected, f"{name} {when}"


SMALL, LARGE = LIMITS.sieved_bytes, 0


@pytest.mark.parametrize("seed", range(100))
def test_every_way_tells_the_same(tmp_path: Path, seed: int) -> None:
    town = Town(seed)
    places = town.write(tmp_path, quoted=seed % 10 == 9)
    ways = {
        "held": town.held(places),
        "small, by area": town.asked(places, "area", SMALL),
        "small, by period": town.asked(places, "period", SMALL),
        "large, by area": town.asked(places, "area", LARGE),
        "large, by period": town.asked(places, "period", LARGE),
    }
    for audience in Audience:
        agree(town.held(places), ways, audience)


@pytest.mark.parametrize("seed", range(100, 140))
def test_parquet_tells_the_same(tmp_path: Path, seed: int) -> None:
    town = Town(seed)
    places = [_parquet(place) for place in town.write(tmp_path)]
    ways = {by: town.asked(places, by, SMALL, "parquet") for by in ("area", "period")}
    agree(town.held(places, "parquet"), ways, Audience.PUBLIC)


def _parquet(place: Path) -> Path:
    """In types that lose nothing; what is no number there is none here."""
    numbers = ", ".join(f"TRY_CAST(replace({label}, ',', '.') AS DECIMAL(28, 9)) AS {label}" for label in LABELS[3:6])
    other = place.with_suffix(".parquet")
    rows = duckdb.connect().read_csv(str(place), sep=";", header=True, all_varchar=True, ignore_errors=True)
    rows.project(f"* REPLACE (trim(indicator) AS indicator, {numbers})").write_parquet(str(other))
    return other


def test_the_order_of_rows_and_their_places_change_nothing(tmp_path: Path) -> None:
    for seed in range(200, 220):
        town = Town(seed)
        town.rows = without_doubles(town)
        slow = town.held(town.write(tmp_path))
        for rows in town.rows:
            random.Random(seed).shuffle(rows)
        ways = {
            by: town.asked(town.write(tmp_path), by, sieved, located=False)
            for by, sieved in (("area", 0), ("period", 0), ("period", 10**6))
        }
        agree(slow, ways, Audience.PUBLIC)


@pytest.mark.parametrize("sieved", [SMALL, LARGE], ids=["small", "large"])
def test_a_table_with_anything_to_protect_is_never_taken_for_calm(tmp_path: Path, sieved: int) -> None:
    """What the protection would start from, row by row, the quick look at the whole must see too."""
    verdicts = set()
    for seed in range(300, 400):
        town = Town(seed)
        places = town.write(tmp_path)
        case, sheet = town.held(places), town.sheets[0]
        alarm = Alarm(case, sheet)
        alarm.watched, alarm.cut = False, {}
        alarmed = any(alarm.at(each) for each in case.figures.cells if each.indicator == "quote")
        figures = town.asked(places, "period", sieved).figures
        is_calm = figures.exceeds("quote", town.question("period").least)
        assert not (alarmed and is_calm), seed
        near = {each.area for each in case.figures.cells if each.indicator == "quote" and alarm.near(each)}
        by_area = town.asked(places, "area", sieved).figures
        for some in (figures, by_area):
            assert near <= some.delicate("quote", strictest(case, sheet)), seed
        verdicts.add((alarmed, is_calm))
    assert verdicts == {(True, False), (False, True), (False, False)}


def without_doubles(town: Town) -> list[list[list[str]]]:
    return [list({(*row[:3], row[8]): row for row in rows if len(row) == 9}.values()) for rows in town.rows]


def test_of_a_plain_table_no_area_is_asked_for_by_itself(tmp_path: Path) -> None:
    town = Town(next(seed for seed in range(1000) if _is_plain(Town(seed))))
    town.rows = without_doubles(town)
    case = town.asked(town.write(tmp_path), "period", SMALL)
    units = [unit for unit in case.plan.units if unit.id.startswith("p-")]
    found = areal(case, "quote", units, period("2022"), Audience.PUBLIC)
    questions: list[Any] = list(case.memory)
    assert numpy.isfinite(found.values).sum() > 6
    assert [asked_for for function, asked_for, *_ in questions if function.__name__ == "published_at"] == []


def _is_plain(town: Town) -> bool:
    """A public share of one source, nothing small in it."""
    sheet = town.sheets[0]
    is_public = sheet.publication is Publication.PUBLIC and sheet.contributors is None
    return town.style == 0 and len(town.sources) == 1 and sheet.denominator is not None and is_public


QUARTERS = [cell("01", "2023-Q2", "40"), cell("02", "2023-Q2", "50"), cell("1000", "2023-Q4", "45")]


def units(case: Case, *ids: str) -> list[Place]:
    return [unit for unit in case.plan.units if unit.id in ids]


def test_a_year_is_answered_by_the_newest_period_that_lies_in_it() -> None:
    case = make_case([*QUARTERS, cell("01", "2023-Q1", "39")])
    found = areal(case, "quote", units(case, "b-01", "b-02"), period("2023"))
    assert (found.period.text, found.values.tolist(), found.absent) == ("2023-Q2", [40.0, 50.0], {})
    assert areal(case, "quote", units(case, "stadt"), period("2023")).period.text == "2023-Q4"


def test_of_one_day_the_longest_period_answers() -> None:
    case = make_case([cell("01", when, "40") for when in ("2023-12", "2023-H2", "2023-12-31")])
    assert areal(case, "quote", units(case, "b-01"), period("2023")).period.text == "2023-H2"


def test_the_period_itself_comes_first_and_what_is_not_yet_known_never() -> None:
    later = cell("01", "2023", "41", vintage=date(2026, 12, 1))
    case = make_case([cell("01", "2023", "40"), later, cell("01", "2023-12", "39"), cell("01", "2027", "42")])
    found = areal(case, "quote", units(case, "b-01"), period("2023"))
    assert (found.period.text, found.values.tolist()) == ("2023", [40.0])
    assert [each.text for each in periods(case, "quote")] == ["2023-12", "2023"]


def test_a_period_without_figures_is_empty() -> None:
    case = make_case(QUARTERS)
    for indicator, when in (("quote", "2019"), ("unbekannt", "2023")):
        found = areal(case, indicator, units(case, "b-01", "b-02"), period(when))
        assert (found.period.text, found.absent) == (when, {0: Missing.EMPTY, 1: Missing.EMPTY})
        assert numpy.isnan(found.values).all()


def test_of_what_is_not_to_be_seen_not_even_the_periods_are_told() -> None:
    case = make_case(QUARTERS, sheet={"publication": "internal"})
    found = areal(case, "quote", units(case, "b-01", "b-05"), period("2023"))
    assert (found.period.text, found.absent) == ("2023", {0: Withheld.CLASS, 1: Withheld.CLASS})
    assert periods(case, "quote") == ()
    assert [each.text for each in periods(case, "quote", Audience.INTERNAL)] == ["2023-Q2", "2023-Q4"]
