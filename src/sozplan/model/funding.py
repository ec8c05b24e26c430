"""Funding programmes and applications."""

from __future__ import annotations

from sozplan.model.entity import Date, Entity, Flag, Grant, Line, Percent, doc
from sozplan.model.papers import Paper
from sozplan.model.shared import (
    ActorRef,
    AreaRef,
    Count,
    Document,
    GroupRef,
    MeasureRef,
    ProgrammeRef,
    Record,
    Span,
    ThemeRef,
)
from sozplan.model.terms import ActorKind, ApplicationState, AreaKind, EarlyStart, FinancingKind, FunderLevel


class Guideline(Entity):
    """The text that binds."""

    title: Line = doc("Titel: der Richtlinie.", "Title: of the guideline.")
    date: Date = doc("Fassung vom: Tag.", "Dated: day.")
    citation: Line | None = doc(
        "Fundstelle: wo sie veröffentlicht ist.", "Citation: where it is published.", default=None
    )


class AreaCriterion(Entity):
    """What the programme asks of the area."""

    statement: Line = doc("Bedingung: in einem Satz.", "Condition: in one sentence.")
    kinds: tuple[AreaKind, ...] = doc(
        "Gebietsarten: eine davon ist nötig.", "Kinds of areas: one of them is needed.", default=()
    )
    concept: Flag = doc(
        "Konzept: ist ein integriertes Konzept nötig?", "Concept: is an integrated concept needed?", default=False
    )


class Window(Entity):
    """When one may apply."""

    opens: Date | None = doc("Beginn: des Aufrufs.", "Opens: day.", default=None)
    closes: Date = doc("Ende: der Antragsfrist.", "Closes: day.")
    funds: Span | None = doc(
        "Förderzeitraum: in dem Ausgaben gefördert werden, die dieser Aufruf meint.",
        "Funds: the time in which this call funds spending.",
        default=None,
    )
    statement: Line | None = doc("Hinweis: zum Aufruf.", "Note: on the call.", default=None)


class Programme(Record):
    """A funding programme (Förderprogramm)."""

    name: Line = doc("Name: des Programms.", "Name: of the programme.")
    short: Line | None = doc("Kurzname: für Tabellen.", "Short name: for tables.", default=None)
    level: FunderLevel = doc("Ebene: EU, Bund, Land, Stiftung.", "Level: EU, federal, Land, foundation.")
    provider: Line = doc("Zuwendungsgeber: Behörde oder Stiftung.", "Provider: authority or foundation.")
    guideline: Guideline = doc("Richtlinie: mit Fassung.", "Guideline: with version.")
    themes: tuple[ThemeRef, ...] = doc("Handlungsfelder: die gefördert werden.", "Themes: that are funded.", default=())
    target_groups: tuple[GroupRef, ...] = doc(
        "Zielgruppen: die gefördert werden.", "Target groups: that are funded.", default=()
    )
    applicants: tuple[ActorKind, ...] = doc(
        "Antragsberechtigt: Arten von Stellen.", "Applicants: kinds of actors.", default=()
    )
    cost_types: tuple[Line, ...] = doc("Förderfähig: Kostenarten.", "Eligible: types of cost.", default=())
    area_criterion: AreaCriterion | None = doc(
        "Gebietsbedingung: was das Gebiet erfüllen muss.", "Area criterion: what the area must meet.", default=None
    )
    financing: FinancingKind = doc(
        "Finanzierungsart: bei Anteilfinanzierung gilt der Fördersatz in jedem Haushaltsjahr, sonst über alle.",
        "Kind of financing: of a share the rate holds in each budget year, else over all of them.",
        default=FinancingKind.SHARE,
    )
    subsidiary: Flag = doc(
        "Nachrangig: zahlt nur, wenn kein anderes Programm dieselben Kosten fördert.",
        "Subsidiary: pays only if no other programme funds the same cost.",
        default=False,
    )
    rate_max: Percent | None = doc("Fördersatz: höchstens, in Prozent.", "Rate: at most, in per cent.", default=None)
    own_share_min: Percent | None = doc(
        "Eigenanteil: mindestens, in Prozent.", "Own share: at least, in per cent.", default=None
    )
    third_party_as_own: Flag = doc(
        "Drittmittel als Eigenanteil: zählen sie zum Eigenanteil?",
        "Third-party money as own share: does it count towards it?",
        default=False,
    )
    total_cost_min: Grant | None = doc(
        "Gesamtkosten mindestens: Euro, darunter wird nicht gefördert.",
        "Total cost at least: euro, nothing is funded below.",
        default=None,
    )
    total_cost_max: Grant | None = doc(
        "Gesamtkosten höchstens: Euro, bis zu denen der Fördersatz gilt.",
        "Total cost at most: euro, up to which the rate holds.",
        default=None,
    )
    grant_max: Grant | None = doc(
        "Höchstbetrag: Euro, die ein Antrag höchstens bringt; bei Festbetragsfinanzierung der Festbetrag.",
        "Highest grant: euro that an application brings at most; of a fixed sum that sum.",
        default=None,
    )
    excludes: tuple[ProgrammeRef, ...] = doc(
        "Nicht kombinierbar: mit diesen Programmen.", "Excludes: these programmes.", default=()
    )
    windows: tuple[Window, ...] = doc("Antragsfristen: Aufrufe.", "Windows: calls.", default=())
    early_start: EarlyStart = doc(
        "Vorzeitiger Beginn: vor dem Bescheid?", "Early start: before the notice?", default=EarlyStart.FORBIDDEN
    )
    proof_months: Count | None = doc(
        "Verwendungsnachweis: Monate nach Ende.", "Proof of use: months after the end.", default=None
    )
    binding_years: Count | None = doc("Zweckbindung: Jahre.", "Binding: years.", default=None)


class Stage(Entity):
    """A state that the application reached."""

    state: ApplicationState = doc(
        "Stand: Idee, Skizze, Antrag, Bescheid, Abruf, Nachweis.",
        "State: idea, sketch, application, notice, drawdown, proof.",
    )
    date: Date = doc("Tag: an dem er erreicht war.", "Date: on which it was reached.")
    amount: Grant | None = doc(
        "Betrag: Euro; bei einem Abruf der abgerufene.", "Amount: euro; of a drawdown what was drawn.", default=None
    )
    statement: Line | None = doc("Hinweis: dazu.", "Note: on it.", default=None)


class Application(Record):
    """An application for money (Förderantrag)."""

    title: Line = doc("Titel: des Antrags.", "Title: of the application.")
    programme: ProgrammeRef = doc("Programm: aus dem gefördert wird.", "Programme: that pays.")
    applicant: ActorRef | None = doc("Antragstellend: Stelle.", "Applicant: actor.", default=None)
    measures: tuple[MeasureRef, ...] = doc("Maßnahmen: die gefördert werden.", "Measures: that are funded.", default=())
    areas: tuple[AreaRef, ...] = doc("Gebiete: in denen.", "Areas: where.", default=())
    stages: tuple[Stage, ...] = doc("Verlauf: Stand mit Tag.", "Stages: states with days.", default=())
    requested: Grant | None = doc("Beantragt: Euro.", "Requested: euro.", default=None)
    granted: Grant | None = doc("Bewilligt: Euro.", "Granted: euro.", default=None)
    grant_end: Date | None = doc("Ende der Förderung: letzter Tag.", "End of grant: last day.", default=None)
    early_start: Date | None = doc(
        "Vorzeitiger Maßnahmenbeginn: genehmigt am.", "Early start: approved on.", default=None
    )
    drawdowns: tuple[Date, ...] = doc(
        "Mittelabrufe: Tage, bis zu denen abgerufen werden muss.",
        "Drawdowns: days by which money has to be drawn.",
        default=(),
    )
    proof_due: Date | None = doc("Verwendungsnachweis: fällig am.", "Proof of use: due on.", default=None)
    document: Document | None = doc("Dokument: Bescheid.", "Document: notice.", default=None)


class Funding(Entity):
    """`plans/funding/*.yaml`."""

    programmes: tuple[Programme, ...] = doc(
        "Förderprogramme: die in Frage kommen.", "Programmes: that may serve.", default=()
    )
    paper: Paper | None = doc(
        "Vorlage: was der Förderbericht über sich sagt.", "Paper: what the funding report says of itself.", default=None
    )
    applications: tuple[Application, ...] = doc("Anträge: und ihr Stand.", "Applications: and their state.", default=())
