"""`sozplan.yaml`: the municipality, its policies and its corporate design."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sozplan.model.authorities import Authorities
from sozplan.model.entity import Entity, Flag, Id, Key, Line, Number, Percent, Whole, doc
from sozplan.model.governance import Governance, Privacy
from sozplan.model.shared import Count, FilePath, Positive
from sozplan.model.terms import Authorisation
from sozplan.model.wording import PERSONS, RAW_COLUMNS, Manual

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
_ADDRESS = r"^(postgresql://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9_.-]+|spark://[A-Za-z0-9.-]+(:[0-9]{1,5})?)$"
Pattern = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Municipality(Entity):
    """Who plans."""

    name: Line = doc("Name: der Kommune, wie er gedruckt wird.", "Name: of the municipality, as printed.")
    key: Key = doc("Schlüssel: AGS oder Kreisschlüssel, in Anführungszeichen.", "Key: official key, quoted.")
    kind: Line = doc("Art: z. B. kreisfreie Stadt, Kreis, Gemeinde.", "Kind: city, county, municipality …")
    land: Annotated[str, StringConstraints(pattern=r"^(BW|BY|BE|BB|HB|HH|HE|MV|NI|NW|RP|SL|SN|ST|SH|TH)$")] = doc(
        "Land: Kürzel, z. B. NW.", "Land: short form, NW say."
    )
    residents: Count | None = doc("Einwohnerzahl: gerundet.", "Residents: rounded.", default=None)


class Level(Entity):
    """A level of territorial units, from the whole down."""

    id: Id = doc("Kennung: der Ebene.", "Id: of the level.")
    name: Line = doc("Name: der Ebene, z. B. Statistischer Bezirk.", "Name: of the level.")
    key_pattern: Pattern | None = doc(
        "Schlüsselmuster: regulärer Ausdruck für den Schlüssel.",
        "Key pattern: regular expression for the key.",
        default=None,
    )


class Lights(Entity):
    """From which plan fulfilment which light is shown; there is no norm, so it is printed."""

    green: Percent = doc(
        "Grün: ab so viel Prozent des Erwarteten.",
        "Green: from so many per cent of what is expected.",
        default=Decimal(95),
    )
    yellow: Percent = doc("Gelb: ab so viel Prozent.", "Yellow: from so many per cent.", default=Decimal(80))
    too_early: Percent = doc(
        "Zu früh: wenn weniger als so viel Prozent des Weges zu erwarten sind.",
        "Too early: while less than so many per cent of the way are expected.",
        default=Decimal(10),
    )
    chance_is_early: Flag = doc(
        "Zufall gilt als zu früh: keine Ampel, solange der Weg bis zum Soll kürzer ist als die halbe Breite des"
        " Zufallsbereichs; für Stichproben.",
        "Chance counts as too early: no light while the way to what is due is shorter than half the range of chance;"
        " for samples.",
        default=False,
    )
    budget_green: Percent = doc(
        "Haushalt grün: Abweichung bis ± Prozent.", "Budget green: deviation up to ± per cent.", default=Decimal(5)
    )
    budget_yellow: Percent = doc(
        "Haushalt gelb: Abweichung bis ± Prozent.", "Budget yellow: deviation up to ± per cent.", default=Decimal(10)
    )
    coverage: Percent = doc(
        "Deckung: darunter wird keine Gesamtzahl gebildet.", "Coverage: no aggregate below.", default=Decimal(60)
    )


class Disclosure(Entity):
    """What may not be published; the tool's floor is 3."""

    threshold: Annotated[Whole, Field(ge=3)] = doc(
        "Mindestfallzahl: für alle Quellen; wo Datenvertrag oder Steckbrief mehr verlangen, gilt das Höhere.",
        "Threshold: for all sources; where contract or sheet ask for more, the higher one holds.",
        default=3,
    )
    zero_is_public: Flag = doc(
        "Null öffentlich: darf gesagt werden, dass es niemanden gibt?",
        "Zero is public: may it be said that there is nobody?",
        default=False,
    )
    min_contributors: Annotated[Whole, Field(ge=3)] = doc(
        "Mindestzahl Beitragender: ein Wert stammt aus so vielen Einrichtungen oder Trägern.",
        "Minimum of contributors: a value comes from so many facilities or providers.",
        default=3,
    )
    dominance: Percent = doc(
        "Dominanz: so viel Prozent eines Werts darf höchstens ein Beitragender ausmachen.",
        "Dominance: one contributor may make up at most so many per cent of a value.",
        default=Decimal(85),
    )
    person_words: tuple[Line, ...] = doc(
        "Personenwörter: hinter einer kleinen Zahl lassen sie in Texten Einzelne erkennen.",
        "Person words: behind a small number they let single people be recognised in texts.",
        default=PERSONS,
    )
    raw_columns: tuple[Line, ...] = doc(
        "Rohdatenspalten: Namen von Spalten, die nur in Einzeldaten stehen.",
        "Raw columns: names of columns that stand in individual records only.",
        default=RAW_COLUMNS,
    )


class Ambition(Entity):
    """Policies of the target rules."""

    baseline_years: Positive = doc(
        "Ausgangswert: höchstens so viele Jahre vor Beginn.",
        "Baseline: at most so many years before the start.",
        default=3,
    )
    pace_factor: Annotated[Number, Field(gt=0)] = doc(
        "Ehrgeiz: Vielfaches des besten bisherigen Tempos, ab dem gefragt wird.",
        "Ambition: multiple of the best pace so far from which it is queried.",
        default=Decimal(2),
    )


class Budgeting(Entity):
    """How money is written in this municipality."""

    product_pattern: Pattern | None = doc(
        "Produktmuster: regulärer Ausdruck für Produktnummern.",
        "Product pattern: regular expression for product numbers.",
        default=None,
    )
    account_pattern: Pattern | None = doc(
        "Kontenmuster: regulärer Ausdruck für Sachkonten.",
        "Account pattern: regular expression for accounts.",
        default=None,
    )
    overrun: Percent = doc(
        "Überschreitung: ab so viel Prozent über dem Ansatz wird sie gemeldet.",
        "Overrun: reported from so many per cent above the planned sum.",
        default=Decimal(5),
    )
    call_days: Count = doc(
        "Antragsfrist: so viele Tage vorher wird daran erinnert.",
        "Call: so many days before its end one is reminded.",
        default=60,
    )
    proof_days: Count = doc(
        "Verwendungsnachweis: so viele Tage vorher wird daran erinnert.",
        "Proof of use: so many days before one is reminded.",
        default=60,
    )
    investive: Authorisation = doc(
        "Investive Folgejahre: was eine Verpflichtung zulasten späterer Jahre braucht.",
        "Capital budget: what a commitment charged to later years needs.",
        default=Authorisation.COMMITMENT,
    )
    consumptive: Authorisation = doc(
        "Konsumtive Folgejahre: was eine Verpflichtung zulasten späterer Jahre braucht.",
        "Operating budget: what a commitment charged to later years needs.",
        default=Authorisation.MEDIUM_TERM,
    )
    planning_years: Positive = doc(
        "Finanzplanung: so viele Jahre reicht sie über das Haushaltsjahr hinaus.",
        "Medium-term plan: so many years it reaches beyond the budget year.",
        default=3,
    )


SheetField = Literal[
    "timing", "reference_day", "lowest_level", "responsible", "limits", "numerator", "short", "theme", "min_cases",
    "min_base",
]  # fmt: skip


class Sheets(Entity):
    """Policies of the indicator rules."""

    required: tuple[SheetField, ...] = doc(
        "Pflichtangaben: eines Steckbriefs, über die ohnehin nötigen Schlüssel hinaus.",
        "Required: keys of a sheet beyond those that are needed anyway.",
        default=("timing", "lowest_level", "responsible", "limits"),
    )
    outlier: Annotated[Number, Field(gt=0)] = doc(
        "Ausreißer: ab diesem robusten z-Wert wird ein Sprung gemeldet.",
        "Outlier: a jump is reported from this robust z score.",
        default=Decimal(5),
    )


class ReportingDates(Entity):
    """The days that reports speak of."""

    days: tuple[Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")], ...] = doc(
        "Berichtsstichtage: Monat-Tag, in Anführungszeichen.", "Reporting days: month-day, quoted.", default=()
    )


class Papers(Entity):
    """What council papers must say in this municipality."""

    checks: tuple[Line, ...] = doc(
        "Prüfungen: die jede Beschlussvorlage beantwortet, z. B. Klima, Inklusion, Gleichstellung.",
        "Checks: that every paper for decision answers: climate, inclusion, equality …",
        default=(),
    )
    summary_length: Positive = doc(
        "Kurzfassung: höchstens so viele Zeichen, damit sie mit Ampeln und Geld auf eine Seite passt.",
        "Summary: at most so many letters, so that it fits on a page with lights and money.",
        default=1800,
    )


class Design(Entity):
    """What papers look like."""

    logo: FilePath | None = doc(
        "Logo: PNG oder SVG im Repository.", "Logo: PNG or SVG in the repository.", default=None
    )
    logo_alt: Line | None = doc("Alternativtext: des Logos.", "Alternative text: of the logo.", default=None)
    primary: Colour = doc(
        "Hauptfarbe: #RRGGBB, in Anführungszeichen.", "Primary colour: #RRGGBB, quoted.", default="#1f4e79"
    )
    accent: Colour = doc(
        "Zweitfarbe: #RRGGBB, in Anführungszeichen.", "Accent colour: #RRGGBB, quoted.", default="#8a5a00"
    )
    address: tuple[Line, ...] = doc("Anschrift: Zeilen unter dem Logo.", "Address: lines below the logo.", default=())


class Warehouse(Entity):
    """A database in which somebody else keeps observations."""

    url: Annotated[str, StringConstraints(pattern=_ADDRESS, max_length=300)] = doc(
        "Adresse: postgresql://Rechner:Port/Datenbank oder spark://local; wer sie öffnen darf und mit welchem "
        "Kennwort, sagt die Umgebung.",
        "Address: postgresql://host:port/database or spark://local; who may open it and with what password is said by "
        "the environment.",
    )


class Settings(Entity):
    """`sozplan.yaml`."""

    version: Literal[1] = doc("Fassung: des Formats, immer 1.", "Version: of the format, always 1.")
    municipality: Municipality = doc("Kommune: die plant.", "Municipality: that plans.")
    language: Literal["de", "en"] = doc("Sprache: de oder en.", "Language: de or en.", default="de")
    levels: Annotated[tuple[Level, ...], Field(min_length=1)] = doc(
        "Gebietsebenen: von der ganzen Kommune abwärts.", "Levels: from the whole municipality down."
    )
    lights: Lights = doc("Ampeln: Schwellen.", "Lights: thresholds.", default_factory=Lights)
    disclosure: Disclosure = doc(
        "Geheimhaltung: Mindestfallzahlen.", "Disclosure: thresholds.", default_factory=Disclosure
    )
    targets: Ambition = doc(
        "Zielwerte: Grenzen der Zielregeln.", "Targets: bounds of the target rules.", default_factory=Ambition
    )
    organisation: Governance = doc(
        "Organisation: Grenzen der Regeln zu Gremien und Stellen.",
        "Organisation: bounds of the rules on bodies and offices.",
        default_factory=Governance,
    )
    privacy: Privacy = doc(
        "Datenschutz: was als privat gilt und was zugelassen ist.",
        "Privacy: what counts as private, and what is allowed.",
        default_factory=Privacy,
    )
    authorities: Authorities = doc(
        "Zuständigkeiten: wer was beschließt.", "Authorities: who decides what.", default_factory=Authorities
    )
    budgeting: Budgeting = doc("Haushalt: Schreibweisen.", "Budgeting: forms.", default_factory=Budgeting)
    indicators: Sheets = doc(
        "Kennzahlen: Grenzen der Kennzahlregeln.", "Indicators: bounds of the indicator rules.", default_factory=Sheets
    )
    handbook: Manual = doc(
        "Handbuch: wie seine Texte gelesen werden.", "Handbook: how its texts are read.", default_factory=Manual
    )
    reporting: ReportingDates = doc("Berichtswesen: Stichtage.", "Reporting: days.", default_factory=ReportingDates)
    papers: Papers = doc(
        "Vorlagen: was jede Ratsvorlage sagen muss.", "Papers: what every paper must say.", default_factory=Papers
    )
    design: Design = doc(
        "Gestaltung: Logo, Farben, Anschrift.", "Design: logo, colours, address.", default_factory=Design
    )
    warehouse: Warehouse | None = doc(
        "Datenbank: in der weitere Beobachtungen liegen.",
        "Warehouse: a database that holds further observations.",
        default=None,
    )
