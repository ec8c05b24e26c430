"""Pictures of a paper by their place in it: area, targets and money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import attrgetter

from sozplan.analysis.disclosure import Audience, Figure, published
from sozplan.analysis.distance import BURDENED, Distance, distance, level_of
from sozplan.analysis.ground import WHOLE, Parts, parts, territory
from sozplan.analysis.verdict import Report
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.geometry import Atlas
from sozplan.model.indicators import Indicator
from sozplan.model.terms import Light
from sozplan.model.territory import Unit
from sozplan.render import numbers
from sozplan.render.charts.classes import Outline
from sozplan.render.charts.distances import Away, distances, sigmas
from sozplan.render.charts.dots import Compared, dots
from sozplan.render.charts.finance import Year, finance
from sozplan.render.charts.lights import Shared, lights
from sozplan.render.charts.locator import SMALL_MAP, WIDE, locator
from sozplan.render.charts.picture import Picture, rounded
from sozplan.render.charts.sparkline import Sparkline
from sozplan.render.cited import Cited, Quantity, filled
from sozplan.render.colours import Design
from sozplan.render.html import LIGHTS, figure
from sozplan.render.target_pictures import MOST, spark, target_pictures
from sozplan.render.views.figures import is_share
from sozplan.render.views.matrix import YearLine
from sozplan.render.views.money import Finances
from sozplan.render.views.names import Names
from sozplan.render.views.profile import ProfileRow
from sozplan.render.views.targets import GoalRows, Standing

Atlases = Callable[[str], Atlas | None]
"""The borders of a level of areas, where there are any."""
LEAST = 2
"""Fewer shares or years make no picture."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """`charts` by place, `sparks` by target or indicator."""

    charts: Mapping[str, Picture]
    sparks: Mapping[str, Sparkline] = field(default_factory=dict)
    courses: tuple[str, ...] = ()
    """Places of the targets' pictures."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all pictures of a plan are made with."""

    case: Case
    area_plan: AreaPlan
    lang: Lang
    audience: Audience
    design: Design
    atlases: Atlases | None = None
    is_small: bool = False
    """One page has to hold it all."""

    def pictures(
        self, assessment: Report, goals: Sequence[GoalRows], money: Finances, profile: Sequence[ProfileRow]
    ) -> Pictures:
        targets = target_pictures(
            self.case, self.area_plan, assessment, goals, self.lang, audience=self.audience, design=self.design
        )
        found = {
            "map": self._map(),
            "profile": self._distances(profile),
            "shares": self._shares(profile),
            "money": self._money(money),
        }
        placed = {place: picture for place, picture in found.items() if picture is not None}
        drawn = {f"target:{id}": each for id, each in targets.courses.items()}
        sparks = {**targets.sparks, **dict(self._sparks(profile))}
        return Pictures({**placed, **drawn}, sparks, tuple(drawn))

    def _sparks(self, profile: Sequence[ProfileRow]) -> Iterator[tuple[str, Sparkline]]:
        for row in profile:
            series = published(self.case, row.id, self.area_plan.area, self.audience)
            line = spark(_alike(series, row), self.case.plan.find(row.id, Indicator), self.lang)
            if line.runs:
                yield row.id, line

    def _map(self) -> Picture | None:
        """Of the level that most of the area's units are of."""
        area = territory(self.case.plan, self.area_plan.area)
        if self.atlases is None or area is None:
            return None
        made_of = parts(self.case.plan, area, self.case.as_of)
        own: Parts = {area.id: WHOLE}
        levels = [(each, some) for some in (own, made_of) for each in self._levels(some)]
        for level, some in levels:
            atlas = self.atlases(level)
            if atlas is not None:
                partly = frozenset(unit for unit, share in some.items() if share != WHOLE)
                around = Outline(area.name, frozenset(some) - partly, partly)
                wide = SMALL_MAP if self.is_small else WIDE
                drawn = locator(atlas, around, self.lang, wide=wide, design=self.design)
                return drawn and replace(drawn, note=self._source(atlas))
        return None

    def _levels(self, made_of: Parts) -> list[str]:
        levels = [unit.level for id in made_of if (unit := self.case.plan.find(id, Unit)) is not None]
        return sorted(set(levels), key=lambda level: (-levels.count(level), level))

    def _source(self, atlas: Atlas) -> str:
        said = text(de="Grenzen: {} (Stand {})", en="Borders: {} (as of {})").say(self.lang)
        source = atlas.source + (f", {atlas.licence}" if atlas.licence else "")
        return said.format(source, numbers.day(atlas.boundary, self.lang))

    def _distances(self, profile: Sequence[ProfileRow]) -> Picture | None:
        """Only where there are units enough to compare with."""
        whole = self.case.plan.whole
        known = [
            (row, away)
            for row in profile
            if (away := distance(self.case, row.id, self.area_plan.area, self.audience)) is not None
        ]
        if len(known) < LEAST or whole is None or self.is_small:
            return None
        area = Names(self.case.plan).short(self.area_plan.area)
        known.sort(key=lambda pair: -pair[1].now)
        rows = [
            Away(
                row.short,
                away.now,
                away.then,
                away.whole,
                (row.area.text, row.whole.text),
                away.since.text if away.since else "",
            )
            for row, away in known
        ]
        finding = self._placed(area, [away for _, away in known], known[0][0].short)
        drawn = distances(area, whole.name, rows, finding, self.lang, design=self.design)
        return replace(drawn, note=self._measured())

    def _placed(self, area: str, found: Sequence[Distance], worst: str) -> str:
        """How many are worse by a standard deviation or more, and which the most."""
        burdened = sum(each.now >= BURDENED for each in found)
        counts = [
            figure(numbers.number, self.lang, much, ref=f"{self.area_plan.id}#count/profile/{name}")
            for name, much in (("burdened", burdened), ("rated", len(found)))
        ]
        if not burdened:
            none = text(
                de="{}: Keine der {} Kennzahlen liegt eine Standardabweichung (σ) ungünstiger als der Durchschnitt.",
                en="{}: None of the {} indicators is worse than average by a standard deviation (σ).",
            )
            return filled(none.say(self.lang), area, counts[1])
        one = burdened == 1
        said = text(
            de="{}: {} von {} Kennzahlen " + ("liegt" if one else "liegen")
            + " mindestens eine Standardabweichung (σ) ungünstiger als der Durchschnitt, am weitesten {} ({}).",
            en="{}: {} of {} indicators " + ("is" if one else "are")
            + " worse than average by at least a standard deviation (σ), farthest {} ({}).",
        )  # fmt: skip
        first = found[0]
        ref = f"{first.indicator}/{self.area_plan.area}/{first.period.text}#sigma"
        much = Cited(sigmas(first.now, self.lang), rounded(first.now, 9), ref)
        return filled(said.say(self.lang), area, *counts, worst, much)

    def _measured(self) -> str:
        level = next(
            (
                each.name
                for each in self.case.plan.settings.levels
                if each.id == level_of(self.case, self.area_plan.area)
            ),
            "",
        )
        said = text(
            de="Durchschnitt und Standardabweichung (σ) der Gebiete der Ebene „{}“, jedes zählt gleich; auch der "
            "frühere Wert ist am Maßstab von heute gemessen.",
            en="Average and standard deviation (σ) of the areas of the level “{}”, each counts the same; the earlier "
            "value is measured by today’s scale, too.",
        )
        return said.say(self.lang).format(level)

    def _shares(self, profile: Sequence[ProfileRow]) -> Picture | None:
        """Shares alone have one scale, and only what both may show of is compared."""
        rows = sorted((row for row in profile if self._is_compared(row)), key=_gap, reverse=True)
        whole = self.case.plan.whole
        if len(rows) < LEAST or whole is None:
            return None
        area = Names(self.case.plan).short(self.area_plan.area)
        said = text(
            de="Am weitesten vom Gesamtwert entfernt: {} ({}).", en="Farthest from the whole: {} ({})."
        ).say(self.lang)  # fmt: skip
        finding = filled(said, rows[0].short, rows[0].gap)
        compared = [
            Compared(row.short, _value(row.area.text), _value(row.whole.text), (row.area.text, row.whole.text, row.gap))
            for row in rows
        ]
        return dots(area, whole.name, compared, finding, self.lang, design=self.design)

    def _is_compared(self, row: ProfileRow) -> bool:
        sheet = self.case.plan.find(row.id, Indicator)
        both = isinstance(row.area.text, Cited) and isinstance(row.whole.text, Cited)
        return sheet is not None and is_share(sheet) and both

    def _money(self, money: Finances) -> Picture | None:
        names = Names(self.case.plan)
        years = [
            Year(row.year, row.sums.own, row.sums.funding, row.sums.third, row.sums.cost,
                 tuple(dict.fromkeys(names.short(c.programme) for c in money.cliffs if c.last_year == row.year)))
            for row in money.by_year
        ]  # fmt: skip
        total = money.total
        return money_picture(years, total.cost, total.funding, self.lang, places=money.places, design=self.design)


def _alike(series: Sequence[Figure], row: ProfileRow) -> list[Figure]:
    return [each for each in series if each.period.kind is row.period.kind][-MOST:]


def _value(said: str) -> float:
    return float(said.value) if isinstance(said, Cited) else 0.0


def _gap(row: ProfileRow) -> float:
    return abs(_value(row.area.text) - _value(row.whole.text))


def money_picture(
    years: Sequence[Year], cost: Decimal, funding: Decimal, lang: Lang, *, places: int, design: Design
) -> Picture | None:
    """`cost` and `funding` come with their references. A single year is told by its table."""
    if len(years) < LEAST or not cost:
        return None
    said = text(de="{} von {} sind Fördermittel", en="{} of {} are grants")
    paid = [year.year for year in years if year.funding]
    end = "."
    if paid and paid[-1] < years[-1].year:
        end = text(de=f"; nach {paid[-1]} kommen keine mehr.", en=f"; after {paid[-1]} there are none.").say(lang)
    if not paid:
        said = text(de="Ohne Fördermittel: {} in allen Jahren", en="Without grants: {} in all years")
    amounts = [figure(numbers.money, lang, amount) for amount in ([funding, cost] if paid else [cost])]
    return finance(years, filled(said.say(lang) + end, *amounts), lang, places=places, design=design)


def overview_pictures(
    standings: Sequence[tuple[str, Standing]], years: Sequence[YearLine], lang: Lang, *, places: int, design: Design
) -> Pictures:
    """Of all plans together: `standings` by the name of the area."""
    shared = [
        Shared(name, {light: int(much) for light, much in each.lights.items()})
        for name, each in standings
        if each.number
    ]
    drawn = {
        "lights": _lights(shared, lang) if shared else None,
        "money": _all_money(years, lang, places=places, design=design),
    }
    return Pictures({place: picture for place, picture in drawn.items() if picture is not None})


def _lights(shared: Sequence[Shared], lang: Lang) -> Picture:
    counts = {light: sum(each.lights[light] for each in shared) for light in Light}
    said = text(
        de="{} von {} Zielwerten sind im Plan, {} sind es nicht.", en="{} of {} targets are on track, {} are off track."
    ).say(lang)
    told = (
        Quantity(counts[Light.GREEN], "all#lights/green"),
        Quantity(sum(counts.values()), "all#targets"),
        Quantity(counts[Light.RED], "all#lights/red"),
    )
    finding = filled(said, *(figure(numbers.number, lang, each) for each in told))
    return lights(shared, finding, LIGHTS, lang)


def _all_money(lines: Sequence[YearLine], lang: Lang, *, places: int, design: Design) -> Picture | None:
    years = [Year(line.year, line.own, line.funding, line.third, line.cost) for line in lines]
    cost, funding = (
        Quantity(sum((amount(year) for year in years), Decimal(0)), f"all#money/total/{name}")
        for name, amount in (("cost", attrgetter("cost")), ("funding", attrgetter("funding")))
    )
    return money_picture(years, cost, funding, lang, places=places, design=design)
