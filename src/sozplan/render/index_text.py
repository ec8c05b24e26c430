"""A social index as tables for the terminal, and the sentences that stand below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.index.choices import Choice, Origin
from sozplan.analysis.index.result import Area
from sozplan.analysis.index.tally import Firmness
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.indices import Bound, Method
from sozplan.render.charts.wording import quoted
from sozplan.render.index import View, note_texts, told
from sozplan.render.numbers import day, number, period
from sozplan.render.phrases import INTERNAL
from sozplan.render.terminal import WIDTH, Page
from sozplan.render.values import Values
from sozplan.render.views.names import Names

if TYPE_CHECKING:
    from rich.table import Table

DESIGNATED, BORDERLINE = "◆", "±"


def as_text(view: View, lang: Lang, *, colour: bool = False, width: int = WIDTH) -> str:
    """Areas by rank, social areas on the same scale, who isn't rated and why, and each choice of the method."""
    page = Page(colour=colour, width=width)
    out, result = page.console, view.result
    if result.audience is Audience.INTERNAL:
        out.print(INTERNAL.say(lang))
    out.print(f"{result.index.name}, {period(result.period, lang)}, {_METHOD.say(lang)} {result.method.version}")
    out.print(_counted(view).say(lang))
    out.print(_ranking(view, lang))
    if view.placed:
        out.print(_composed(view, lang))
        for line in _unplaced(view, lang):
            out.print(_indented(line))
    if result.excluded:
        out.print(f"{_EXCLUDED.say(lang)}:")
        for each in result.excluded:
            out.print(_indented(f"  {each.key} {each.name}: {each.reason.say(lang)}"))
        out.print()
    out.print(_components(view, lang))
    for line in (*_firm_lines(view, lang), *(each.say(lang) for each in note_texts(view)), *_legend(view, lang)):
        out.print(_indented(line))
    out.print(f"\n{_HOW.say(lang)}:")
    for line in choice_lines(view, lang):
        out.print(_indented(f"  {line}"))
    return page.text


_METHOD = text(de="Methode", en="method")
_EXCLUDED = text(de="Nicht bewertet", en="Not rated")
_HOW = text(de="So ist gerechnet", en="How it was computed")


def _counted(view: View) -> Text:
    rated, left_out = len(view.result.areas), len(view.result.excluded)
    return text(
        de=f"{rated} Gebiete bewertet, {left_out} nicht. Je höher der Wert, desto stärker belastet. "
        f"Stand {day(view.as_of, 'de')}.",
        en=f"{rated} areas rated, {left_out} not. The higher the score, the more burdened. "
        f"As of {day(view.as_of, 'en')}.",
    )


_RANKING = (
    (text(de="Rang", en="Rank"), True),
    (text(de="Gebiet", en="Area"), False),
    (text(de="Index", en="Index"), True),
    (text(de="Dynamik", en="Dynamics"), False),
    (text(de="≥1σ", en="≥1σ"), True),
    (text(de="Ränge", en="Ranks"), True),
    (text(de="gleich", en="same"), True),
)


def _ranking(view: View, lang: Lang) -> Table:
    """By rank, a heading a class; the columns that nothing is known for are left out."""
    result, firm = view.result, view.firm_by_unit
    left_out = {_RANKING[i] for i, gone in ((3, result.changes is None), (5, not firm), (6, not firm)) if gone}
    table = _table([(head.say(lang), is_number) for head, is_number in _RANKING if (head, is_number) not in left_out])
    before: str | None = None
    for area in sorted(result.areas, key=lambda area: (area.rank, area.key)):
        if area.class_ is not None and area.class_ != before:
            table.add_row("", _heading(area.class_))
            before = area.class_
        cells = dict(zip(_RANKING, _rank_cells(view, area, firm.get(area.unit), lang), strict=True))
        table.add_row(*(cell for head, cell in cells.items() if head not in left_out))
    return table


def _heading(class_: str) -> Any:
    from rich.text import Text as Rich

    return Rich(class_, style="bold")


def _rank_cells(view: View, area: Area, found: Firmness | None, lang: Lang) -> tuple[str, ...]:
    chosen = f" {DESIGNATED}" if area.unit in view.designated else ""
    near = f" {BORDERLINE}" if area.borderline else ""
    return (
        str(area.rank),
        f"{area.key} {area.name}{chosen}{near}",
        _score(area.score, lang),
        area.dynamics_class or ("–" if area.dynamics_score is None else _score(area.dynamics_score, lang)),
        f"{area.multiple}/{len(view.result.measures)}",
        span(found) if found else "–",
        share(found.share, lang) if found else "–",
    )


def span(found: Firmness) -> str:
    first, last = found.most_burdened_rank, found.least_burdened_rank
    return str(first) if first == last else f"{first}–{last}"


def _composed(view: View, lang: Lang) -> Table:
    names = Names(view.plan)
    heads = [each.say(lang) for each in (_AREAS, _RANKING[2][0], _CLASS, *_CHOICE)]
    table = _table([(head, i == 1) for i, head in enumerate(heads)])
    chosen = {area for areas in view.designated.values() for area in areas}
    for each in view.placed:
        near = f" {BORDERLINE}" if each.borderline else ""
        score = "–" if each.score is None else _score(each.score, lang)
        suggested = _YES_NO.get(each.suggested, text(de="–", en="–")).say(lang)
        decided = _YES_NO[each.area in chosen].say(lang)
        table.add_row(names.full(each.area), score, f"{each.class_ or '–'}{near}", suggested, decided)
    return table


def _unplaced(view: View, lang: Lang) -> Iterator[str]:
    """Why a social area has no place on the scale: what it lacks."""
    names = Names(view.plan)
    measures = {each.indicator: each.name for each in view.result.measures}
    for each in view.placed:
        if each.score is None:
            lacking = ", ".join(quoted(measures[id], lang) for id in each.missing)
            said = text(de=f"fehlt {lacking}", en=f"{lacking} missing").say(lang)
            yield f"  {names.full(each.area)}: {said}."


_AREAS = text(de="Sozialräume auf dieser Skala", en="Social areas on this scale")
_CLASS = text(de="Klasse", en="Class")
_CHOICE = (text(de="nahegelegt", en="suggested"), text(de="festgelegt", en="designated"))
_YES_NO: Mapping[bool | None, Text] = {True: text(de="ja", en="yes"), False: text(de="nein", en="no")}


def _components(view: View, lang: Lang) -> Table:
    heads = (
        (text(de="Komponente", en="Component"), False),
        (text(de="Handlungsfeld", en="Theme"), False),
        (text(de="Periode", en="Period"), False),
        (text(de="Gewicht", en="Weight"), True),
        (text(de="Mittel", en="Mean"), True),
        (text(de="σ", en="σ"), True),
    )
    table, names = _table([(head.say(lang), is_number) for head, is_number in heads]), Names(view.plan)
    for measure, component in zip(view.result.measures, view.result.method.components, strict=True):
        table.add_row(
            measure.name,
            names.short(component.theme) if component.theme else "–",
            period(measure.period, lang),
            number(component.weight, lang),
            *("–" if each is None else _score(each, lang) for each in (measure.mean, measure.sigma)),
        )
    return table


def _table(heads: list[tuple[str, bool]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for head, is_number in heads:
        table.add_column(head, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    return table


def _score(value: float, lang: Lang) -> str:
    return number(Decimal(f"{value:.9g}"), lang, places=2)


def share(value: float | None, lang: Lang) -> str:
    """Rounded down, so that 100 % means always."""
    if value is None:
        return "–"
    shown = f"{int(value * 100 + 1e-9)}"
    return f"{shown} %" if lang == "de" else f"{shown}%"


def _firm_lines(view: View, lang: Lang) -> Iterator[str]:
    if view.firm is None:
        return
    yield text(
        de=f"Robustheit: {view.firm.runs} Läufe mit anderen Festlegungen. „Ränge“: Spanne über alle Läufe; „gleich“: "
        "Anteil der Läufe in derselben Klasse.",
        en=f"Robustness: {view.firm.runs} runs with other choices. “Ranks”: span over all runs; “same”: share of the "
        "runs in the same class.",
    ).say(lang)
    for each in view.firm.variations:
        if each.kept is not None:
            runs = text(de="Lauf" if each.runs == 1 else "Läufe", en="run" if each.runs == 1 else "runs").say(lang)
            kept = text(de="der Gebiete in derselben Klasse", en="of the areas in the same class").say(lang)
            yield f"  {each.label.say(lang)} ({each.runs} {runs}): {share(each.kept, lang)} {kept}"


def _legend(view: View, lang: Lang) -> Iterator[str]:
    if view.designated:
        yield f"{DESIGNATED} {text(de='liegt in einem festgelegten Gebiet', en='lies in a designated area').say(lang)}."
    if any(area.borderline for area in view.result.areas) or any(area.borderline for area in view.placed):
        told = number(view.result.method.borderline, lang)
        yield text(
            de=f"{BORDERLINE} Grenzfall: höchstens {told} σ von einer Klassengrenze.",
            en=f"{BORDERLINE} Borderline: at most {told} σ from a class bound.",
        ).say(lang)


def _indented(line: str) -> Any:
    """Lines that begin with blanks keep them where they are broken."""
    from rich.padding import Padding
    from rich.text import Text as Rich

    blanks = len(line) - len(line.lstrip())
    return Padding(Rich(line.lstrip()), (0, 0, 0, blanks)) if blanks else Rich(line)


def choice_lines(view: View, lang: Lang) -> Iterator[str]:
    """A line a section of the method; what nobody declared says where it comes from.

    Indicators and weights stand in the table of components already.
    """
    values = Values(Names(view.plan), lang)
    chains = _chains(view.result.method, lang)
    sections: dict[str, list[Choice]] = {}
    for each in view.choices:
        if not _IN_TABLE.fullmatch(each.path) and not _IN_CHAIN.search(each.path):
            sections.setdefault(each.labels[0].say(lang), []).append(each)
    for section, some in sections.items():
        origins = {each.origin for each in some}
        said = [_said(each, chains.get(each.path) or told(each, values), lang, len(origins) > 1) for each in some]
        yield f"{section}: {'; '.join(dict.fromkeys(said))}{_from(some[0], lang) if len(origins) == 1 else ''}"


_IN_TABLE = re.compile(r"components\.\d+\.(indicator|weight|theme)")
_IN_CHAIN = re.compile(r"classes\.bounds\.(\d+\.(to|including)|[1-9]\d*\.name)")
_CHAIN = "classes.bounds.0.name"


def _chains(method: Method, lang: Lang) -> Mapping[str, str]:
    """The classes of status and dynamics in one piece, by the path of the first of their names."""
    dynamics = method.dynamics.classes if method.dynamics else None
    found = {_CHAIN: method.classes, f"dynamics.{_CHAIN}": dynamics}
    return {path: _chained(some.bounds, lang) for path, some in found.items() if some is not None}


def _chained(bounds: Sequence[Bound], lang: Lang) -> str:
    """`gering < −1 ≤ mittel ≤ 1 < hoch`: which class a bound itself belongs to is seen."""
    said = []
    for bound in bounds:
        said.append(bound.name)
        if bound.to is not None:
            below, above = ("≤", "<") if bound.including else ("<", "≤")
            said += [below, number(bound.to, lang), above]
    return " ".join(said)


def _said(choice: Choice, told: str, lang: Lang, with_origin: bool) -> str:
    inner = " › ".join(label.say(lang) for label in choice.labels[1:] if not choice.path.endswith(_CHAIN))
    return f"{f'{inner} ' if inner else ''}{told}{_from(choice, lang) if with_origin else ''}"


def _from(choice: Choice, lang: Lang) -> str:
    return "" if choice.origin is Origin.DECLARED else f" ({choice.origin.label.say(lang)})"
