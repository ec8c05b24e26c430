"""The dossier of one area for the planning conference: figures and local experience side by side, on two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozplan.analysis.designations import latest
from sozplan.analysis.disclosure import Audience
from sozplan.analysis.ground import Territory, parts
from sozplan.analysis.index.place import place, profile
from sozplan.analysis.index.result import Area, Excluded, Placed, Standing
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.areas import LocalEvidence
from sozplan.model.case import Case
from sozplan.model.geometry import Atlas
from sozplan.model.indicators import Indicator
from sozplan.model.terms import AreaKind
from sozplan.model.territory import Designation, SocialArea, Unit
from sozplan.render.charts.classes import Outline
from sozplan.render.cited import Cited, Worded, filled
from sozplan.render.colours import Design
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.html import environment, render
from sozplan.render.index import View, components_csv, note_texts
from sozplan.render.index_pictures import area_map, area_profile, outline, rank_plot
from sozplan.render.index_text import choice_lines, share, span
from sozplan.render.numbers import number, period
from sozplan.render.pdf import Attachment
from sozplan.render.views.names import Names

MAP_HEIGHT, BESIDE_RANKS = 235.0, 150.0
"""Points; so two pages hold it all."""
ROWS = 8


@dataclass(frozen=True, slots=True)
class Seat:
    """Where the area stands: a unit's own place, or that of a composed area on the units' scale."""

    score: float | None
    rank: int | None
    class_: str | None
    suggested: bool | None
    borderline: bool
    themes: tuple[str, ...]
    standings: tuple[Standing, ...]
    why_not: Text | None = None

    @property
    def above(self) -> int:
        return sum(each.above for each in self.standings)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that the area is made of, with its place in the index or the reason why it has none."""

    unit: Unit
    part: Decimal
    area: Area | None
    excluded: Excluded | None
    span: str
    share: str


@dataclass(frozen=True, slots=True)
class Session:
    """What a body reported on a day, and the documents that prove it."""

    day: date
    body: str
    proofs: tuple[str, ...]
    statements: tuple[str, ...]


def dossier(
    case: Case, view: View, about: Territory, atlas: Atlas | None, *, lang: Lang, audience: Audience, stamp: Stamp
) -> Html:
    """The document with the area's components as CSV; without borders it has no map and says so."""
    result, settings = view.result, case.plan.settings
    seat = _seat(case, view, about)
    design = Design(primary=settings.design.primary, accent=settings.design.accent)
    units = _units(case, view, about, lang)
    areas = [about] if isinstance(about, SocialArea) else _areas_of(case, about)
    decisions = tuple(found for area in areas if (found := _decision(case, area)) is not None)
    title = about.name
    head = frame(settings, stamp, title, draft=False, audience=audience)
    alone = Outline(about.name, frozenset([about.id]), is_social_area=False)
    around = outline(view, about) if isinstance(about, SocialArea) else alone
    attached = Attachment(
        f"{about.id}-{result.index.id}-{result.period.text.replace('/', '-')}.csv",
        components_csv(seat.standings, lang, audience).encode("utf-8-sig"),
        text(de="Kennzahlen des Dossiers", en="The dossier's figures").say(lang),
    )
    html = render(
        environment(lang),
        "dossier.html.j2",
        paper=head,
        result=result,
        about=about,
        seat=seat,
        findings=tuple(_findings(case, view, seat, about, lang)),
        units=units,
        profile=area_profile(case, about.name, seat.standings, lang, audience=audience, design=design),
        map=area_map(view, atlas, lang, outlines=[around], design=design, height=MAP_HEIGHT if units else BESIDE_RANKS)
        if atlas
        else None,
        ranks=None if units else rank_plot(view, [about.id], lang, design=design, most=ROWS),
        decisions=decisions,
        experience=_experience(case, areas, decisions),
        names=Names(case.plan),
        atlas=atlas,
        choices=tuple(choice_lines(view, lang)),
        notes=tuple(note_texts(view)),
        variations=view.firm.variations if view.firm else (),
        share=lambda value: share(value, lang),
        cite=lambda unit, name, value, places=None: _Cite(view, unit, lang)(name, value, places),
        sheets=tuple(sheet for each in seat.standings if (sheet := case.plan.find(each.indicator, Indicator))),
    )
    return Html(html, title, lang, (attached,), pictures(settings))


def _seat(case: Case, view: View, about: Territory) -> Seat:
    result = view.result
    if about.id not in result.position:
        found = place(case, result, about)
        why = None if found.score is not None else _lacking(case, found)
        return Seat(
            found.score, found.rank, found.class_, found.suggested, found.borderline, found.themes, found.standings, why
        )
    standings = profile(case, result, about.id)
    area = result.by_unit.get(about.id)
    if area is None:
        reason = next(each.reason for each in result.excluded if each.unit == about.id)
        return Seat(None, None, None, None, False, (), standings, reason)
    return Seat(area.score, area.rank, area.class_, area.suggested, area.borderline, area.themes, standings)


def _lacking(case: Case, found: Placed) -> Text:
    told = Names(case.plan).list(found.missing)
    return Text(f"Es fehlt: {told}.", f"Missing: {told}.")


def _units(case: Case, view: View, about: Territory, lang: Lang) -> tuple[UnitRow, ...]:
    """What a composed area is made of at the end of the period; nothing of a unit that is rated itself."""
    result = view.result
    if about.id in result.position:
        return ()
    left_out = {each.unit: each for each in result.excluded}
    rows = []
    for id, part in parts(case.plan, about, result.period.end).items():
        unit, firm = case.plan.find(id, Unit), view.firm_by_unit.get(id)
        if unit is not None and id in result.position:
            told = (span(firm), share(firm.share, lang)) if firm else ("–", "–")
            rows.append(UnitRow(unit, part, result.by_unit.get(id), left_out.get(id), *told))
    return tuple(sorted(rows, key=lambda row: row.unit.key))


def _areas_of(case: Case, unit: Territory) -> list[Territory]:
    """The social areas that a unit lies in; areas under building law are decided on by other criteria."""
    chosen = (area for area in case.plan.social_areas if area.kind is not AreaKind.FUNDING)
    return [area for area in chosen if any(part.unit == unit.id for part in area.parts)]


def _decision(case: Case, about: Territory) -> Designation | None:
    """The newest on the area; one that is still a draft counts, for a dossier is made before it is decided."""
    every = [each for each in case.plan.designations if each.area == about.id]
    return latest(case).get(about.id) or max(every, key=lambda each: each.date, default=None)


def _experience(case: Case, areas: Sequence[Territory], decisions: Sequence[Designation]) -> tuple[Session, ...]:
    """What designations plead; before there is one, what the needs of the area's plans rest on. By session."""
    said = [each for decision in decisions for each in decision.local_experience]
    ids = {area.id for area in areas}
    for plan in () if said else case.plan.area_plans:
        for need in plan.needs if plan.area in ids else ():
            said += [each for each in need.evidence if isinstance(each, LocalEvidence)]
    sessions: dict[tuple[date, str], list[LocalEvidence]] = {}
    for each in said:
        if each.date <= case.as_of:
            sessions.setdefault((each.date, each.body), []).append(each)
    return tuple(_session(*key, some) for key, some in sorted(sessions.items()))


def _session(day: date, body: str, some: Sequence[LocalEvidence]) -> Session:
    proofs = dict.fromkeys(each.document.title or each.document.path for each in some if each.document)
    return Session(day, body, tuple(proofs), tuple(dict.fromkeys(each.statement for each in some)))


def _findings(case: Case, view: View, seat: Seat, about: Territory, lang: Lang) -> Iterator[str]:
    """What is to be known at first sight, in sentences."""
    cite, when = _Cite(view, about, lang), period(view.result.period, lang)
    if seat.why_not is not None or seat.score is None:
        yield (
            text(
                de=f"Der Index bewertet das Gebiet für {when} nicht. {seat.why_not.de if seat.why_not else ''}",
                en=f"The index doesn't rate the area for {when}. {seat.why_not.en if seat.why_not else ''}",
            )
            .say(lang)
            .rstrip()
        )
    else:
        yield _place_said(view, seat, about, cite, lang)
    themes = f" ({', '.join(Names(case.plan).full(theme) for theme in seat.themes)})" if seat.themes else ""
    burden = text(
        de="Mehrfachbelastung: {} von {} Kennzahlen liegen mindestens eine Standardabweichung über dem Mittel der "
        "bewerteten Gebiete",
        en="Multiple burden: {} of {} indicators lie at least one standard deviation above the mean of the rated areas",
    )
    known = sum(each.value is not None for each in seat.standings)
    if known:
        count, all = cite("multiple_burden", seat.above), cite("components", known)
        yield Worded(*filled(burden.say(lang), count, all).pieces, f"{themes}.")
    if view.firm and (firm := view.firm_by_unit.get(about.id)):
        kept = text(
            de="In {} von {} Rechenvarianten bleibt die Klasse gleich; Rang in allen Varianten: {}.",
            en="In {} of {} variants the class stays the same; rank in all variants: {}.",
        )
        yield filled(kept.say(lang), share(firm.share, lang), cite("runs", view.firm.runs), span(firm))
    if seat.borderline:
        near = text(
            de="Grenzfall: Der Wert liegt höchstens {} σ von einer Klassengrenze.",
            en="Borderline: the score lies at most {} σ from a class bound.",
        )
        yield filled(near.say(lang), cite("borderline", view.result.method.borderline))
    if seat.suggested is not None:
        yield (_SUGGESTED if seat.suggested else _NOT_SUGGESTED).say(lang)


@dataclass(frozen=True, slots=True)
class _Cite:
    """Numbers of the result in words; they are named as `sozplan index --format json` names them."""

    view: View
    about: Territory
    lang: Lang

    def __call__(self, name: str, value: Decimal | int | float, places: int | None = None) -> Cited:
        exact = Decimal(f"{value:.9g}") if isinstance(value, float) else value
        return Cited(number(exact, self.lang, places=places), exact, reference(self.view, self.about.id, name))


def reference(view: View, area: str, name: str) -> str:
    return f"{view.result.index.id}/{view.result.period}/{area}#{name}"


def _place_said(view: View, seat: Seat, about: Territory, cite: _Cite, lang: Lang) -> str:
    named = text(de=f", Klasse „{seat.class_}“", en=f", class “{seat.class_}”").say(lang)
    class_ = "" if seat.class_ is None else named
    if about.id not in view.result.position:
        said = text(
            de="unter den {} bewerteten Gebieten wäre das Rang {}.",
            en="among the {} rated areas that would be rank {}.",
        )
        numbers = (cite("rated", len(view.result.areas)), cite("rank", seat.rank or 0))
    else:
        said = text(de="Rang {} von {} (1 = am stärksten belastet).", en="rank {} of {} (1 = most burdened).")
        numbers = (cite("rank", seat.rank or 0), cite("rated", len(view.result.areas)))
    head = f"{view.result.index.name} {period(view.result.period, lang)}: "
    score = cite("score", seat.score or 0.0, 2)
    return Worded(head, score, f"{class_}; ", *filled(said.say(lang), *numbers).pieces)


_SUGGESTED = text(de="Der Index legt eine Festlegung nahe.", en="The index suggests a designation.")
_NOT_SUGGESTED = text(de="Der Index legt eine Festlegung nicht nahe.", en="The index doesn't suggest a designation.")
