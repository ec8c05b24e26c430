"""What stands beside a light: pace, chance, trend, and the judgement of other methods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sozplan.analysis.outlook import Outlook
from sozplan.analysis.progress import Progress
from sozplan.analysis.trend import Trend
from sozplan.analysis.verdict import Note, TargetStatus
from sozplan.analysis.weather import Outcome
from sozplan.diagnostics import Text, text
from sozplan.render.steps import Step, Writer, percent, plain, says

HUNDRED = Decimal(100)
ARROWS = {1: "↗", 0: "→", -1: "↘"}


def steps(status: TargetStatus, write: Writer) -> Iterator[Step]:
    outlook = status.outlook
    yield from _pace(outlook, write)
    yield from _chance(status, write)
    if outlook.trend is not None:
        yield _trend(outlook.trend, write)
    if outlook.outcome is not None:
        yield _weather(outlook.outcome, status.target_value, write)
    if outlook.progress is not None:
        yield _progress(outlook.progress, write)
    yield from _methods(status)


def _pace(outlook: Outlook, write: Writer) -> Iterator[Step]:
    lines = []
    if outlook.pace_so_far is not None:
        lines.append(says("Bisher: (I − B) : Jahre = {x} im Jahr", "So far: (I − B) : years = {x} a year",
                          x=write.difference(outlook.pace_so_far)))  # fmt: skip
    if outlook.pace_needed is not None:
        lines.append(says("Noch nötig: (T − I) : Jahre = {x} im Jahr", "Still needed: (T − I) : years = {x} a year",
                          x=write.difference(outlook.pace_needed)))  # fmt: skip
    if lines:
        yield Step(text(de="Tempo", en="Pace"), tuple(lines))


def _chance(status: TargetStatus, write: Writer) -> Iterator[Step]:
    """Full counts aren't samples, so the range is an indication."""
    outlook = status.outlook
    if outlook.chance is None:
        return
    low, high = (write.bare(bound) for bound in outlook.chance)
    lines = [says("95 % nach Wilson: {low} bis {high}; bei Vollerhebungen ein Anhaltspunkt",
                  "95% after Wilson: {low} to {high}; for full counts an indication", low=low, high=high)]  # fmt: skip
    if outlook.by_chance:
        lines.append(text(de="B liegt darin: Die Veränderung kann Zufall sein.",
                          en="B lies within: the change may be chance."))  # fmt: skip
        lines += _pooled(outlook, write)
    yield Step(text(de="Zufallsbereich", en="Range of chance"), tuple(lines))


def _pooled(outlook: Outlook, write: Writer) -> Iterator[Text]:
    pool = outlook.pool
    if pool is not None:
        low, high = (write.bare(bound) for bound in pool.chance)
        yield says(
            "Verlässlicher sind drei Zeiträume zusammen, {first} bis {last}: {x} ({low} bis {high})",
            "More reliable are three periods together, {first} to {last}: {x} ({low} to {high})",
            first=str(pool.first), last=str(pool.last), x=write.value(pool.value), low=low, high=high,
        )  # fmt: skip


def _trend(trend: Trend, write: Writer) -> Step:
    (low_slope, high_slope), (low, high) = trend.slopes, (trend.low, trend.high)
    return Step(
        text(de="Trendfortschreibung (was wäre, wenn es so weiterginge)", en="Trend continued (as if it went on so)"),
        (
            says("Theil–Sen über {n} Werte, {first} bis {last}: {slope} im Jahr ({a} bis {b})",
                 "Theil–Sen over {n} values, {first} to {last}: {slope} a year ({a} to {b})",
                 n=str(len(trend.points)), first=str(trend.points[0].period), last=str(trend.points[-1].period),
                 slope=write.difference(trend.slope), a=write.bare(low_slope), b=write.bare(high_slope)),
            says("{when}: {x} ({low} bis {high})", "{when}: {x} ({low} to {high})",
                 when=str(trend.period), x=write.value(trend.value), low=write.bare(low), high=write.bare(high)),
        ),
        tuple(place for point in trend.points for place in point.at),
    )  # fmt: skip


def _weather(outcome: Outcome, target: Decimal | None, write: Writer) -> Step:
    first, last = outcome.first, outcome.last
    lines = [says(
        "a = {x} im Jahr, von {v} ({first}) bis {w} ({last})", "a = {x} a year, from {v} ({first}) to {w} ({last})",
        x=write.difference(outcome.average), v=write.bare(first.value or Decimal(0)), first=str(first.period),
        w=write.bare(last.value or Decimal(0)), last=str(last.period),
    )]  # fmt: skip
    if outcome.projected is not None and outcome.miss is not None and target is not None:
        lines.append(says(
            "I + a · Jahre bis zur Frist = {x}; von {way} bis zum Ziel fehlen {miss}",
            "I + a · years to the deadline = {x}; of {way} to the target {miss} are missing",
            x=write.value(outcome.projected), way=write.difference(target - (last.value or Decimal(0))),
            miss=percent(outcome.miss * HUNDRED),
        ))  # fmt: skip
    lines.append(says("{why} → {weather}", "{why} → {weather}", why=_why(outcome), weather=outcome.weather.label))
    return Step(text(de="Wetter nach der Deutschen Nachhaltigkeitsstrategie",
                     en="Weather by the German Sustainability Strategy"),
                tuple(lines), first.at + last.at)  # fmt: skip


def _why(outcome: Outcome) -> Text:
    if outcome.reached:
        return text(de="Ziel erreicht", en="target reached")
    if outcome.miss is None:
        return text(de="keine Bewegung zum Ziel", en="no movement towards the target")
    return text(de="unter 5 % Sonne, bis 20 % leicht bewölkt, darüber Wolke",
                en="below 5% sun, up to 20% partly cloudy, above that cloud")  # fmt: skip


def _progress(progress: Progress, write: Writer) -> Step:
    if progress.compound:
        named = text(de="jährliche Wachstumsrate", en="annual growth rate")
        grown, needed = (percent(each * HUNDRED, 2) for each in (progress.observed, progress.needed))
    else:
        named = text(de="jährliche Veränderung, weil es für 0 und Vorzeichenwechsel keine Rate gibt",
                     en="annual change, since 0 and changes of sign have no rate")  # fmt: skip
        grown, needed = (write.difference(each) for each in (progress.observed, progress.needed))
    return Step(
        text(de="Fortschrittsquote (CAGR, Vereinte Nationen und Open SDG)",
             en="Progress ratio (CAGR, United Nations and Open SDG)"),
        (
            says("{named}: bisher {x}, nötig {y}", "{named}: so far {x}, needed {y}", named=named, x=grown, y=needed),
            says("{x} : {y} = {r} → {light} (grün ab 0,95, gelb ab 0,60)",
                 "{x} : {y} = {r} → {light} (green from 0.95, yellow from 0.60)",
                 x=grown, y=needed, r=plain(progress.ratio), light=progress.light.label),
        ),
    )  # fmt: skip


def _methods(status: TargetStatus) -> Iterator[Step]:
    outlook = status.outlook
    if not status.ratable or not list(outlook.lights):
        return
    lines = [says("Planerfüllung: {x}", "Fulfilment of the plan: {x}", x=status.light.label)]
    if outlook.outcome is not None:
        lines.append(says("Wetter: {x}", "Weather: {x}", x=outlook.outcome.weather.light.label))
    if outlook.progress is not None:
        lines.append(says("Fortschrittsquote: {x}", "Progress ratio: {x}", x=outlook.progress.light.label))
    told = Note.METHOD.label if Note.METHOD in status.notes else text(de="alle gleich", en="all the same")
    yield Step(text(de="Methodenvergleich", en="Methods compared"), (*lines, told))
