"""Rules on who puts a version of the handbook into force: the head of administration, and where need be the council."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.rulings import authority_of, is_adopted
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.authorities import Authority
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.handbook import ChangeEntry, Handbook, HandbookRule
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.terms import BindingRoute, Status
from sozplan.rules.rule import Finding, rule, status_of
from sozplan.rules.words import day


@rule(
    "hb.order-missing",
    Severity.ERROR,
    de="Fassung „{version}“ des Handbuchs ist nicht wirksam verfügt: {fault}. {advice}",
    en="Version “{version}” of the handbook hasn't been ordered effectively: {fault}. {advice}",
)
def version_without_order(case: Case) -> Iterator[Finding]:
    """Jede Fassung des Handbuchs hat ihre eigene Verfügung

    Eine Dienstanweisung bindet, weil die Verwaltungsleitung sie verfügt und unterzeichnet hat. Eine neue Fassung
    braucht darum eine neue Verfügung, und das Änderungsverzeichnis nennt sie; die der vorigen Fassung deckt sie nicht.
    Unterzeichnen kann nur, wer Verwaltungsleitung ist (`authorities: head` in `sozplan.yaml`), und in Kraft tritt
    nichts, bevor es verfügt ist.

    English:
        Each version of the handbook has an order of its own

        A service order binds because the head of administration ordered and signed it. So a new version needs a new
        order, and the register of changes names it; that of the former version doesn't cover it. Only the head of
        administration can sign (`authorities: head` in `sozplan.yaml`), and nothing comes into force before it has
        been ordered.

    Bad:
        # handbook/handbook.yaml
        version: "1.1"
        changes:
          - {version: "1.0", date: 2026-03-01, statement: Erste Fassung, order: v-2026-03}
          - {version: "1.1", date: 2026-09-01, statement: Berichtsfrist verkürzt}  # <- hb.order-missing

    Good:
        # handbook/handbook.yaml
        version: "1.1"
        order: v-2026-09
        effective: 2026-09-15
        changes:
          - {version: "1.0", date: 2026-03-01, statement: Erste Fassung, order: v-2026-03}
          - {version: "1.1", date: 2026-09-01, statement: Berichtsfrist verkürzt, order: v-2026-09}
        # plans/resolutions/verfuegungen.yaml
        resolutions:
          - id: v-2026-09
            kind: order
            body: hvb
            date: 2026-09-01
            title: Handbuch Sozialplanung, Fassung 1.1
            wording: Das Handbuch Sozialplanung gilt ab dem 15. September 2026 in der Fassung 1.1.
            subjects: [handbuch]
    """
    for book in case.plan.all(Handbook):
        if book.status is Status.RESOLVED:
            for place, fault, advice in _faults(case.plan, book):
                yield Finding(place, {"version": book.version, "fault": fault, "advice": advice})


def _faults(plan: Plan, book: Handbook) -> Iterator[tuple[Place, Text, Text]]:
    entry = _entry(book)
    if entry is not None:
        at = book.at("changes", book.changes.index(entry), *(("order",) if entry.order else ()))
        if entry.order is None:
            yield at, _UNORDERED, _NAME_IT
        elif book.order is not None and entry.order != book.order:
            yield at, _otherwise(book.order, entry.order), _AGREE
        elif (used := _used_before(book, entry)) is not None:
            yield at, _already(entry.order, used.version), _ORDER_ANEW
    if book.signatory is not None and _is_powerless(plan, book.signatory):
        yield book.at("signatory"), _unfit(book.signatory), _WHO_SIGNS
    order = plan.find(book.order, Resolution)
    if order is not None and book.effective is not None and book.effective < order.date:
        yield book.at("effective"), _too_early(order), _LATER


def _entry(book: Handbook) -> ChangeEntry | None:
    return next((each for each in book.changes if each.version == book.version), None)


def _used_before(book: Handbook, entry: ChangeEntry) -> ChangeEntry | None:
    return next((e for e in book.changes if e.order == entry.order and e.version != entry.version), None)


def _is_powerless(plan: Plan, signatory: str) -> bool:
    return plan.get(signatory) is not None and authority_of(plan, signatory) not in (Authority.HEAD, Authority.COUNCIL)


_UNORDERED = text(
    de="das Änderungsverzeichnis nennt zu ihr keine Verfügung", en="the register of changes names no order for it"
)
_NAME_IT = text(
    de="Nennen Sie sie unter „order“, oder setzen Sie bis dahin „status: proposal“.",
    en="Name it under “order”, or set “status: proposal” until then.",
)
_AGREE = text(de="Gleichen Sie beides an.", en="Make the two agree.")
_ORDER_ANEW = text(
    de="Eine neue Fassung braucht eine neue Verfügung; bis dahin gilt „status: proposal“.",
    en="A new version needs a new order; until then it is “status: proposal”.",
)
_WHO_SIGNS = text(
    de="Nennen Sie unter „signatory“ die Verwaltungsleitung.", en="Name the head of administration under “signatory”."
)
_LATER = text(
    de="Setzen Sie „effective“ auf diesen Tag oder einen späteren.", en="Set “effective” to that day or a later one."
)


def _otherwise(book: str, entry: str) -> Text:
    return text(
        de=f"das Handbuch nennt „{book}“, das Änderungsverzeichnis „{entry}“",
        en=f"the handbook names “{book}”, the register of changes “{entry}”",
    )


def _already(order: str, version: str) -> Text:
    return text(
        de=f"mit „{order}“ ist schon Fassung „{version}“ in Kraft gesetzt",
        en=f"“{order}” put version “{version}” into force already",
    )


def _unfit(signatory: str) -> Text:
    return text(
        de=f"„{signatory}“ ist nicht die Verwaltungsleitung und kann sie nicht unterzeichnen",
        en=f"“{signatory}” isn't the head of administration and can't sign it",
    )


def _too_early(order: Resolution) -> Text:
    made = day(order.date)
    return text(
        de=f"sie soll gelten, bevor „{order.id}“ am {made.de} verfügt wurde",
        en=f"it is to be in force before “{order.id}” was ordered on {made.en}",
    )


@rule(
    "hb.council-missing",
    Severity.ERROR,
    de="Regel „{rule}“ bindet durch Ratsbeschluss, {fault}. Nennen Sie ihn unter „resolution“ der Regel oder des"
    " Eintrags im Änderungsverzeichnis, oder wählen Sie einen anderen Bindungsweg.",
    en="Rule “{rule}” binds by council resolution, {fault}. Name it under “resolution” of the rule or of the entry in"
    " the register of changes, or choose another binding route.",
    softens=True,
)
def rule_without_council(case: Case) -> Iterator[Finding]:
    """Wo das Handbuch den Grundsatzbeschluss berührt, hat der Rat entschieden

    Die Verwaltungsleitung setzt das Handbuch in Kraft; der Rat muss nur dort entscheiden, wo es seinen
    Grundsatzbeschluss berührt. Solche Regeln tragen `route: resolution`. Jede braucht einen Beschluss der Vertretung,
    und wird eine geändert (`version` über 1), reicht der Grundsatzbeschluss nicht mehr: Dann steht der neue Beschluss
    bei der Regel oder bei der Fassung im Änderungsverzeichnis.

    English:
        Where the handbook touches the founding resolution, the council has decided

        The head of administration puts the handbook into force; the council has to decide only where it touches its
        founding resolution. Such rules carry `route: resolution`. Each needs a resolution of the council, and where
        one is changed (`version` above 1), the founding resolution no longer suffices: then the new one stands with
        the rule, or with the version in the register of changes.

    Bad:
        # handbook/rules/gremien.yaml
        rules:
          - id: regel-befangenheit
            chapter: kapitel-berichte
            force: must
            addressees: [steuerungsgruppe]
            statement: Wer befangen ist, stimmt nicht mit.
            route: resolution  # <- hb.council-missing
            status: resolved
            resolution: v-2026-03

    Good:
        # handbook/rules/gremien.yaml
        rules:
          - id: regel-befangenheit
            chapter: kapitel-berichte
            force: must
            addressees: [steuerungsgruppe]
            statement: Wer befangen ist, stimmt nicht mit.
            route: resolution
            status: resolved
            resolution: b-2024-031
    """
    plan = case.plan
    book = plan.handbook
    entry = _entry(book) if book else None
    allowed = entry is not None and _is_council(plan, entry.resolution)
    for each in plan.handbook_rules:
        if each.route is not BindingRoute.RESOLUTION or status_of(plan, each) is Status.ENDED or allowed:
            continue
        if (fault := _uncovered(plan, each, book.foundation if book else None)) is not None:
            yield Finding(each.at("route"), {"rule": each.id, "fault": fault})


def _uncovered(plan: Plan, each: HandbookRule, foundation: str | None) -> Text | None:
    if each.resolution in plan.muted:
        return None
    if not _is_council(plan, each.resolution):
        return text(de="nennt aber keinen Beschluss der Vertretung", en="but names no resolution of the council")
    if each.version > 1 and each.resolution == foundation:
        return text(
            de=f"aber Fassung {each.version} beruht noch auf dem Grundsatzbeschluss, der sie nicht kannte",
            en=f"but version {each.version} still rests on the founding resolution, which didn't know it",
        )
    return None


def _is_council(plan: Plan, id: str | None) -> bool:
    found = plan.find(id, Resolution)
    return found is not None and is_adopted(found) and authority_of(plan, found.body) is Authority.COUNCIL
