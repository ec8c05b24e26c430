"""The closed vocabularies: English values in the files, German and English words on paper."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from sozplan.diagnostics import Text


class Term(StrEnum):
    """An enum value with the word that people see."""

    label: Text

    def __new__(cls, value: str, de: str, en: str) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = Text(de, en)
        return term


class Status(Term):
    DRAFT = "draft", "Entwurf", "draft"
    PROPOSAL = "proposal", "Vorlage", "proposal"
    RESOLVED = "resolved", "beschlossen", "resolved"
    ENDED = "ended", "beendet", "ended"


class Priority(Term):
    HIGH = "high", "hoch", "high"
    MEDIUM = "medium", "mittel", "medium"
    LOW = "low", "niedrig", "low"


class GoalLevel(Term):
    GUIDING = "guiding", "Leitziel", "guiding goal"
    INTERMEDIATE = "intermediate", "Mittlerziel", "intermediate goal"
    ACTION = "action", "Handlungsziel", "action goal"


class Commitment(Term):
    RESOLVED = "resolved", "beschlossen", "resolved"
    CONTRACTUAL = "contractual", "vertraglich gesichert", "contractual"
    INTENDED = "intended", "Absicht", "intended"
    UNDER_REVIEW = "under-review", "Prüfauftrag", "under review"


class MeasureStatus(Term):
    PLANNED = "planned", "geplant", "planned"
    RUNNING = "running", "läuft", "running"
    COMPLETED = "completed", "abgeschlossen", "completed"
    STOPPED = "stopped", "abgebrochen", "stopped"


class DutyType(Term):
    MANDATORY_IN_KIND = "mandatory-in-kind", "pflichtig dem Grunde nach", "mandatory in kind"
    MANDATORY_IN_AMOUNT = "mandatory-in-amount", "pflichtig der Höhe nach", "mandatory in kind and amount"
    VOLUNTARY = "voluntary", "freiwillig", "voluntary"


class Light(Term):
    GREEN = "green", "grün", "green"
    YELLOW = "yellow", "gelb", "yellow"
    RED = "red", "rot", "red"
    GREY = "grey", "grau", "grey"


class PlanSide(Term):
    RESULT = "result", "Ergebnisplan", "operating budget"
    FINANCE = "finance", "Finanzplan", "capital budget"


class Response(Term):
    TAKEN_UP = "taken-up", "aufgegriffen", "taken up"
    PARTLY = "partly", "teilweise aufgegriffen", "partly taken up"
    REJECTED = "rejected", "nicht aufgegriffen", "rejected"


class Direction(Term):
    HIGHER = "higher", "höher ist besser", "higher is better"
    LOWER = "lower", "niedriger ist besser", "lower is better"
    CORRIDOR = "corridor", "im Korridor", "within a corridor"
    NEUTRAL = "neutral", "ohne Richtung", "neutral"


class IndicatorKind(Term):
    CONTEXT = "context", "Kontext", "context"
    INPUT = "input", "Input", "input"
    OUTPUT = "output", "Output", "output"
    OUTCOME = "outcome", "Outcome", "outcome"
    IMPACT = "impact", "Impact", "impact"


class Steerability(Term):
    DIRECT = "direct", "direkt steuerbar", "directly steerable"
    INDIRECT = "indirect", "mittelbar steuerbar", "indirectly steerable"
    NONE = "none", "nicht steuerbar", "not steerable"


class Timing(Term):
    DAY = "day", "Stichtag", "reference date"
    SUM = "sum", "Jahressumme", "sum over the period"
    MEAN = "mean", "Mittel", "mean over the period"


class Rhythm(Term):
    MONTHLY = "monthly", "monatlich", "monthly"
    QUARTERLY = "quarterly", "vierteljährlich", "quarterly"
    HALF_YEARLY = "half-yearly", "halbjährlich", "half-yearly"
    YEARLY = "yearly", "jährlich", "yearly"
    BIENNIAL = "biennial", "zweijährlich", "every two years"
    SCHOOL_YEAR = "school-year", "je Schuljahr", "every school year"

    @property
    def months(self) -> int:
        return {"monthly": 1, "quarterly": 3, "half-yearly": 6, "biennial": 24}.get(self.value, 12)


class Publication(Term):
    PUBLIC = "public", "öffentlich", "public"
    INTERNAL = "internal", "nur verwaltungsintern", "internal"
    RESTRICTED = "restricted", "eingeschränkt", "restricted"


class AreaKind(Term):
    SOCIAL_AREA = "social-area", "Sozialraumgebiet", "social area"
    OBSERVATION = "observation-area", "Beobachtungsgebiet", "observation area"
    FUNDING = "funding-area", "Fördergebiet", "funding area"


class ActorKind(Term):
    HEAD = "head-of-administration", "Hauptverwaltungsbeamter", "head of administration"
    DEPARTMENT = "department", "Dezernat", "department"
    OFFICE = "office", "Amt", "office"
    DIVISION = "division", "Abteilung", "division"
    STAFF_UNIT = "staff-unit", "Stabsstelle", "staff unit"
    STATISTICS = "statistics-office", "Statistikstelle", "statistics office"
    WORKS_COUNCIL = "works-council", "Personalrat", "works council"
    JOBCENTER = "jobcenter", "Jobcenter", "job centre"
    PROVIDER = "provider", "freier Träger", "independent provider"
    SCHOOL = "school", "Schule", "school"
    HOUSING = "housing", "Wohnungswirtschaft", "housing company"
    GROUP = "group", "Fraktion, Beirat oder Initiative", "political or civic group"
    AUTHORITY = "authority", "andere Behörde", "other authority"


class ContractKind(Term):
    GRANT_NOTICE = "grant-notice", "Zuwendungsbescheid", "grant notice"
    GRANT_CONTRACT = "grant-contract", "Zuwendungsvertrag", "grant contract"
    SERVICE = "service-agreement", "Leistungsvereinbarung", "service agreement"
    FEE = "fee-agreement", "Entgeltvereinbarung", "fee agreement"
    QUALITY = "quality-agreement", "Qualitätsvereinbarung", "quality agreement"
    COOPERATION = "cooperation", "Kooperationsvereinbarung", "cooperation agreement"


class BodyKind(Term):
    DECIDING = "deciding", "entscheidend", "deciding"
    STEERING = "steering", "steuernd", "steering"
    COORDINATING = "coordinating", "koordinierend", "coordinating"
    ADVISORY = "advisory", "beratend", "advisory"
    PARTICIPATING = "participating", "beteiligend", "participating"


class Vdmi(Term):
    ACCOUNTABLE = "accountable", "V – verantwortlich", "V – accountable"
    EXECUTING = "executing", "D – durchführend", "D – executing"
    CONTRIBUTING = "contributing", "M – mitwirkend", "M – contributing"
    INFORMED = "informed", "I – informiert", "I – informed"


class DutyKind(Term):
    INFORMATION = "information", "Information", "information"
    HEARING = "hearing", "Anhörung", "hearing"
    PROPOSAL = "proposal", "Vorschlag", "proposal"
    COSIGNING = "cosigning", "Mitzeichnung", "co-signing"
    VETO = "veto", "Veto", "veto"
    DECISION = "decision", "Entscheidung", "decision"
    REPORT = "report", "Bericht", "report"
    DATA = "data-delivery", "Datenlieferung", "data delivery"
    PAYMENT = "payment", "Zahlung", "payment"


class BindingRoute(Term):
    SERVICE_ORDER = "service-order", "Dienstanweisung", "service order"
    CONTRACT = "contract", "Vertrag", "contract"
    RESOLUTION = "resolution", "Ratsbeschluss", "council resolution"
    STATUTE = "statute", "Satzung oder Gesetz", "statute or law"


class ProcessKind(Term):
    LEAD = "lead", "Führungsprozess", "lead process"
    CORE = "core", "Kernprozess", "core process"
    SUPPORT = "support", "Unterstützungsprozess", "support process"


class ProcessState(Term):
    CURRENT = "current", "Ist", "as it runs"
    TARGET = "target", "Soll", "as it shall run"


class Phase(Term):
    ANALYSE = "analyse", "Analyse", "analysis"
    GOALS = "goals", "Bedarf und Ziele", "needs and goals"
    MEASURES = "measures", "Maßnahmen", "measures"
    DECISION = "decision", "Beschluss und Ressourcen", "decision and resources"
    IMPLEMENTATION = "implementation", "Umsetzung", "implementation"
    MONITORING = "monitoring", "Monitoring", "monitoring"
    EVALUATION = "evaluation", "Evaluation und Fortschreibung", "evaluation and revision"


class StepKind(Term):
    TASK = "task", "Aufgabe", "task"
    DECISION = "decision", "Entscheidung", "decision"
    FORK = "fork", "Verzweigung", "fork"
    JOIN = "join", "Zusammenführung", "join"
    EVENT = "event", "Ereignis", "event"


class ResolutionKind(Term):
    RESOLUTION = "resolution", "Beschluss", "resolution"
    BUDGET_STATUTE = "budget-statute", "Haushaltssatzung", "budget statute"
    SUPPLEMENTARY = "supplementary-grant", "über- oder außerplanmäßige Bewilligung", "supplementary budget grant"
    ORDER = "order", "Verfügung", "order of the head of administration"
    INFORMATION = "information", "Kenntnisnahme", "information"


class Outcome(Term):
    ADOPTED = "adopted", "angenommen", "adopted"
    REJECTED = "rejected", "abgelehnt", "rejected"
    DEFERRED = "deferred", "vertagt", "deferred"
    REFERRED = "referred", "verwiesen", "referred"
    NOTED = "noted", "zur Kenntnis genommen", "noted"


class InventoryKind(Term):
    SERVICE = "service", "Angebot", "service"
    FACILITY = "facility", "Einrichtung", "facility"
    BODY = "body", "Gremium", "body"
    PROCEDURE = "procedure", "Verfahren", "procedure"


class Advice(Term):
    KEEP = "keep", "beibehalten", "keep"
    ADAPT = "adapt", "anpassen", "adapt"
    MERGE = "merge", "zusammenführen", "merge"
    NEW = "new", "neu schaffen", "new"
    GIVE_UP = "give-up", "aufgeben", "give up"


class Force(Term):
    MUST = "must", "muss", "must"
    SHOULD = "should", "soll", "should"
    MAY = "may", "kann", "may"


class FunderLevel(Term):
    EU = "eu", "EU", "EU"
    FEDERAL = "federal", "Bund", "federal"
    LAND = "land", "Land", "Land"
    FOUNDATION = "foundation", "Stiftung", "foundation"


class FinancingKind(Term):
    SHARE = "share", "Anteilfinanzierung", "share of the cost"
    DEFICIT = "deficit", "Fehlbedarfsfinanzierung", "financing of the deficit"
    FIXED_SUM = "fixed-sum", "Festbetragsfinanzierung", "fixed sum"


class Authorisation(Term):
    COMMITMENT = "commitment-authorisation", "Verpflichtungsermächtigung", "commitment authorisation"
    MEDIUM_TERM = "medium-term", "mittelfristige Finanzplanung", "medium-term plan"
    NONE = "none", "keine", "none"


class EarlyStart(Term):
    FORBIDDEN = "forbidden", "vor Bescheid unzulässig", "not before the notice"
    ON_APPROVAL = "on-approval", "nur mit genehmigtem vorzeitigem Maßnahmenbeginn", "only with approval of early start"
    OWN_RISK = "own-risk", "ab Antrag auf eigenes Risiko", "from the application at own risk"


class ApplicationState(Term):
    IDEA = "idea", "Idee", "idea"
    SKETCH = "sketch", "Skizze", "sketch"
    APPLICATION = "application", "Antrag", "application"
    NOTICE = "notice", "Bescheid", "grant notice"
    DRAWDOWN = "drawdown", "Abruf", "drawdown"
    PROOF = "proof", "Verwendungsnachweis", "proof of use"
    REFUSED = "refused", "abgelehnt", "refused"


class Verdict(Term):
    YES = "yes", "ja", "yes"
    NO = "no", "nein", "no"
    CHECK = "check", "zu prüfen", "to be checked"


class Criterion(Term):
    THEME = "theme", "Handlungsfeld", "Theme"
    GROUP = "target-group", "Zielgruppe", "Target group"
    APPLICANT = "applicant", "Antragsteller", "Applicant"
    COST_TYPE = "cost-type", "Kostenarten", "Types of cost"
    AREA = "area", "Gebiet", "Area"
    CALL = "call", "Antragsfrist", "Call"
    START = "start", "Beginn", "Start"
    AMOUNT = "amount", "Förderhöhe", "Amount"
    OWN_SHARE = "own-share", "Eigenanteil", "Own share"
    CUMULATION = "cumulation", "Kumulierung", "Cumulation"


class BudgetState(Term):
    PLANNED = "planned", "Finanzplanung", "medium-term plan"
    DRAFT = "draft", "Entwurf", "draft"
    ADOPTED = "adopted", "beschlossen", "adopted"
    PROVISIONAL = "provisional", "vorläufige Haushaltsführung", "provisional budget management"
    CONSOLIDATION = "consolidation", "Haushaltssicherung", "budget consolidation"


class CalendarKind(Term):
    SESSION = "session", "Sitzung", "session"
    BUDGET = "budget", "Haushalt", "budget"
    REPORTING = "reporting", "Berichtstermin", "reporting date"
    DATA = "data", "Datenlieferung", "data delivery"
    PLANNING = "planning", "Planungstermin", "planning date"


class ConsultationRole(Term):
    HEARING = "hearing", "Anhörung", "hearing"
    ADVICE = "advice", "Vorberatung", "preliminary advice"
    DECISION = "decision", "Entscheidung", "decision"
    INFORMATION = "information", "Kenntnisnahme", "information"


class FurtherKind(Term):
    INFORMATION = "information", "Mitteilungsvorlage", "information paper"
    PROGRESS = "progress", "Sachstandsbericht", "progress report"


class DueKind(Term):
    MILESTONE = "milestone", "Meilenstein", "milestone"
    REVIEW = "review", "Zwischenbericht", "review"
    COUNTERMEASURE = "countermeasure", "Gegenmaßnahme", "countermeasure"
    FOLLOW_UP = "follow-up", "Auftrag aus Beschluss", "task of a resolution"
    PROOF = "proof", "Verwendungsnachweis", "proof of use"
    NOTICE = "notice", "Kündigungstermin", "notice date"
    GRANT_END = "grant-end", "Ende der Förderung", "end of grant"
    CALL = "call", "Antragsfrist", "call closes"
    CALL_OPENS = "call-opens", "Beginn eines Aufrufs", "call opens"
    EARLY_START = "early-start", "Vorzeitigen Beginn klären", "settle early start"
    DRAWDOWN = "drawdown", "Mittelabruf", "drawdown"
    BINDING = "binding", "Ende der Zweckbindung", "end of binding"
    DATA = "data", "Datenlieferung", "delivery of data"
    DESIGNATION = "designation", "Überprüfung des Gebiets", "review of the area"
    HANDBOOK = "handbook", "Überprüfung des Handbuchs", "review of the manual"
    WAIVER = "waiver", "Ende einer Ausnahme", "end of a waiver"
    APPOINTMENT = "appointment", "Termin", "appointment"
    STEP = "next-step", "Nächster Schritt", "next step"
