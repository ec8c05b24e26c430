"""Area plans: needs with evidence, goals, measures, participation, reviews, council paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from sozplan.model.entity import Date, Entity, Id, Line, Money, Number, RefTo, doc
from sozplan.model.measures import Measure
from sozplan.model.papers import FurtherPaper, Paper
from sozplan.model.periods import Period
from sozplan.model.shared import (
    AreaRef,
    BodyRef,
    Decided,
    Document,
    FollowUp,
    GoalRef,
    GroupRef,
    HolderRef,
    IndicatorRef,
    NeedRef,
    Positive,
    Record,
    Span,
    TerritoryRef,
    ThemeRef,
)
from sozplan.model.targets import Target
from sozplan.model.terms import Light, Priority, Response, Rhythm, Status


class FigureEvidence(Entity):
    """What a figure shows."""

    indicator: IndicatorRef = doc("Kennzahl: die den Bedarf zeigt.", "Indicator: that shows the need.")
    period: Period = doc("Zeitpunkt: der Zahl.", "Period: of the figure.")
    area: TerritoryRef | None = doc(
        "Gebiet: fehlt es, das des Plans.", "Area: that of the plan where absent.", default=None
    )
    statement: Line | None = doc("Aussage: was die Zahl zeigt.", "Statement: what the figure shows.", default=None)


class LocalEvidence(Entity):
    """What people on the ground know, paraphrased so that nobody can be recognised."""

    body: HolderRef = doc("Gremium: oder Stelle, die es berichtet.", "Body: or office that reports it.")
    date: Date = doc("Tag: der Sitzung oder des Berichts.", "Date: of the session or report.")
    statement: Line = doc("Erfahrungswissen: sinngemäß, nie wörtlich.", "Local experience: paraphrased, never quoted.")
    document: Document | None = doc("Beleg: Niederschrift oder Bericht.", "Document: minutes or report.", default=None)


def _evidence_kind(value: Any) -> str:
    """By the keys that only one of them has, so that a typo in one of these doesn't make it the other."""
    if not isinstance(value, dict):
        return "local" if isinstance(value, LocalEvidence) else "figure"
    return "local" if "body" in value or ("date" in value and "indicator" not in value) else "figure"


Evidence = Annotated[
    Annotated[FigureEvidence, Tag("figure")] | Annotated[LocalEvidence, Tag("local")], Discriminator(_evidence_kind)
]


class Need(Decided):
    """What is missing for whom (Handlungsbedarf)."""

    statement: Line = doc("Bedarf: was wem fehlt, in einem Satz.", "Need: what is missing for whom, in one sentence.")
    theme: ThemeRef | None = doc("Handlungsfeld: des Bedarfs.", "Theme: the need's field of action.", default=None)
    target_groups: tuple[GroupRef, ...] = doc(
        "Zielgruppen: wen er betrifft.", "Target groups: whom it concerns.", default=()
    )
    evidence: tuple[Evidence, ...] = doc(
        "Belege: Zahlen und Erfahrungswissen.", "Evidence: figures and local experience.", default=()
    )
    priority: Priority | None = doc("Priorität: hoch, mittel, niedrig.", "Priority: high, medium, low.", default=None)
    reason: Line | None = doc("Begründung: der Priorität.", "Reason: for the priority.", default=None)
    deferred: Line | None = doc(
        "Zurückgestellt: warum (noch) kein Ziel daraus folgt.", "Deferred: why no goal follows (yet).", default=None
    )


class AreaGoal(Decided):
    """An action goal of an area (Handlungsziel)."""

    statement: Line = doc("Ziel: als erreichter Zustand formuliert.", "Goal: worded as the state achieved.")
    title: Line | None = doc("Kurzname: für Tabellen.", "Short name: for tables.", default=None)
    serves: GoalRef | None = doc("Dient: dem strategischen Ziel.", "Serves: the strategic goal.", default=None)
    also_serves: tuple[GoalRef, ...] = doc("Dient auch: weiteren Zielen.", "Also serves: further goals.", default=())
    needs: tuple[NeedRef, ...] = doc("Bedarfe: aus denen es folgt.", "Needs: from which it follows.", default=())
    owner: HolderRef | None = doc(
        "Verantwortlich: Stelle, die das Ziel vertritt.", "Owner: office that stands for the goal.", default=None
    )
    weight: Annotated[Number, Field(ge=0)] = doc(
        "Gewicht: unter den Zielen des Plans.", "Weight: among the plan's goals.", default=Decimal(1)
    )
    targets: tuple[Target, ...] = doc(
        "Zielwerte: woran es gemessen wird.", "Targets: what it is measured by.", default=()
    )

    @property
    def name(self) -> str:
        return self.title or self.statement


class Contribution(Entity):
    """A statement from the participation and what became of it."""

    statement: Line = doc("Anregung: sinngemäß.", "Contribution: paraphrased.")
    response: Response = doc("Umgang: aufgegriffen, teilweise, nicht.", "Response: taken up, partly, rejected.")
    reason: Line | None = doc("Begründung: warum so.", "Reason: why so.", default=None)


class Dissent(Entity):
    """A provider's dissenting statement, verbatim."""

    actor: HolderRef = doc("Stelle: die abweicht.", "Actor: that dissents.")
    date: Date = doc("Tag: der Stellungnahme.", "Date: of the statement.")
    statement: Line = doc("Stellungnahme: im Wortlaut.", "Statement: verbatim.")


class Participation(Entity):
    """Who was heard, when, and what was taken up."""

    title: Line = doc("Titel: der Beteiligung.", "Title: of the participation.")
    date: Date = doc("Tag: der Beteiligung.", "Date: of the participation.")
    body: BodyRef | None = doc("Gremium: in dem sie stattfand.", "Body: where it took place.", default=None)
    participants: tuple[HolderRef, ...] = doc(
        "Beteiligte: Stellen und Gremien.", "Participants: offices and bodies.", default=()
    )
    target_groups: tuple[GroupRef, ...] = doc(
        "Zielgruppen: die zu Wort kamen.", "Target groups: who were heard.", default=()
    )
    contributions: tuple[Contribution, ...] = doc(
        "Anregungen: und was daraus wurde.", "Contributions: and what became of them.", default=()
    )
    dissent: tuple[Dissent, ...] = doc("Abweichende Stellungnahmen: im Wortlaut.", "Dissent: verbatim.", default=())
    document: Document | None = doc("Beleg: Protokoll.", "Document: minutes.", default=None)


class Countermeasure(FollowUp):
    """What is done about a red light."""


class ReviewLights(Entity):
    """The four lights of a review; effect never follows from money or milestones."""

    schedule: Light | None = doc("Termin: liegt sie in der Zeit?", "Schedule: is it in time?", default=None)
    resources: Light | None = doc(
        "Ressourcen: reichen Geld und Personal?", "Resources: do money and staff suffice?", default=None
    )
    output: Light | None = doc(
        "Leistung: wird geleistet, was geplant ist?", "Output: is done what was planned?", default=None
    )
    effect: Light | None = doc(
        "Wirkung: ändert sich etwas für die Zielgruppe?",
        "Effect: does it change anything for the target group?",
        default=None,
    )


class ReviewOutput(Entity):
    """A quantity reached at the cut-off date."""

    statement: Line = doc("Leistung: was gezählt wird.", "Output: what is counted.")
    value: Number = doc("Menge: bis zum Stichtag.", "Value: up to the cut-off date.")
    unit: Line | None = doc("Einheit: der Menge.", "Unit: of the quantity.", default=None)


class Override(Entity):
    """A light set by hand; both values are printed."""

    light: Light = doc("Ampel: die statt der berechneten gilt.", "Light: instead of the computed one.")
    reason: Line = doc("Begründung: warum abgewichen wird.", "Reason: why it differs.")
    role: Line = doc("Funktion: wer es entschieden hat.", "Role: who decided it.")


class Approval(Entity):
    """Who approved, by function."""

    role: HolderRef = doc("Stelle: die freigibt.", "Office: that approves.")
    date: Date = doc("Tag: der Freigabe.", "Date: of the approval.")


class Review(Record):
    """The state of a measure or a goal at a cut-off date (Zwischenbericht)."""

    subject: Annotated[Id, RefTo("Measure", "AreaGoal", "AreaPlan")] = doc(
        "Gegenstand: Maßnahme, Ziel oder Plan.", "Subject: measure, goal or plan."
    )
    cut_off: Date = doc("Stichtag: Stand der Angaben.", "Cut-off date: of the statements.")
    statement: Line | None = doc("Sachstand: in wenigen Sätzen.", "State: in a few sentences.", default=None)
    outputs: tuple[ReviewOutput, ...] = doc(
        "Leistungen: bis zum Stichtag.", "Outputs: up to the cut-off date.", default=()
    )
    spent: Money | None = doc(
        "Verausgabt: Euro im Haushaltsjahr bis zum Stichtag.",
        "Spent: euro in the budget year up to the cut-off.",
        default=None,
    )
    lights: ReviewLights | None = doc(
        "Ampeln: Termin, Ressourcen, Leistung, Wirkung.", "Lights: schedule, resources, output, effect.", default=None
    )
    override: Override | None = doc("Abweichende Ampel: mit Begründung.", "Override: with reason.", default=None)
    reason: Line | None = doc("Ursache: der Abweichung.", "Reason: of the deviation.", default=None)
    countermeasure: Countermeasure | None = doc(
        "Gegenmaßnahme: wer tut was bis wann.", "Countermeasure: who does what until when.", default=None
    )
    decision_needed: Line | None = doc(
        "Entscheidungsbedarf: was entschieden werden muss.", "Decision needed: what must be decided.", default=None
    )
    accepted: Line | None = doc(
        "Hingenommen: warum nichts unternommen wird.", "Accepted: why nothing is done.", default=None
    )
    approved: Approval | None = doc("Freigabe: Stelle und Tag.", "Approval: office and day.", default=None)


class Reporting(Entity):
    """When the plan is reported on."""

    rhythm: Rhythm = doc("Rhythmus: der Zwischenberichte.", "Rhythm: of the reviews.")
    grace_days: Positive = doc(
        "Nachfrist: Tage nach dem Stichtag, bis der Bericht vorliegt.",
        "Grace: days after the cut-off until the report is there.",
        default=90,
    )


class Resources(Entity):
    """Staff and funds that stand behind a plan beside its measures."""

    statement: Line = doc("Ressource: was bereitsteht.", "Resource: what is there.")
    holder: HolderRef = doc("Stelle: die sie stellt.", "Office: that provides it.")
    amount: Money | None = doc("Betrag: Euro im Jahr.", "Amount: euro a year.", default=None)
    fte: Annotated[Number, Field(ge=0)] | None = doc(
        "VZÄ: Vollzeitäquivalente.", "FTE: full-time equivalents.", default=None
    )


class AreaPlan(Decided):
    """`plans/areas/*.yaml`: the plan of one social area (Sozialraumgebietsplan)."""

    status: Status = doc(
        "Status: Entwurf, Vorlage, beschlossen oder beendet.", "Status: draft, proposal, resolved or ended."
    )
    area: AreaRef = doc("Gebiet: Sozialraumgebiet, für das er gilt.", "Area: social area for which it stands.")
    title: Line = doc("Titel: des Plans.", "Title: of the plan.")
    version: Positive = doc("Fassung: laufende Nummer.", "Version: running number.", default=1)
    predecessor: Annotated[Id, RefTo("AreaPlan")] | None = doc(
        "Vorgänger: Plan, den er ablöst.", "Predecessor: plan that it follows.", default=None
    )
    period: Span = doc("Laufzeit: erster und letzter Tag.", "Period: first and last day.")
    profile: Line | None = doc(
        "Gebietsprofil: das Gebiet in wenigen Sätzen.", "Profile: the area in a few sentences.", default=None
    )
    profile_indicators: tuple[IndicatorRef, ...] = doc(
        "Profilkennzahlen: die das Gebiet beschreiben.", "Profile indicators: that describe the area.", default=()
    )
    needs: tuple[Need, ...] = doc("Bedarfe: was wem fehlt.", "Needs: what is missing for whom.", default=())
    goals: tuple[AreaGoal, ...] = doc(
        "Ziele: Handlungsziele des Gebiets.", "Goals: action goals of the area.", default=()
    )
    measures: tuple[Measure, ...] = doc("Maßnahmen: was getan wird.", "Measures: what is done.", default=())
    participation: tuple[Participation, ...] = doc(
        "Beteiligung: wer gehört wurde.", "Participation: who was heard.", default=()
    )
    resources: tuple[Resources, ...] = doc(
        "Ressourcen: neben den Mitteln der Maßnahmen.", "Resources: beside the measures' money.", default=()
    )
    reporting: Reporting | None = doc(
        "Berichtswesen: wann berichtet wird.", "Reporting: when it is reported on.", default=None
    )
    reviews: tuple[Review, ...] = doc(
        "Zwischenberichte: Stand zu Stichtagen.", "Reviews: state at cut-off dates.", default=()
    )
    paper: Paper | None = doc(
        "Vorlage: was die Ratsvorlage darüber hinaus sagt.", "Paper: what the council paper adds.", default=None
    )
    papers: tuple[FurtherPaper, ...] = doc(
        "Weitere Vorlagen: Mitteilungen und Sachstandsberichte, in der Reihenfolge der Tage.",
        "Further papers: information and progress papers, in order of their days.",
        default=(),
    )
