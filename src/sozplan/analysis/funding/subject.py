"""The criteria of what is funded, for whom and by whom: theme, target group, applicant, types of cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sozplan.analysis.funding.answers import Answer, Pair, check, listed, no, unsaid, yes
from sozplan.diagnostics import Text, text
from sozplan.model.funding import Programme
from sozplan.model.measures import BudgetLine
from sozplan.model.memory import once
from sozplan.model.organisation import Actor
from sozplan.model.plan import Plan
from sozplan.model.terms import ActorKind, Criterion


def theme(pair: Pair) -> Answer:
    own, asked = pair.measure.theme, pair.programme.themes
    if not asked:
        return unsaid(Criterion.THEME, pair.programme, "themes")
    if own is None:
        return unsaid(Criterion.THEME, pair.measure, "theme")
    if own in asked:
        return yes(
            Criterion.THEME, f"„{_name(pair.plan, own)}“ wird gefördert.", f"“{_name(pair.plan, own)}” is funded."
        )
    names = listed([_name(pair.plan, each) for each in asked])
    return no(
        Criterion.THEME,
        text(
            de=f"Gefördert wird {names}, nicht „{_name(pair.plan, own)}“.",
            en=f"Funded is {names}, not “{_name(pair.plan, own)}”.",
        ),
        text(
            de="Nur wenn die Maßnahme wirklich einem dieser Handlungsfelder dient: „theme“ der Maßnahme ändern.",
            en="Only if the measure really serves one of these themes: change its “theme”.",
        ),
    )


def group(pair: Pair) -> Answer:
    own, asked = pair.measure.target_groups, pair.programme.target_groups
    if not asked:
        return unsaid(Criterion.GROUP, pair.programme, "target_groups")
    if not own:
        return unsaid(Criterion.GROUP, pair.measure, "target_groups")
    shared = [_name(pair.plan, each) for each in own if each in asked]
    if shared:
        return yes(Criterion.GROUP, f"Gefördert wird für {listed(shared)}.", f"Funded is for {listed(shared)}.")
    names, mine = listed([_name(pair.plan, each) for each in asked]), listed([_name(pair.plan, each) for each in own])
    return no(
        Criterion.GROUP,
        text(de=f"Gefördert wird für {names}, nicht für {mine}.", en=f"Funded is for {names}, not for {mine}."),
        text(
            de="Nur wenn die Maßnahme auch diese Gruppen erreicht: „target_groups“ der Maßnahme ergänzen.",
            en="Only if the measure reaches these groups, too: add to its “target_groups”.",
        ),
    )


def applicant(pair: Pair) -> Answer:
    """The office that applies, else the responsible one; that it belongs to an eligible one suffices."""
    asked = pair.programme.applicants
    if not asked:
        return unsaid(Criterion.APPLICANT, pair.programme, "applicants")
    named = [each.applicant for each in (pair.grant.applications if pair.grant else ()) if each.applicant]
    who = pair.plan.find(named[0] if named else pair.measure.responsible, Actor)
    if who is None:
        return unsaid(Criterion.APPLICANT, pair.measure, "responsible")
    fitting = next((each for each in _upwards(pair.plan, who) if each.kind in asked), None)
    if fitting is not None:
        kind, label = fitting.kind.label, fitting.label
        return yes(Criterion.APPLICANT, f"{label} ({kind.de}) darf beantragen.", f"{label} ({kind.en}) may apply.")
    kinds = _kinds(asked)
    reason = text(
        de=f"Antragsberechtigt: {kinds.de}. {who.label} ist {who.kind.label.de}.",
        en=f"May apply: {kinds.en}. {who.label} is {who.kind.label.en}.",
    )
    partners = [pair.plan.find(id, Actor) for id in (*pair.measure.executing, *pair.measure.partners)]
    eligible = [each.label for each in partners if each is not None and each.kind in asked]
    if eligible:
        could = listed(eligible)
        return check(
            Criterion.APPLICANT,
            reason,
            text(
                de=f"Klären, ob {could} den Antrag stellt; im Antrag unter „applicant“ eintragen.",
                en=f"See whether {could} applies; enter it under “applicant” of the application.",
            ),
        )
    return no(
        Criterion.APPLICANT,
        reason,
        text(
            de="Eine antragsberechtigte Stelle müsste die Maßnahme verantworten oder durchführen.",
            en="An eligible office would have to answer for the measure or carry it out.",
        ),
    )


def cost_type(pair: Pair) -> Answer:
    """No only where the words are those of programmes, just not of this one: other words may mean the same."""
    asked = pair.programme.cost_types
    if not asked:
        return unsaid(Criterion.COST_TYPE, pair.programme, "cost_types")
    lines = [line for line in pair.measure.budget if line.planned > 0 and (not pair.years or line.year in pair.years)]
    if not lines:
        return unsaid(Criterion.COST_TYPE, pair.measure, "budget")
    unnamed = any(line.cost_type is None for line in lines)
    fit = list(dict.fromkeys(_words(line for line in lines if is_eligible(pair.programme, line) is True)))
    other = list(dict.fromkeys(_words(line for line in lines if is_eligible(pair.programme, line) is False)))
    if not unnamed and not other:
        return yes(Criterion.COST_TYPE, f"Förderfähig: {listed(fit)}.", f"Eligible: {listed(fit)}.")
    return _partly(pair, fit, other, unnamed=unnamed)


def _partly(pair: Pair, fit: Sequence[str], other: Sequence[str], *, unnamed: bool) -> Answer:
    eligible = listed(pair.programme.cost_types)
    if unnamed:
        return check(
            Criterion.COST_TYPE,
            text(
                de=f"Gefördert: {eligible}. Bei Ansätzen der Maßnahme steht nicht, welche Kosten es sind.",
                en=f"Funded: {eligible}. Budget lines of the measure don't say which costs they are.",
            ),
            text(
                de="Ergänzen Sie bei den Ansätzen „cost_type“ mit den Worten des Programms.",
                en="Add “cost_type” to the budget lines in the programme's words.",
            ),
        )
    strange = [each for each in other if each.casefold() not in _vocabulary(pair.plan)]
    if not fit and not strange:
        return no(
            Criterion.COST_TYPE,
            text(de=f"Gefördert: {eligible}; nicht {listed(other)}.", en=f"Funded: {eligible}; not {listed(other)}."),
            text(
                de="Nur andere Kosten der Maßnahme könnten gefördert werden: als eigene Ansätze führen.",
                en="Only other costs of the measure could be funded: keep them as budget lines of their own.",
            ),
        )
    named = listed(strange or other)
    return check(
        Criterion.COST_TYPE,
        text(
            de=f"Gefördert: {eligible}. Nicht genannt: {named}.",
            en=f"Funded: {eligible}. Not named: {named}.",
        ),
        _same_thing(named) if strange else _only(listed(fit)),
    )


def _same_thing(named: str) -> Text:
    return text(
        de=f"Ist mit {named} eine dieser Kostenarten gemeint, verwenden Sie dasselbe Wort.",
        en=f"If {named} means one of these types, use the same word.",
    )


def _only(fit: str) -> Text:
    return text(
        de=f"Gefördert würde nur {fit}; so ist auch gerechnet.", en=f"Only {fit} would be funded; so it is counted."
    )


def is_eligible(programme: Programme, line: BudgetLine) -> bool | None:
    """Whether the programme funds this type of cost; None where one of both doesn't say."""
    if line.cost_type is None or not programme.cost_types:
        return None
    return line.cost_type.casefold() in {each.casefold() for each in programme.cost_types}


def _words(lines: Iterator[BudgetLine]) -> Iterator[str]:
    return (line.cost_type for line in lines if line.cost_type is not None)


@once
def _vocabulary(plan: Plan) -> frozenset[str]:
    """All words by which programmes name costs."""
    return frozenset(word.casefold() for each in plan.all(Programme) for word in each.cost_types)


def _upwards(plan: Plan, actor: Actor) -> Iterator[Actor]:
    seen: set[str] = set()
    found: Actor | None = actor
    while found is not None and found.id not in seen:
        seen.add(found.id)
        yield found
        found = plan.find(found.part_of, Actor)


def _kinds(kinds: Sequence[ActorKind]) -> Text:
    return Text(listed([each.label.de for each in kinds]), listed([each.label.en for each in kinds]))


def _name(plan: Plan, id: str) -> str:
    found = plan.get(id)
    return getattr(found, "name", id)
