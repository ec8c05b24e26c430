"""Findings that the municipality accepts for a time, with reason and role; what no longer serves is told."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from sozplan.diagnostics import Code, Diagnostic, Severity, diagnostic, text
from sozplan.model.calendar import Waiver
from sozplan.model.case import Case
from sozplan.rules.words import day

EXPIRED = Code(
    id="waiver.expired",
    severity=Severity.WARNING,
    message=text(
        de="Die Ausnahme „{waiver}“ von „{rule}“ für „{subject}“ galt nur bis {until}. Beheben Sie den Befund und "
        "streichen Sie sie, oder begründen Sie sie mit neuer Frist.",
        en="The waiver “{waiver}” of “{rule}” for “{subject}” held until {until} only. Mend the finding and delete it, "
        "or give reasons for it with a new expiry.",
    ),
    title=text(de="Ausnahmen gelten nur bis zu ihrer Frist", en="Waivers hold until their expiry only"),
    why=text(
        de="Eine Ausnahme ist auf Zeit gewährt, damit jemand sie wieder ansieht. Nach der Frist steht der Befund "
        "wieder da; die abgelaufene Ausnahme täuscht nur vor, er sei hingenommen.",
        en="A waiver is granted for a time, so that somebody looks at it again. After its expiry the finding stands "
        "again; the expired waiver only pretends that it was accepted.",
    ),
    bad="""\
# plans/waivers.yaml
waivers:
  - id: ausnahme-hafen
    rule: time.baseline-old
    entity: hafen-g1-t1
    reason: Neuere Zahlen liegen erst im Sommer vor.
    role: sozialplanung
    expires: 2026-06-30  # <- waiver.expired
""",
    good="# plans/waivers.yaml\nwaivers: []\n",
)

UNUSED = Code(
    id="waiver.unused",
    severity=Severity.WARNING,
    message=text(
        de="Die Ausnahme „{waiver}“ nimmt nichts aus: „{rule}“ findet an „{subject}“ nichts. Streichen Sie sie, oder "
        "berichtigen Sie Regel und Gegenstand.",
        en="The waiver “{waiver}” waives nothing: “{rule}” finds nothing at “{subject}”. Delete it, or correct rule "
        "and entity.",
    ),
    title=text(de="Jede Ausnahme nimmt etwas aus", en="Every waiver waives something"),
    why=text(
        de="Eine Ausnahme ohne Befund ist ein Freibrief: Tritt der Fehler später wirklich auf, sieht ihn niemand. "
        "Meist ist der Befund behoben, oder Regel oder Kennung sind verschrieben.",
        en="A waiver without a finding is a blank cheque: if the fault really comes up later, nobody sees it. "
        "Usually the finding is mended, or rule or id are misspelt.",
    ),
    bad="""\
# plans/waivers.yaml
waivers:
  - id: ausnahme-hafen
    rule: time.baseline-old  # <- waiver.unused
    entity: hafen-g1-t1
    reason: Neuere Zahlen liegen erst im Sommer vor.
    role: sozialplanung
    expires: 2027-06-30
""",
    good="# plans/waivers.yaml\nwaivers: []\n",
)

CODES = (EXPIRED, UNUSED)


class Checked(NamedTuple):
    """The findings in their order: those that stand, and those that a waiver accepts."""

    open: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]

    def only(self, rules: Container[str]) -> Checked:
        """The findings of these rules; that a file couldn't be read at all is never left out."""
        return Checked(*(tuple(f for f in found if f.code.id in rules or f.code.environment) for found in self))


def waive(case: Case, findings: Iterable[Diagnostic], ran: Container[str] | None = None) -> Checked:
    """Takes out what an unexpired waiver names by rule and entity, and adds what is wrong with waivers.

    `ran` are the rules that were asked, where not all were: of others it can't be said that they find nothing.
    """
    found = list(findings)
    accepted = {(w.rule, w.entity) for w in case.plan.waivers if case.as_of <= w.expires}
    waived = [finding for finding in found if (finding.code.id, finding.entity) in accepted]
    still = [finding for finding in found if (finding.code.id, finding.entity) not in accepted]
    still += _useless(case, {(finding.code.id, finding.entity) for finding in waived}, ran)
    return Checked(*(tuple(sorted(each, key=lambda finding: finding.order)) for each in (still, waived)))


def _useless(case: Case, used: set[tuple[str, str | None]], ran: Container[str] | None) -> Iterator[Diagnostic]:
    for waiver in case.plan.waivers:
        if waiver.expires < case.as_of:
            yield _told(EXPIRED, waiver, "expires")
        elif (waiver.rule, waiver.entity) not in used and _was_asked(case, waiver, ran):
            yield _told(UNUSED, waiver, "rule")


def _was_asked(case: Case, waiver: Waiver, ran: Container[str] | None) -> bool:
    """Whether its rule was run, and over all files: what can't be read may hold what it finds."""
    return not case.plan.muted and (ran is None or waiver.rule in ran)


def _told(code: Code, waiver: Waiver, key: str) -> Diagnostic:
    return diagnostic(
        code,
        waiver.at(key).location,
        entity=waiver.id,
        waiver=waiver.id,
        rule=waiver.rule,
        subject=waiver.entity,
        until=day(waiver.expires),
    )
