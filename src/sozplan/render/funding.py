"""Which programmes may pay: for the terminal by measure, and as JSON; the dates of funding besides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sozplan.analysis.due import Due, binding_day, proof_day
from sozplan.analysis.funding.answers import Answer, state
from sozplan.analysis.funding.assumptions import assumptions
from sozplan.analysis.funding.matching import Match
from sozplan.analysis.funding.proposal import Award, Proposal
from sozplan.diagnostics import Lang, text
from sozplan.model.case import Case
from sozplan.model.funding import Application, Programme
from sozplan.model.terms import ApplicationState, Verdict
from sozplan.render.due import item
from sozplan.render.numbers import day, money
from sozplan.render.terminal import WIDTH, Page
from sozplan.render.views.names import Names

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SIGNS = {Verdict.YES: "✓", Verdict.NO: "✗", Verdict.CHECK: "?"}
_COLOURS = {Verdict.YES: "green", Verdict.NO: "red", Verdict.CHECK: "yellow"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said, and how much of it: `full` shows every criterion of every programme."""

    case: Case
    matches: Sequence[Sequence[Match]]
    proposal: Proposal
    dates: Sequence[Due]
    full: bool = False


def as_text(told: Told, lang: Lang, *, colour: bool = False, width: int = WIDTH) -> str:
    """Measure by measure, then what would leave the least own share."""
    page = Page(colour=colour, width=width)
    if not told.matches:
        has_programmes = bool(told.case.plan.all(Programme))
        page.console.print((_NOTHING if has_programmes else _NO_PROGRAMME).say(lang))
        return page.text + _as_of(told, lang)
    for own in told.matches:
        _measure(page.console, own, lang, full=told.full)
    _proposal(page.console, told.proposal, lang)
    return f"{page.text}\n{_as_of(told, lang)}"


def _as_of(told: Told, lang: Lang) -> str:
    when = told.case.as_of
    return text(de=f"Stand {day(when, 'de')}.\n", en=f"As of {day(when, 'en')}.\n").say(lang)


_NOTHING = text(de="Keine laufende oder geplante Maßnahme.", en="No measure is running or planned.")
_NO_PROGRAMME = text(
    de="Es ist kein Förderprogramm eingetragen (plans/funding/*.yaml).",
    en="No funding programme is entered (plans/funding/*.yaml).",
)
_FREE = text(de="Noch zulässige Programme: keines.", en="Programmes still admissible: none.")


def _measure(out: Console, own: Sequence[Match], lang: Lang, *, full: bool) -> None:
    from rich.padding import Padding

    measure = own[0].pair.measure
    out.print(f"{measure.title} ({measure.id})", style="bold")
    shown = [each for each in own if full or each.verdict is not Verdict.NO or each.pair.grant is not None]
    for match in shown:
        head = f"{SIGNS[match.verdict]} {_programme(match, lang)}: {match.verdict.label.say(lang)}"
        out.print(Padding(head, (0, 0, 0, 2)), style=_COLOURS[match.verdict])
        if full:
            out.print(Padding(_terms(match.pair.programme, lang), (0, 0, 0, 4)))
        answers = [each for each in match.answers if full or each.verdict is not Verdict.YES]
        if answers:
            out.print(_answers(answers, lang))
    if not shown:
        out.print(f"  {_FREE.say(lang)}")
    if refused := [each for each in own if each not in shown]:
        names = "; ".join(f"{_name(each.pair.programme)} ({_reasons(each, lang)})" for each in refused)
        out.print(Padding(text(de=f"Nein: {names}", en=f"No: {names}").say(lang), (0, 0, 0, 2)))
    out.print("")


def _programme(match: Match, lang: Lang) -> str:
    reached = match.state
    programme = match.pair.programme
    done = f", {reached[0].label.say(lang)} {day(reached[1], lang)}" if reached else ""
    return f"{_name(programme)} ({programme.id}{done})"


def _terms(programme: Programme, lang: Lang) -> str:
    """What binds, and what the money commits to."""
    guideline = programme.guideline
    said = [guideline.citation or f"{guideline.title} ({day(guideline.date, lang)})", programme.provider]
    if programme.proof_months is not None:
        proof = text(
            de=f"Verwendungsnachweis {programme.proof_months} Monate nach dem Ende",
            en=f"proof of use {programme.proof_months} months after the end",
        )
        said.append(proof.say(lang))
    if programme.binding_years:
        bound = text(
            de=f"Zweckbindung in Jahren: {programme.binding_years}", en=f"years of binding: {programme.binding_years}"
        )
        said.append(bound.say(lang))
    if programme.subsidiary:
        said.append(text(de="nachrangig", en="subsidiary").say(lang))
    return "; ".join(said)


def _reasons(match: Match, lang: Lang) -> str:
    return ", ".join(each.criterion.label.say(lang) for each in match.answers if each.verdict is Verdict.NO)


def _answers(answers: Sequence[Answer], lang: Lang) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in answers:
        said = each.reason.say(lang) + (f" → {each.change.say(lang)}" if each.change else "")
        word = f"    {SIGNS[each.verdict]} {each.verdict.label.say(lang)}"
        table.add_row(word, each.criterion.label.say(lang), said)
    return table


def _proposal(out: Console, proposal: Proposal, lang: Lang) -> None:
    heading = text(
        de="Unverbindlicher Vorschlag: die zulässige Kombination mit dem geringsten Eigenanteil",
        en="Non-binding proposal: the admissible combination with the least own share",
    )
    out.print(heading.say(lang), style="bold")
    if proposal.awards:
        out.print(_awards(proposal.awards, lang))
    else:
        none = text(de="Kein weiteres Programm senkt den Eigenanteil.", en="No further programme lowers the own share.")
        out.print(f"  {none.say(lang)}")
    for line in _own(proposal, lang):
        out.print(f"  {line}")
    out.print("")
    out.print(text(de="Dabei ist angenommen:", en="Assumed in it:").say(lang))
    from rich.padding import Padding

    for i, each in enumerate(assumptions(proposal), 1):
        out.print(Padding(f"{i}. {each.say(lang)}", (0, 0, 0, 2)))


def _awards(awards: Sequence[Award], lang: Lang) -> Table:
    """Names and years may break; a sum never does."""
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for each in awards:
        years = ", ".join(f"{year}:\u00a0{money(euro, lang)}" for year, euro in each.years.items())
        table.add_row(f"  {each.measure.id}", _name(each.programme), years, money(each.total, lang))
    return table


def _own(proposal: Proposal, lang: Lang) -> Iterator[str]:
    rows = (
        (text(de="Eigenmittel laut Plan", en="Own money as planned"), proposal.own_planned),
        (
            text(de="ohne Förderung, die noch nicht beantragt ist", en="without grants not applied for yet"),
            proposal.own_firm,
        ),
        (text(de="nach dem Vorschlag", en="by the proposal"), proposal.own),
    )
    for label, euro in rows:
        yield f"{label.say(lang)}: {money(euro, lang)}"


def _name(programme: Programme) -> str:
    return programme.short or programme.name


def as_dates(told: Told, lang: Lang, *, colour: bool = False, width: int = WIDTH) -> str:
    """The calendar, then the applications by their state."""
    page = Page(colour=colour, width=width)
    out = page.console
    out.print(text(de="Fristen", en="Dates").say(lang), style="bold")
    out.print(_dates(told, lang) if told.dates else f"  {text(de='Keine.', en='None.').say(lang)}")
    out.print("")
    out.print(text(de="Anträge nach Stand", en="Applications by state").say(lang), style="bold")
    found = list(_states(told.case))
    if not found:
        out.print(f"  {text(de='Keine.', en='None.').say(lang)}")
    from rich.padding import Padding

    for reached, applications in found:
        out.print(f"  {reached.label.say(lang)}: {len(applications)}")
        out.print(Padding(_applications(applications, lang), (0, 0, 0, 4)))
    return f"{page.text}\n{_as_of(told, lang)}"


def _dates(told: Told, lang: Lang) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    names = Names(told.case.plan)
    late = text(de="überfällig", en="overdue").say(lang)
    for each in told.dates:
        mark = f" – {late}" if each.day < told.case.as_of else ""
        said = f"{each.kind.label.say(lang)}: {each.title.say(lang)}{mark}"
        table.add_row(f"  {day(each.day, lang)}", said, names.short(each.office) if each.office else "")
    return table


def _states(case: Case) -> Iterator[tuple[ApplicationState, list[Application]]]:
    """In the order in which an application passes through them."""
    found: dict[ApplicationState, list[Application]] = {}
    for each in case.plan.applications:
        if (reached := state((each,), case.as_of)) is not None:
            found.setdefault(reached[0], []).append(each)
    return ((each, found[each]) for each in ApplicationState if each in found)


def _applications(applications: Sequence[Application], lang: Lang) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for each in applications:
        sums = (each.granted, each.requested)
        amount = next((euro for euro in sums if euro is not None), None)
        is_granted = each.granted is not None
        word = text(de="bewilligt" if is_granted else "beantragt", en="granted" if is_granted else "requested")
        said = f"{money(amount, lang)} {word.say(lang)}" if amount is not None else "–"
        table.add_row(f"{each.title} ({each.id})", said)
    return table


def as_json(told: Told, lang: Lang) -> str:
    """The contract of `funding --format json`."""
    plan, as_of = told.case.plan, told.case.as_of
    document = {
        "version": 1,
        "as_of": as_of.isoformat(),
        "measures": [_of_measure(own, lang) for own in told.matches],
        "proposal": _of_proposal(told.proposal, lang),
        "dates": [item(each, as_of, lang) for each in told.dates],
        "applications": [_of_application(told.case, each) for each in plan.applications],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _of_measure(own: Sequence[Match], lang: Lang) -> dict[str, Any]:
    measure = own[0].pair.measure
    return {
        "measure": measure.id,
        "title": measure.title,
        "programmes": [
            {
                "programme": each.pair.programme.id,
                "verdict": each.verdict.value,
                "guideline": _guideline(each.pair.programme),
                "financing": each.pair.programme.financing.value,
                "subsidiary": each.pair.programme.subsidiary,
                "proof_months": each.pair.programme.proof_months,
                "binding_years": each.pair.programme.binding_years,
                "state": each.state[0].value if each.state else None,
                "planned": _euro(each.planned),
                "years": list(each.pair.years),
                "criteria": [_of_answer(answer, lang) for answer in each.answers],
            }
            for each in own
        ],
    }


def _guideline(programme: Programme) -> dict[str, Any]:
    found = programme.guideline
    return {"title": found.title, "date": found.date.isoformat(), "citation": found.citation}


def _of_answer(answer: Answer, lang: Lang) -> dict[str, Any]:
    return {
        "criterion": answer.criterion.value,
        "verdict": answer.verdict.value,
        "reason": answer.reason.say(lang),
        "change": answer.change.say(lang) if answer.change else None,
    }


def _of_proposal(proposal: Proposal, lang: Lang) -> dict[str, Any]:
    return {
        "binding": False,
        "exact": proposal.exact,
        "own_planned": _euro(proposal.own_planned),
        "own_without": _euro(proposal.own_firm),
        "own": _euro(proposal.own),
        "awards": [
            {
                "measure": each.measure.id,
                "programme": each.programme.id,
                "years": {str(year): _euro(euro) for year, euro in each.years.items()},
                "total": _euro(each.total),
            }
            for each in proposal.awards
        ],
        "assumptions": [each.say(lang) for each in assumptions(proposal)],
    }


def _of_application(case: Case, each: Application) -> dict[str, Any]:
    reached = state((each,), case.as_of)
    drawn = [
        stage.amount for stage in each.stages if stage.state is ApplicationState.DRAWDOWN and stage.amount is not None
    ]
    return {
        "application": each.id,
        "programme": each.programme,
        "measures": list(each.measures),
        "state": reached[0].value if reached else None,
        "since": reached[1].isoformat() if reached else None,
        "requested": _euro(each.requested),
        "granted": _euro(each.granted),
        "drawn": _euro(sum(drawn, Decimal(0))) if drawn else None,
        "grant_end": _day(each.grant_end),
        "proof_due": _day(proof_day(case.plan, each)),
        "binding_end": _day(binding_day(case.plan, each)),
    }


def _euro(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
