"""Rules of how much a programme pays at most, and the municipality at least."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.funding.accounts import Account, accounts, whole
from sozplan.analysis.funding.grants import Project, projects
from sozplan.analysis.funding.limits import is_too_small, least_own, most_of, most_of_highest
from sozplan.analysis.money import euro, exceeds, per_cent
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.funding import Programme
from sozplan.rules.rule import Finding, rule


@rule(
    "fin.own-share-too-low",
    Severity.ERROR,
    de="{whose}: Der Eigenanteil beträgt {own} von {cost}; „{programme}“ verlangt mindestens {share}, das sind "
    "{least}. Planen Sie {missing} mehr Eigenmittel ein.",
    en="{whose}: the own share is {own} of {cost}; “{programme}” asks for at least {share}, which is {least}. "
    "Plan {missing} more of own money.",
    softens=True,
)
def too_little_own_money(case: Case) -> Iterator[Finding]:
    """Der Eigenanteil erreicht, was das Programm verlangt

    Sonst wird der Antrag abgelehnt, oder die Förderung wird mit Zinsen zurückgefordert.
    Bei Anteilfinanzierung gilt der Anteil in jedem Haushaltsjahr, sonst über alle geförderten Jahre zusammen;
    ob Drittmittel mitzählen, steht beim Programm unter „third_party_as_own“.

    English:
        The own share reaches what the programme asks for

        Otherwise the application is refused, or the grant is reclaimed with interest.
        Where a share of the cost is funded, it holds in each budget year, else over all funded years together;
        whether third-party money counts stands in the programme under “third_party_as_own”.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2026-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 5000, third-party: 15000, land-kita: 40000}  # <- fin.own-share-too-low

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2026-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 18000, third-party: 2000, land-kita: 40000}
    """
    for project in projects(case):
        share = project.programme.own_share_min
        if share is None:
            continue
        for account in accounts(project):
            least = least_own(project.programme, account.cost)
            if exceeds(least, account.own):
                sums = {"own": account.own, "cost": account.cost, "least": least, "missing": least - account.own}
                names = {"whose": account.whose, "programme": account.programme.id, "share": per_cent(share)}
                yield Finding(account.place, {**names, **{name: euro(amount) for name, amount in sums.items()}})


@rule(
    "fin.over-rate",
    Severity.ERROR,
    de="{whose}: Aus „{programme}“ sind {paid} eingeplant, {most}. Senken Sie den Betrag, oder berichtigen Sie {what}.",
    en="{whose}: {paid} of “{programme}” are planned, {most}. Lower the sum, or correct {what}.",
    softens=True,
)
def grant_above_ceiling(case: Case) -> Iterator[Finding]:
    """Kein Programm zahlt mehr, als es darf oder bewilligt hat

    Was über dem Fördersatz, über der Höchstsumme oder über dem Bescheid liegt, kommt nicht und fehlt im Haushalt.
    Bei Anteilfinanzierung gilt der Fördersatz in jedem Haushaltsjahr, weil Förderung und Eigenmittel nur anteilig
    abgerufen werden dürfen, sonst über alle geförderten Jahre zusammen.
    Maßnahmen eines gemeinsamen Antrags zählen beim Bescheid und bei der Gesamtsumme zusammen.

    English:
        No programme pays more than it may or has granted

        What is above the rate, above the highest sum or above the notice won't come and is missing in the budget.
        Where a share of the cost is funded, the rate holds in each budget year, since grant and own money may be
        drawn only in proportion, else over all funded years together.
        Measures of a joint application count together for the notice and the total sum.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2026-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 15000, land-kita: 45000}  # <- fin.over-rate
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            rate_max: 70

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2026-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 18000, land-kita: 42000}
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            rate_max: 70
    """
    for project in projects(case):
        for account, most, what in (*_above_rate(project), *_above_total(project)):
            names = {"whose": account.whose, "programme": account.programme.id}
            yield Finding(account.place, {**names, "paid": euro(account.paid), "most": most, "what": what})


_THE_COST = text(de="die Kosten", en="the cost")
_THE_NOTICE = text(de="„granted“ im Antrag", en="“granted” in the application")
_THE_LIMITS = text(de="die Grenzen des Programms", en="the programme's limits")
_Fault = tuple[Account, Text, Text]


def _above_rate(project: Project) -> Iterator[_Fault]:
    rate = project.programme.rate_max
    for account in accounts(project):
        most = most_of(project.programme, account.cost)
        if rate is not None and most is not None and exceeds(account.paid, most):
            share, cost, limit = per_cent(rate), euro(account.cost), euro(most)
            said = text(
                de=f"möglich sind höchstens {share.de} von {cost.de}, das sind {limit.de}",
                en=f"possible are at most {share.en} of {cost.en}, which is {limit.en}",
            )
            yield account, said, _THE_COST


def _above_total(project: Project) -> Iterator[_Fault]:
    """Against the notice and the programme's limits, which count the whole project."""
    granted, programme = project.granted, project.programme
    bounds = (granted, programme.total_cost_min, programme.total_cost_max, programme.grant_max)
    account = whole(project) if any(bound is not None for bound in bounds) else None
    if account is None:
        return
    if granted is not None and exceeds(account.paid, granted):
        sum_ = euro(granted)
        yield account, text(de=f"bewilligt sind {sum_.de}", en=f"granted are {sum_.en}"), _THE_NOTICE
    if (limit := _limit(programme, account)) is not None:
        yield account, limit, _THE_LIMITS


def _limit(programme: Programme, account: Account) -> Text | None:
    least, highest, cap = programme.total_cost_min, programme.total_cost_max, programme.grant_max
    cost = euro(account.cost)
    if least is not None and is_too_small(programme, account.cost):
        return text(
            de=f"gefördert wird aber erst ab Gesamtkosten von {euro(least).de}; es sind nur {cost.de}",
            en=f"but funding starts from a total cost of {euro(least).en}; it is {cost.en} only",
        )
    if cap is not None and exceeds(account.paid, cap):
        return text(
            de=f"das Programm zahlt je Antrag aber höchstens {euro(cap).de}",
            en=f"but the programme pays {euro(cap).en} an application at most",
        )
    most = most_of_highest(programme)
    if highest is None or most is None or not exceeds(account.cost, highest) or not exceeds(account.paid, most):
        return None
    return text(
        de=f"gefördert werden aber nur Gesamtkosten bis {euro(highest).de}, also höchstens {euro(most).de}",
        en=f"but a total cost of no more than {euro(highest).en} is funded, which makes {euro(most).en} at most",
    )


RULES = (too_little_own_money, grant_above_ceiling)
