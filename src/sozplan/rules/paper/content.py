"""Rules of a paper's content: what is asked, what else was possible, and what had to be examined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.rules.paper.papers import decisive, written
from sozplan.rules.rule import Finding, rule


@rule(
    "paper.proposal-missing",
    Severity.WARNING,
    de="{paper}: Der Beschlussvorschlag fehlt. Schreiben Sie unter „proposal“ in ganzen Sätzen, "
    "was beschlossen werden soll, jeden Punkt für sich.",
    en="{paper}: the proposed resolution is missing. Write at “proposal” in whole sentences what is "
    "to be resolved, each point by itself.",
    by_plan=True,
)
def paper_without_proposal(case: Case) -> Iterator[Finding]:
    """Eine Beschlussvorlage sagt, was beschlossen werden soll

    Der Beschlussvorschlag wird wörtlich abgestimmt und protokolliert; ohne ihn kann der Rat nur Kenntnis nehmen.

    English:
        A paper for decision says what is to be resolved

        The proposal is voted on and minuted word for word; without it the council can only take note.

    Bad:
        # plans/areas/hafen.yaml
        paper:  # <- paper.proposal-missing
          subject: Sozialraumgebietsplan Hafen 2026–2029

    Good:
        # plans/areas/hafen.yaml
        paper:
          subject: Sozialraumgebietsplan Hafen 2026–2029
          proposal: [Der Rat beschließt den Sozialraumgebietsplan Hafen 2026–2029.]
    """
    for each in decisive(case):
        if not each.paper.proposal:
            yield Finding(each.at(), {"paper": each.name})


_OWN_NUMBER = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[-•–])\s")


@rule(
    "paper.proposal-numbered",
    Severity.WARNING,
    de="Der Satz des Beschlussvorschlags beginnt mit „{mark}“. Lassen Sie das weg: Nummern werden beim Druck gesetzt.",
    en="The sentence of the proposal begins with “{mark}”. Leave that out: numbers are set in print.",
    by_plan=True,
)
def proposal_numbered_by_hand(case: Case) -> Iterator[Finding]:
    """Die Punkte des Beschlussvorschlags nummeriert der Druck

    Sonst stünde „1. 1. Der Rat beschließt …“ in der Vorlage, und beim Umstellen stimmen die Nummern nicht mehr.

    English:
        Print numbers the points of the proposal

        Else the paper would say “1. 1. The council resolves …”, and after a change of order the numbers are wrong.

    Bad:
        # plans/areas/hafen.yaml
        paper:
          proposal:
            - 1. Der Rat beschließt den Plan.  # <- paper.proposal-numbered

    Good:
        # plans/areas/hafen.yaml
        paper:
          proposal:
            - Der Rat beschließt den Plan.
    """
    for each in decisive(case):
        for i, sentence in enumerate(each.paper.proposal):
            if (found := _OWN_NUMBER.match(sentence)) is not None:
                yield Finding(each.at("proposal", i), {"mark": found[0].strip()})


@rule(
    "paper.proposal-unasked",
    Severity.WARNING,
    de="{paper}: Der Beschlussvorschlag wird nicht gedruckt, weil darüber nicht entschieden wird. Streichen "
    "Sie „proposal“, oder schreiben Sie die Sätze in die Beschlussvorlage eines Plans („paper“).",
    en="{paper}: the proposal isn't printed, as nobody decides on it. Delete “proposal”, or put the sentences into the "
    "paper for decision of a plan (“paper”).",
    by_plan=True,
)
def proposal_in_an_information(case: Case) -> Iterator[Finding]:
    """Wer nur informiert, schlägt nichts zum Beschluss vor

    Mitteilungen, Sachstandsberichte und die Gesamtübersicht nimmt der Rat zur Kenntnis.
    Ein Beschlussvorschlag darin würde übersehen oder ohne Beratung mitbeschlossen.

    English:
        Whoever only informs proposes nothing to resolve

        The council takes note of information papers, progress reports and the summary.
        A proposal in them would be overlooked, or resolved without debate.

    Bad:
        # plans/areas/hafen.yaml
        papers:
          - kind: progress
            number: V-2026-210
            consultations: [{body: rat, date: 2026-09-24, role: information}]
            proposal: [Der Rat beschließt mehr Geld.]  # <- paper.proposal-unasked

    Good:
        # plans/areas/hafen.yaml
        papers:
          - kind: progress
            number: V-2026-210
            consultations: [{body: rat, date: 2026-09-24, role: information}]
    """
    for each in written(case):
        if each.paper.proposal and not each.decides:
            yield Finding(each.at("proposal"), {"paper": each.name})


@rule(
    "paper.alternatives-missing",
    Severity.WARNING,
    de="{paper}: Alternativen fehlen. Nennen Sie unter „alternatives“, was sonst möglich wäre, "
    "auch nichts zu tun, und was dagegen spricht.",
    en="{paper}: alternatives are missing. Name at “alternatives” what else was possible, doing "
    "nothing included, and what speaks against it.",
    by_plan=True,
)
def paper_without_alternatives(case: Case) -> Iterator[Finding]:
    """Eine Beschlussvorlage zeigt, was sonst möglich wäre

    Wer entscheidet, wählt zwischen Wegen. Fehlen die anderen, wird die Vorlage vertagt, bis sie nachgereicht sind.
    Im Entwurf dürfen sie noch fehlen.

    English:
        A paper for decision shows what else was possible

        Whoever decides chooses between ways. If the others are missing, the paper is put off until they are there.
        In a draft they may still be missing.

    Bad:
        # plans/areas/hafen.yaml
        paper:  # <- paper.alternatives-missing
          proposal: [Der Rat beschließt den Sozialraumgebietsplan Hafen 2026–2029.]

    Good:
        # plans/areas/hafen.yaml
        paper:
          proposal: [Der Rat beschließt den Sozialraumgebietsplan Hafen 2026–2029.]
          alternatives: [Ohne Plan blieben die Angebote wie bisher; die Kita-Quote sänke weiter.]
    """
    for each in decisive(case, drafts=False):
        if not each.paper.alternatives:
            yield Finding(each.at(), {"paper": each.name})


@rule(
    "paper.check-missing",
    Severity.WARNING,
    de="{paper}: Die Prüfung „{check}“, die sozplan.yaml verlangt, ist nicht beantwortet. "
    "Ergänzen Sie unter „checks“: name: {check}, statement: Ergebnis in einem Satz.",
    en="{paper}: the check “{check}” that sozplan.yaml asks for isn't answered. "
    "Add at “checks”: name: {check}, statement: the result in one sentence.",
    by_plan=True,
)
def check_not_answered(case: Case) -> Iterator[Finding]:
    """Jede Beschlussvorlage beantwortet die Prüfungen der Kommune

    Was geprüft wird – Klima, Inklusion, Gleichstellung –, hat die Kommune festgelegt; es steht unter
    `papers: checks` in `sozplan.yaml`. Eine ausgelassene Prüfung sieht im Druck aus, als wäre nichts zu bedenken.

    English:
        Every paper for decision answers the municipality's checks

        What is examined – climate, inclusion, equality – the municipality has settled; it stands at
        `papers: checks` in `sozplan.yaml`. A check left out looks in print as if there was nothing to consider.

    Bad:
        # sozplan.yaml
        papers:
          checks: [Klima, Inklusion]
        # plans/areas/hafen.yaml
        paper:
          checks:  # <- paper.check-missing
            - {name: Klima, statement: Ohne Auswirkung.}

    Good:
        # sozplan.yaml
        papers:
          checks: [Klima, Inklusion]
        # plans/areas/hafen.yaml
        paper:
          checks:
            - {name: Klima, statement: Ohne Auswirkung.}
            - {name: Inklusion, statement: Alle Räume sind barrierefrei.}
    """
    for each in decisive(case, drafts=False):
        answered = {check.name.casefold() for check in each.paper.checks}
        for asked in case.plan.settings.papers.checks:
            if asked.casefold() not in answered:
                place = each.at("checks") if each.paper.checks else each.at()
                yield Finding(place, {"paper": each.name, "check": asked})


@rule(
    "paper.summary-too-long",
    Severity.WARNING,
    de="Die Kurzfassung hat {length} Zeichen, {most} passen mit Ampeln und Geld auf eine Seite. Kürzen Sie sie, oder "
    "verlegen Sie Teile nach „situation“ oder „assessment“.",
    en="The summary has {length} letters; {most} fit on a page with lights and money. Shorten it, or move parts to "
    "“situation” or “assessment”.",
    by_plan=True,
)
def summary_longer_than_a_page(case: Case) -> Iterator[Finding]:
    """Die Kurzfassung passt auf eine Seite

    Viele lesen nur sie. Ampeln, Geld und was gefragt ist stehen mit auf der Seite; wie viel Text daneben Platz hat,
    steht unter `papers: summary_length` in `sozplan.yaml`.

    English:
        The summary fits on a page

        Many read nothing else. Lights, money and what is asked stand on the same page; how much text there is room
        for stands at `papers: summary_length` in `sozplan.yaml`.

    Bad:
        # sozplan.yaml
        papers:
          summary_length: 40
        # plans/areas/hafen.yaml
        paper:
          summary: Der Hafen ist jung und wächst, und der Plan setzt früh an.  # <- paper.summary-too-long

    Good:
        # sozplan.yaml
        papers:
          summary_length: 40
        # plans/areas/hafen.yaml
        paper:
          summary: Der Plan setzt früh an.
    """
    most = case.plan.settings.papers.summary_length
    for each in written(case):
        length = len(each.paper.summary or "")
        if length > most:
            yield Finding(each.at("summary"), {"length": length, "most": most})


RULES = (
    paper_without_proposal,
    proposal_numbered_by_hand,
    proposal_in_an_information,
    paper_without_alternatives,
    check_not_answered,
    summary_longer_than_a_page,
)
