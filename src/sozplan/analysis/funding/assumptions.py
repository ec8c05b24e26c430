"""Everything that a proposal takes for granted, each in a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sozplan.analysis.funding.grants import Grant
from sozplan.analysis.funding.proposal import Award, Proposal
from sozplan.analysis.money import euro, total
from sozplan.analysis.words import told_day
from sozplan.diagnostics import Text, text
from sozplan.model.funding import Programme
from sozplan.model.terms import Criterion, FinancingKind, Verdict


def assumptions(proposal: Proposal) -> list[Text]:
    return [*_always(proposal), *_of_programmes(proposal), *_of_awards(proposal), *_of_the_rest(proposal)]


def _always(proposal: Proposal) -> Iterator[Text]:
    yield text(
        de="Der Vorschlag bindet niemanden; über Förderung entscheidet allein der Zuwendungsgeber.",
        en="The proposal binds nobody; the provider alone decides on funding.",
    )
    yield text(
        de="Kosten und Drittmittel fallen an, wie sie eingeplant sind.", en="Cost and third-party money are as planned."
    )
    if proposal.kept:
        yield text(
            de="Was bewilligt oder beantragt ist oder in früheren Jahren schon zahlte, bleibt, wie es eingeplant ist.",
            en="What is granted, applied for or was paid in years gone by stays as planned.",
        )
    if proposal.awards:
        yield text(
            de="Jede Maßnahme stellt je Programm einen eigenen Antrag, für aufeinander folgende Haushaltsjahre.",
            en="Each measure applies by itself to each programme, for consecutive budget years.",
        )
        yield text(
            de="Jeder Antrag wird in voller Höhe bewilligt, bevor die Maßnahme oder ihr neuer Abschnitt beginnt.",
            en="Each application is granted in full before the measure or its new stage begins.",
        )
    if not proposal.exact:
        yield text(
            de="Die Zahl der Möglichkeiten war zu groß, um alle anzusehen: Es kann eine günstigere geben. "
            "Fragen Sie nach einzelnen Maßnahmen.",
            en="There were too many ways to look at them all: one may be better. Ask about single measures.",
        )


def _of_programmes(proposal: Proposal) -> Iterator[Text]:
    used = {award.programme.id: award.programme for award in proposal.awards}
    for programme in used.values():
        name, when = _name(programme), told_day(programme.guideline.date)
        yield text(
            de=f"„{name}“: Sätze und Grenzen wie eingetragen, nach der Fassung vom {when.de}.",
            en=f"“{name}”: rates and limits as entered, by the version of {when.en}.",
        )
        if programme.financing is FinancingKind.DEFICIT:
            yield text(
                de=f"„{name}“ deckt nur den Fehlbedarf: Was andere zahlen, geht vor.",
                en=f"“{name}” covers the deficit only: what others pay goes first.",
            )
        if programme.financing is FinancingKind.FIXED_SUM:
            yield text(
                de=f"„{name}“ zahlt einen festen Betrag; angesetzt ist der höchste zulässige.",
                en=f"“{name}” pays a fixed sum; the highest admissible one is counted on.",
            )
        if programme.subsidiary:
            yield text(
                de=f"„{name}“ ist nachrangig: Es zahlt nur, wo kein anderes Programm zahlt.",
                en=f"“{name}” is subsidiary: it pays only where no other programme does.",
            )


def _of_awards(proposal: Proposal) -> Iterator[Text]:
    """What is open for the same reason is said once, with all measures that it is about."""
    found: dict[tuple[str, Text, Text], list[str]] = {}
    for award in proposal.awards:
        for answer in award.match.answers:
            open_ = answer.verdict is Verdict.CHECK or (
                answer.verdict is Verdict.NO and answer.criterion is Criterion.CUMULATION
            )
            if open_:
                about = (_name(award.programme), answer.criterion.label, answer.reason)
                found.setdefault(about, []).append(award.measure.id)
    for (programme, criterion, reason), measures in found.items():
        ids = ", ".join(measures)
        yield text(
            de=f"„{programme}“ für {ids}, zu prüfen ist {criterion.de}: {reason.de}",
            en=f"“{programme}” for {ids}, to be checked is {criterion.en}: {reason.en}",
        )
    yield from _shared(proposal.awards)


def _shared(awards: tuple[Award, ...]) -> Iterator[Text]:
    """Several programmes on one budget line."""
    for i, one in enumerate(awards):
        for other in awards[i + 1 :]:
            if one.measure.id == other.measure.id and one.lines.keys() & other.lines.keys():
                names = f"„{_name(one.programme)}“ und „{_name(other.programme)}“"
                names_en = f"“{_name(one.programme)}” and “{_name(other.programme)}”"
                yield text(
                    de=f"{one.measure.id}: {names} zahlen je einen Teil derselben Kosten, zusammen nie mehr als diese; "
                    "keines schließt das andere aus.",
                    en=f"{one.measure.id}: {names_en} each pay a part of the same cost, never more than it together; "
                    "neither excludes the other.",
                )


def _of_the_rest(proposal: Proposal) -> Iterator[Text]:
    for grant in proposal.dropped:
        name, sum_ = _name(grant.programme), euro(_planned(grant))
        yield text(
            de=f"{grant.measure.id}: {sum_.de} aus „{name}“ sind eingeplant, aber nicht beantragt, und so nicht "
            "zulässig oder nicht günstiger. Im Vorschlag trägt sie die Kommune.",
            en=f"{grant.measure.id}: {sum_.en} of “{name}” are planned, but not applied for, and not admissible like "
            "this or no better. In the proposal they are own money.",
        )
    for measure in proposal.faulty:
        yield text(
            de=f"{measure.id} ist nicht gerechnet: Was beantragt ist, verstößt schon gegen eine Regel. "
            "„sozplan check --select fin“ sagt, gegen welche.",
            en=f"{measure.id} isn't reckoned with: what is applied for breaks a rule already. "
            "“sozplan check --select fin” says which.",
        )
    for match in proposal.uncounted:
        yield text(
            de=f"{match.pair.measure.id}: „{_name(match.pair.programme)}“ ist nicht gerechnet, weil beim Programm "
            "weder „rate_max“ noch „grant_max“ steht.",
            en=f"{match.pair.measure.id}: “{_name(match.pair.programme)}” isn't reckoned with, since the programme "
            "has neither “rate_max” nor “grant_max”.",
        )


def _planned(grant: Grant) -> Decimal:
    return total(grant.years.values())


def _name(programme: Programme) -> str:
    return programme.short or programme.name
