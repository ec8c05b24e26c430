"""The criteria of place and time: area, call, start."""

from __future__ import annotations

from datetime import date

from sozplan.analysis.funding.answers import Answer, Pair, check, listed, no, state, unsaid, yes
from sozplan.analysis.funding.grants import allowed
from sozplan.analysis.funding.ground import Ground, Lack, areas_of, around, judge, known
from sozplan.analysis.funding.living import begun_on
from sozplan.analysis.funding.years import budget_years, coming
from sozplan.analysis.words import either, told_day
from sozplan.diagnostics import Text, text
from sozplan.model.funding import AreaCriterion, Window
from sozplan.model.terms import ApplicationState, Criterion, EarlyStart
from sozplan.model.territory import SocialArea


def area(pair: Pair) -> Answer:
    criterion = pair.programme.area_criterion
    if criterion is None:
        return yes(Criterion.AREA, "Keine Gebietsbedingung eingetragen.", "No condition on the area is entered.")
    application = next(iter(pair.grant.applications), None) if pair.grant else None
    areas = known(pair.plan, (application.areas if application else ()) or areas_of(pair.plan, pair.measure))
    if not areas:
        return unsaid(Criterion.AREA, pair.measure, "allocation")
    if not criterion.kinds and not criterion.concept:
        return check(
            Criterion.AREA,
            text(de=f"Bedingung: {criterion.statement}.", en=f"Condition: {criterion.statement}."),
            text(
                de="Ergänzen Sie beim Programm „kinds“ oder „concept“, oder prüfen Sie von Hand.",
                en="Add “kinds” or “concept” to the programme, or check by hand.",
            ),
        )
    return _area(pair, criterion, areas, judge(pair.case, criterion, areas, application))


def _area(pair: Pair, criterion: AreaCriterion, areas: list[SocialArea], ground: Ground) -> Answer:
    kinds = either(kind.label for kind in criterion.kinds) if criterion.kinds else Text("", "")
    if ground.lack is Lack.WRONG_KIND:
        return _wrong_kind(pair, criterion, areas, kinds)
    names = listed([each.name for each in ground.fitting])
    if ground.lack is Lack.NO_CONCEPT:
        return no(
            Criterion.AREA,
            text(de=f"Für {names} liegt kein integriertes Konzept vor.", en=f"{names} has no integrated concept."),
            text(
                de="Konzept beschließen und beim Gebiet unter „concepts“ eintragen.",
                en="Adopt one and enter it under “concepts” of the area.",
            ),
        )
    if ground.pending is not None and ground.pending.due is not None:
        due = told_day(ground.pending.due)
        return check(
            Criterion.AREA,
            text(
                de=f"„{ground.pending.title}“ ist noch nicht beschlossen.",
                en=f"“{ground.pending.title}” isn't adopted yet.",
            ),
            text(de=f"Bis {due.de} beschließen und nachreichen.", en=f"Adopt it and hand it in by {due.en}."),
        )
    if not criterion.kinds:
        return yes(Criterion.AREA, f"Für {names} liegt ein Konzept vor.", f"There is a concept for {names}.")
    return yes(Criterion.AREA, f"{names} ist {kinds.de}.", f"{names} is {kinds.en}.")


def _wrong_kind(pair: Pair, criterion: AreaCriterion, areas: list[SocialArea], kinds: Text) -> Answer:
    names = listed([each.name for each in areas])
    near = around(pair.case, criterion, areas)
    reason = text(de=f"Verlangt wird {kinds.de}; {names} ist keines.", en=f"Asked for is {kinds.en}; {names} is none.")
    if near:
        said = listed([f"„{each.name}“ ({each.id})" for each in near])
        said_en = listed([f"“{each.name}” ({each.id})" for each in near])
        return check(
            Criterion.AREA,
            reason,
            text(
                de=f"Prüfen, ob die Maßnahme in {said} liegt; im Antrag unter „areas“ nennen.",
                en=f"See whether the measure lies in {said_en}; name it under “areas” of the application.",
            ),
        )
    return no(
        Criterion.AREA,
        reason,
        text(
            de=f"Das Gebiet müsste als {kinds.de} festgelegt werden.",
            en=f"The area would have to be designated as {kinds.en}.",
        ),
    )


def call(pair: Pair) -> Answer:
    programme, as_of = pair.programme, pair.as_of
    if pair.filed:
        reached = state(pair.filed, as_of)
        word, when = (reached[0].label, told_day(reached[1])) if reached else (Text("–", "–"), Text("–", "–"))
        return yes(Criterion.CALL, f"Läuft: {word.de} vom {when.de}.", f"Under way: {word.en} of {when.en}.")
    if not programme.in_force(as_of):
        return no(
            Criterion.CALL,
            text(de="Das Programm gilt heute nicht.", en="The programme isn't in force today."),
            text(
                de="Neue Fassung mit „valid_from“ und „valid_to“ eintragen.",
                en="Enter a new version with “valid_from” and “valid_to”.",
            ),
        )
    if not programme.windows:
        return unsaid(Criterion.CALL, programme, "windows")
    found = coming(programme, as_of)
    if not found:
        last = told_day(max(each.closes for each in programme.windows))
        return no(
            Criterion.CALL,
            text(de=f"Die letzte Frist endete am {last.de}.", en=f"The last call closed on {last.en}."),
            text(
                de="Sobald es einen neuen Aufruf gibt: unter „windows“ eintragen.",
                en="Once there is a new call: enter it under “windows”.",
            ),
        )
    return _coming(pair, found[0])


def _coming(pair: Pair, window: Window) -> Answer:
    closes = told_day(window.closes)
    if window.opens is not None and window.opens > pair.as_of:
        opens = told_day(window.opens)
        said = text(de=f"Antrag vom {opens.de} bis {closes.de}.", en=f"Apply from {opens.en} to {closes.en}.")
    else:
        said = text(de=f"Offen bis {closes.de}.", en=f"Open until {closes.en}.")
    refused = _refused(pair)
    if refused is not None:
        when = told_day(refused)
        return check(
            Criterion.CALL,
            text(
                de=f"{said.de} Ein Antrag wurde am {when.de} abgelehnt.",
                en=f"{said.en} An application was refused on {when.en}.",
            ),
            text(de="Klären, ob ein neuer Antrag Aussicht hat.", en="See whether applying again has a chance."),
        )
    return yes(Criterion.CALL, said.de, said.en)


def _refused(pair: Pair) -> date | None:
    days = [
        stage.date
        for each in pair.plan.applications
        if each.programme == pair.programme.id and pair.measure.id in each.measures
        for stage in each.stages
        if stage.state is ApplicationState.REFUSED
    ]
    return max(days, default=None)


def start(pair: Pair) -> Answer:
    """Nobody pays for what has begun; for what begins later, from the day on which the money may come."""
    begun = begun_on(pair.measure, pair.as_of)
    if pair.filed:
        return _filed(pair, begun[0] if begun else None)
    if not budget_years(pair.measure):
        return unsaid(Criterion.START, pair.measure, "budget")
    if begun is not None:
        return _begun(pair, begun[0])
    missing = [year for year in budget_years(pair.measure) if year >= pair.as_of.year and year not in pair.years]
    if pair.years and not missing:
        return yes(Criterion.START, "Noch nicht begonnen.", "Hasn't begun yet.")
    if pair.years:
        return check(
            Criterion.START,
            text(
                de=f"Nur {_span(pair.years)} liegt nach dem Bescheid und im Förderzeitraum.",
                en=f"Only {_span(pair.years)} lies behind the notice and in the funded time.",
            ),
            _put_off(pair),
        )
    return no(
        Criterion.START,
        text(
            de="Kein Haushaltsjahr der Maßnahme kann noch gefördert werden.",
            en="No budget year can be funded any more.",
        ),
        _put_off(pair),
    )


def _begun(pair: Pair, since: date) -> Answer:
    when = told_day(since)
    reason = text(de=f"Läuft seit {when.de}.", en=f"Has been running since {when.en}.")
    if pair.years:
        first = min(pair.years)
        return check(
            Criterion.START,
            reason,
            text(
                de=f"Gefördert wird nur, was noch nicht begann: klären, ob ab {first} ein neuer Abschnitt beginnt.",
                en=f"Only what hasn't begun is funded: see whether a new stage begins in {first}.",
            ),
        )
    return no(
        Criterion.START,
        reason,
        text(
            de="Nur ein neuer, noch nicht begonnener Abschnitt mit eigenen Ansätzen könnte gefördert werden.",
            en="Only a new stage that hasn't begun, with budget lines of its own, could be funded.",
        ),
    )


def _filed(pair: Pair, begun: date | None) -> Answer:
    years = pair.grant.years if pair.grant else {}
    first = max(begun, date(min(years), 1, 1)) if begun and years else begun
    if first is None or first > pair.as_of:
        return yes(Criterion.START, "Noch nicht begonnen.", "Hasn't begun yet.")
    when = told_day(first)
    if any(allowed(each, pair.programme, first) for each in pair.filed):
        return yes(Criterion.START, f"Durfte am {when.de} beginnen.", f"Was allowed to begin on {when.en}.")
    return no(
        Criterion.START,
        text(de=f"Begann am {when.de}, vor dem Bescheid.", en=f"Began on {when.en}, before the notice."),
        text(
            de="Genehmigten vorzeitigen Beginn im Antrag unter „early_start“ eintragen.",
            en="Enter an approved early start under “early_start” of the application.",
        ),
    )


def _put_off(pair: Pair) -> Text:
    if pair.programme.early_start is EarlyStart.ON_APPROVAL:
        return text(
            de="Später beginnen oder mehr Jahre einplanen; früher nur mit genehmigtem vorzeitigem Beginn.",
            en="Begin later or plan more years; earlier only with approval of an early start.",
        )
    return text(
        de="Später beginnen oder Ansätze für spätere Jahre einplanen.",
        en="Begin later, or plan budgets for later years.",
    )


def _span(years: tuple[int, ...]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
