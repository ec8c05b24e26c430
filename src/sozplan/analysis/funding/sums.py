"""The criteria of money: amount, own share, and what may not be combined."""

from __future__ import annotations

from decimal import Decimal

from sozplan.analysis.funding.accounts import Account, accounts, whole
from sozplan.analysis.funding.answers import Answer, Pair, check, listed, no, unsaid, yes
from sozplan.analysis.funding.exclusion import clash
from sozplan.analysis.funding.grants import Grant, Project, is_filed, projects
from sozplan.analysis.funding.limits import is_too_small, least_own, most_in_all, most_of
from sozplan.analysis.funding.subject import is_eligible
from sozplan.analysis.money import euro, exceeds, per_cent, total
from sozplan.diagnostics import Text, text
from sozplan.model.terms import Criterion


def project_of(pair: Pair) -> Project | None:
    """What the measure's grant is part of; None where no budget counts on the programme."""
    if pair.grant is None or not pair.grant.years:
        return None
    return next((each for each in projects(pair.case) if pair.grant in each.grants), None)


def amount(pair: Pair) -> Answer:
    programme = pair.programme
    if programme.rate_max is None and programme.grant_max is None:
        return unsaid(Criterion.AMOUNT, programme, "rate_max")
    if (project := project_of(pair)) is not None:
        for account, most in _ceilings(project):
            if exceeds(account.paid, most):
                return _too_much(account, most)
        if is_too_small(programme, project.cost):
            return _too_small(pair, project.cost)
        paid = euro(project.planned)
        return yes(Criterion.AMOUNT, f"Eingeplant: {paid.de}{_kind(pair).de}.", f"Planned: {paid.en}{_kind(pair).en}.")
    if not pair.years:
        return _uncounted(pair)
    cost = total(pair.measure.cost(year) for year in pair.years)
    if is_too_small(programme, cost):
        return _too_small(pair, cost)
    bound = euro(highest(pair))
    return yes(Criterion.AMOUNT, f"Höchstens {bound.de}{_kind(pair).de}.", f"At most {bound.en}{_kind(pair).en}.")


def _too_small(pair: Pair, cost: Decimal) -> Answer:
    least, all_ = euro(pair.programme.total_cost_min or Decimal(0)), euro(cost)
    return no(
        Criterion.AMOUNT,
        text(de=f"Gefördert wird ab {least.de}; es sind {all_.de}.", en=f"Funded from {least.en}; it is {all_.en}."),
        text(de="Mit anderen Maßnahmen gemeinsam beantragen.", en="Apply together with other measures."),
    )


def highest(pair: Pair) -> Decimal:
    """What the programme would bring at most in the years that it can still pay for."""
    programme = pair.programme
    lines = [
        each for each in pair.measure.budget if each.year in pair.years and is_eligible(programme, each) is not False
    ]
    years = {line.year: total(each.planned for each in lines if each.year == line.year) for line in lines}
    found = total(most if (most := most_of(programme, cost)) is not None else cost for cost in years.values())
    cap = most_in_all(programme)
    return found if cap is None else min(found, cap)


def _kind(pair: Pair) -> Text:
    programme, kind = pair.programme, pair.programme.financing.label
    rate = per_cent(programme.rate_max) if programme.rate_max is not None else None
    span = "" if project_of(pair) or not pair.years else f", {_span(pair.years)}"
    if rate is None:
        return text(de=f" ({kind.de}{span})", en=f" ({kind.en}{span})")
    return text(de=f" ({kind.de}, {rate.de}{span})", en=f" ({kind.en}, {rate.en}{span})")


def _ceilings(project: Project) -> list[tuple[Account, Decimal]]:
    found = [(each, most) for each in accounts(project) if (most := most_of(project.programme, each.cost)) is not None]
    account = whole(project)
    if account is not None:
        bounds = (project.granted, most_in_all(project.programme))
        found += [(account, bound) for bound in bounds if bound is not None]
    return found


def _too_much(account: Account, most: Decimal) -> Answer:
    paid, limit, less = euro(account.paid), euro(most), euro(account.paid - most)
    return no(
        Criterion.AMOUNT,
        text(
            de=f"{account.whose.de}: {paid.de} eingeplant, möglich sind {limit.de}.",
            en=f"{account.whose.en}: {paid.en} planned, {limit.en} possible.",
        ),
        text(de=f"{less.de} weniger einplanen.", en=f"Plan {less.en} less."),
    )


def _uncounted(pair: Pair) -> Answer:
    if not pair.measure.budget:
        return unsaid(Criterion.AMOUNT, pair.measure, "budget")
    return check(
        Criterion.AMOUNT,
        text(
            de="Es gibt kein Haushaltsjahr, für das gerechnet werden kann.",
            en="There is no budget year to reckon with.",
        ),
        text(de="Siehe Beginn und Antragsfrist.", en="See start and call."),
    )


def own_share(pair: Pair) -> Answer:
    programme = pair.programme
    share = programme.own_share_min
    if share is None:
        return unsaid(Criterion.OWN_SHARE, programme, "own_share_min")
    if (project := project_of(pair)) is not None:
        for account in accounts(project):
            least = least_own(programme, account.cost)
            if exceeds(least, account.own):
                return _too_little(account, least)
        return yes(
            Criterion.OWN_SHARE, f"Mindestens {per_cent(share).de}: erfüllt.", f"At least {per_cent(share).en}: met."
        )
    if not pair.years:
        return yes(
            Criterion.OWN_SHARE, f"Verlangt werden {per_cent(share).de}.", f"Asked for are {per_cent(share).en}."
        )
    least = total(least_own(programme, pair.measure.cost(year)) for year in pair.years)
    return yes(
        Criterion.OWN_SHARE,
        f"Verlangt werden {per_cent(share).de}, das sind {euro(least).de} ({_span(pair.years)}).",
        f"Asked for are {per_cent(share).en}, which is {euro(least).en} ({_span(pair.years)}).",
    )


def _too_little(account: Account, least: Decimal) -> Answer:
    own, asked, missing = euro(account.own), euro(least), euro(least - account.own)
    return no(
        Criterion.OWN_SHARE,
        text(
            de=f"{account.whose.de}: {own.de} eigene Mittel, verlangt sind {asked.de}.",
            en=f"{account.whose.en}: {own.en} of own money, {asked.en} asked for.",
        ),
        text(de=f"{missing.de} mehr Eigenmittel einplanen.", en=f"Plan {missing.en} more of own money."),
    )


def cumulation(pair: Pair) -> Answer:
    """What is granted or applied for stands in the way; what is only planned has to be decided on."""
    against = [(other, found) for other in pair.others if (found := clash(pair.programme, other.programme))]
    if not against:
        return _compatible(pair)
    years = set(pair.grant.years if pair.grant and pair.grant.years else pair.years or pair_years(pair))
    firm = [other for other, _ in against if any(is_filed(each) for each in other.applications)]
    taken = {year for other in firm for year in years if year in blocked(other)}
    names = _names([other for other, _ in against])
    if any(found.subsidiary for _, found in against):
        reason = text(
            de=f"Zahlt nicht für Kosten, die auch ein anderes Programm fördert: {names}.",
            en=f"Not for costs that another programme funds, too: {names}.",
        )
    else:
        reason = text(de=f"Nicht mit {names} kombinierbar.", en=f"Can't be combined with {names}.")
    if years and taken == years:
        return no(
            Criterion.CUMULATION,
            reason,
            text(
                de=f"Erst nach dem Ende von {_names(firm)} oder für andere Kosten möglich.",
                en=f"Possible only after the end of {_names(firm)}, or for other costs.",
            ),
        )
    if firm and not taken:
        return yes(
            Criterion.CUMULATION, f"{reason.de} Die Jahre überschneiden sich nicht.", f"{reason.en} The years differ."
        )
    return check(
        Criterion.CUMULATION,
        reason,
        text(
            de="Je Haushaltsjahr für eines von beiden entscheiden.",
            en="Decide for one of them in each budget year.",
        ),
    )


def pair_years(pair: Pair) -> list[int]:
    return sorted({line.year for line in pair.measure.budget})


def blocked(grant: Grant) -> range:
    """The years in which nothing that excludes it may pay: from the first to the last of budget and notice."""
    ends = [each.grant_end for each in grant.applications if each.grant_end is not None]
    last = [*grant.years, *(day.year for day in ends)]
    is_open = any(each.grant_end is None for each in grant.applications) and not grant.years
    if not last or is_open:
        return range(9999)
    return range(min(grant.years, default=0), max(last) + 1)


def _compatible(pair: Pair) -> Answer:
    others = [each for each in pair.others if each.years or each.applications]
    if not others:
        if pair.programme.subsidiary:
            return yes(
                Criterion.CUMULATION,
                "Nachrangig; kein anderes Programm fördert die Maßnahme.",
                "Subsidiary; no other programme funds the measure.",
            )
        return yes(Criterion.CUMULATION, "Keine andere Förderung eingetragen.", "No other grant is entered.")
    names = _names(others)
    return yes(Criterion.CUMULATION, f"{names} nicht ausgeschlossen.", f"{names} not excluded.")


def _names(grants: list[Grant]) -> str:
    return listed([each.programme.short or each.programme.name for each in grants])


def _span(years: tuple[int, ...]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
