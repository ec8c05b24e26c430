"""The words by which texts are read: what sounds like a person, a raw table, an office, a technical term."""

from __future__ import annotations

from sozplan.model.entity import Entity, Line, doc

PERSONS = (
    *("Kind", "Kinder", "Kindern", "Mädchen", "Junge", "Jungen", "Schüler", "Schülerin", "Schülerinnen", "Schülern"),
    *("Jugendliche", "Jugendlicher", "Jugendlichen", "Mutter", "Mütter", "Müttern", "Vater", "Väter", "Vätern"),
    *("Frau", "Frauen", "Mann", "Männer", "Männern", "Familie", "Familien", "Haushalt", "Haushalte", "Haushalten"),
    *("Person", "Personen", "Bewohner", "Bewohnerin", "Bewohnerinnen", "Bewohnern", "Seniorin", "Seniorinnen"),
    *("child", "children", "girl", "girls", "boy", "boys", "pupil", "pupils", "mother", "mothers", "father", "fathers"),
    *("woman", "women", "man", "men", "family", "families", "household", "households", "person", "persons"),
)
RAW_COLUMNS = (
    *("name", "nachname", "vorname", "geburtsdatum", "geburtsname", "strasse", "straße", "hausnummer", "adresse"),
    *("anschrift", "telefon", "email", "e-mail", "aktenzeichen", "fallnummer", "personennummer", "bg-nummer"),
    *("surname", "first name", "date of birth", "street", "address", "phone", "case number", "person id"),
)
_OFFICES = (
    *("Amt", "Dezernat", "Fachbereich", "Fachdienst", "Fachamt", "Referat", "Sachgebiet", "Stabsstelle"),
    *("Arbeitsgruppe", "Arbeitskreis", "Ausschuss", "Beirat", "Kommission", "Lenkungskreis", "Unterausschuss"),
)
_TERMS = (
    *("Anschlussfinanzierung", "Beratungsfolge", "Datenstand", "Erfahrungswissen", "Gebietsfestlegung"),
    *("Gebietsstand", "Handlungsziel", "Haushaltsvorbehalt", "Leitziel", "Mindestfallzahl", "Mittlerziel"),
    *("Planerfüllung", "Sozialindex", "Sozialraumgebiet", "VDMI", "Verfügungsfonds", "Zielerreichungsgrad"),
)


class Manual(Entity):
    """How the handbook's texts are read."""

    office_words: tuple[Line, ...] = doc(
        "Ämterwörter: womit Namen von Stellen und Gremien beginnen, die im Text auffallen sollen.",
        "Office words: what names of offices and bodies start with that shall be noticed in texts.",
        default=_OFFICES,
    )
    technical_terms: tuple[Line, ...] = doc(
        "Fachbegriffe: die das Handbuch erklären muss, wenn es sie verwendet.",
        "Technical terms: which the handbook must explain where it uses them.",
        default=_TERMS,
    )
