"""Rules of reporting: reviews come in time, red lights have consequences, areas are looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from sozplan.analysis.designations import latest, status
from sozplan.analysis.months import add_months
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan, Review, ReviewLights
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.terms import Light, Status
from sozplan.rules.rule import Finding, rule
from sozplan.rules.time.plans import term
from sozplan.rules.words import brief, day, label

_DAY = timedelta(days=1)


@rule(
    "time.review-overdue",
    Severity.WARNING,
    de="Plan „{plan}“: Der Zwischenbericht zum {cut_off} fehlt; er war am {due} fällig ({last}).",
    en="Plan “{plan}”: the review for {cut_off} is missing; it was due on {due} ({last}).",
)
def review_overdue(case: Case) -> Iterator[Finding]:
    """Über einen geltenden Plan wird im vereinbarten Rhythmus berichtet

    Bleibt ein Bericht aus, erfährt der Rat von Abweichungen erst, wenn nichts mehr zu ändern ist.
    Die Stichtage zählen vom Beginn des Plans; nach jedem bleibt die Nachfrist.
    Als Bericht gilt jeder, dessen Stichtag in den abgelaufenen Zeitraum fällt oder später liegt.

    English:
        A plan in force is reported on in the rhythm agreed

        If a report fails to come, the council learns of deviations when nothing can be changed any more.
        The cut-off dates count from the start of the plan; after each comes the grace.
        Each review counts whose cut-off date falls into the time that has passed, or later.

    Bad:
        # plans/areas/hafen.yaml
        reporting:
          rhythm: half-yearly  # <- time.review-overdue
        reviews: []

    Good:
        # plans/areas/hafen.yaml
        reporting:
          rhythm: half-yearly
        reviews:
          - {id: hafen-r1, subject: hafen-m1, cut_off: 2026-06-30}
    """
    for plan in case.plan.area_plans:
        if plan.reporting is None or plan.status is not Status.RESOLVED:
            continue
        window = _last_due(plan, plan.reporting.rhythm.months, plan.reporting.grace_days, case.as_of)
        latest = max((r.cut_off for r in plan.reviews if r.cut_off <= case.as_of), default=None)
        if window is not None and (latest is None or latest < window[0]):
            due = day(window[1] + timedelta(days=plan.reporting.grace_days))
            args = {"plan": plan.id, "cut_off": day(window[1]), "due": due, "last": _latest(latest)}
            yield Finding(plan.at("reporting", "rhythm"), args)


def _last_due(plan: AreaPlan, months: int, grace: int, today: date) -> tuple[date, date] | None:
    """First and last day of the latest time for which the report should be there by now."""
    start, end = term(plan)
    found = None
    for n in count(1):
        first, last = add_months(start, (n - 1) * months), add_months(start, n * months) - _DAY
        if last > end or (today - last).days <= grace:
            return found
        found = first, last
    return found


def _latest(cut_off: date | None) -> Text:
    if cut_off is None:
        return text(de="bisher gibt es keinen", en="there is none so far")
    return text(de=f"der letzte ist der zum {day(cut_off).de}", en=f"the last is the one for {day(cut_off).en}")


@rule(
    "time.review-consequence",
    Severity.ERROR,
    de="Zwischenbericht „{review}“: Die Ampel „{light}“ steht auf Rot, {fault}.",
    en="Review “{review}”: the light “{light}” is red, {fault}.",
    softens=True,
)
def red_light_without_consequence(case: Case) -> Iterator[Finding]:
    """Auf eine rote Ampel folgt etwas

    Ein Bericht, der Rot meldet und nichts vorschlägt, überlässt das Problem der Leserin.
    Nötig ist eine Gegenmaßnahme mit Stelle und Termin, ein Entscheidungsbedarf oder die Begründung,
    warum nichts unternommen wird.
    Ist der Termin der Gegenmaßnahme verstrichen, ohne dass sie erledigt ist, erinnert eine Warnung daran.

    English:
        Something follows from a red light

        A report that says red and proposes nothing leaves the problem to its reader.
        Needed is a countermeasure with office and date, a decision to be taken, or the reason
        why nothing is done.
        When the date of the countermeasure has passed without its being done, a warning reminds of it.

    Bad:
        # plans/areas/hafen.yaml
        reviews:
          - id: hafen-r1
            subject: hafen-m1
            cut_off: 2026-06-30
            lights: {schedule: red, output: yellow}  # <- time.review-consequence

    Good:
        # plans/areas/hafen.yaml
        reviews:
          - id: hafen-r1
            subject: hafen-m1
            cut_off: 2026-06-30
            lights: {schedule: red, output: yellow}
            countermeasure:
              statement: Die zweite Stelle wird neu ausgeschrieben.
              who: amt-51
              until: 2026-12-31
    """
    newest = _newest(case.plan, case.as_of)
    for review in case.plan.reviews:
        if (red := _red(review)) is None:
            continue
        light, path = red
        args = {"review": review.id, "light": light}
        if review.countermeasure is None and review.decision_needed is None and review.accepted is None:
            yield Finding(review.at(*path), args | {"fault": _NO_CONSEQUENCE})
        elif newest[review.subject] != review.cut_off or case.plan.status(review.origin.file) is Status.ENDED:
            continue
        elif (fault := _passed(review, case.as_of)) is not None:
            yield Finding(review.at("countermeasure", "until"), args | {"fault": fault}, Severity.WARNING)


def _newest(plan: Plan, today: date) -> dict[str, date]:
    """The cut-off date of the latest review of each subject; what an older one promised is history."""
    found: dict[str, date] = {}
    for review in plan.reviews:
        if review.cut_off <= today or review.subject not in found:
            found[review.subject] = max(review.cut_off, found.get(review.subject, review.cut_off))
    return found


def _red(review: Review) -> tuple[Text, tuple[str, ...]] | None:
    """The first red light, with the path to it; one set by hand comes first."""
    if review.override is not None and review.override.light is Light.RED:
        return label(review, "override"), ("override", "light")
    for name in ReviewLights.model_fields if review.lights is not None else ():
        if getattr(review.lights, name) is Light.RED:
            return label(ReviewLights(), name), ("lights", name)
    return None


_NO_CONSEQUENCE = text(
    de="aber es folgt nichts daraus. Ergänzen Sie „countermeasure“ (wer tut was bis wann), „decision_needed“ "
    "oder „accepted“ mit dem Grund, warum nichts unternommen wird",
    en="but nothing follows. Add “countermeasure” (who does what until when), “decision_needed” "
    "or “accepted” with the reason why nothing is done",
)


def _passed(review: Review, today: date) -> Text | None:
    step = review.countermeasure
    if step is None or step.done is not None or step.until >= today:
        return None
    what, until = brief(step.statement).removesuffix("."), day(step.until)
    return text(
        de=f"und der Termin der Gegenmaßnahme ({until.de}: {what}) ist verstrichen. "
        "Tragen Sie unter „done“ ein, wann sie erledigt war, oder berichten Sie neu",
        en=f"and the date of the countermeasure ({until.en}: {what}) has passed. "
        "Enter under “done” when it was done, or report anew",
    )


@rule(
    "time.designation-review",
    Severity.WARNING,
    de="Die Gebietsfestlegung „{designation}“ {fault}.",
    en="The designation “{designation}” {fault}.",
)
def designation_not_reviewed(case: Case) -> Iterator[Finding]:
    """Eine Gebietsfestlegung wird zum vorgesehenen Termin überprüft

    Gebiete verändern sich; Mittel fließen sonst weiter dorthin, wo sie einmal nötig waren.
    Maßgeblich ist die jüngste Festlegung jedes Gebiets; steht sie in Kraft, muss sie einen Termin nennen.

    English:
        A designation is reviewed at the time set

        Areas change; else money goes on flowing to where it once was needed.
        The latest designation of each area counts; while it is in force, it must name a date.

    Bad:
        # plans/territory/gebiete.yaml
        designations:
          - id: festlegung-hafen
            area: hafen
            date: 2021-05-20
            indicators:
              - {indicator: kinderarmut, period: 2024}
            local_experience:
              - {body: hafenkonferenz, date: 2021-03-12, statement: Familien finden den Weg in die Kita oft erst spät.}
            next_review: 2025-05-31  # <- time.designation-review

    Good:
        # plans/territory/gebiete.yaml
        designations:
          - id: festlegung-hafen
            area: hafen
            date: 2025-05-22
            indicators:
              - {indicator: kinderarmut, period: 2024}
            local_experience:
              - {body: hafenkonferenz, date: 2021-03-12, statement: Familien finden den Weg in die Kita oft erst spät.}
            next_review: 2029-05-31
    """
    for each in latest(case).values():
        if status(case.plan, each) is Status.ENDED:
            continue
        if each.next_review is None:
            if each.designated and status(case.plan, each) is Status.RESOLVED:
                yield Finding(each.at("id"), {"designation": each.id, "fault": _NO_DATE})
        elif each.next_review < case.as_of:
            yield Finding(each.at("next_review"), {"designation": each.id, "fault": _overdue(each.next_review)})


def _overdue(due: date) -> Text:
    return text(
        de=f"sollte bis zum {day(due).de} überprüft werden. Legen Sie das Gebiet neu fest, oder nennen Sie unter "
        "„next_review“ den neuen Termin",
        en=f"should have been reviewed by {day(due).en}. Designate the area anew, or give the new date under "
        "“next_review”",
    )


_NO_DATE = text(
    de="nennt keinen Termin, zu dem sie überprüft wird. Tragen Sie ihn unter „next_review“ ein",
    en="names no date on which it is reviewed. Enter it under “next_review”",
)

RULES = (review_overdue, red_light_without_consequence, designation_not_reviewed)
