"""What a message adds so that a planner can put it right: the value that was probably meant, the form to use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from sozplan.diagnostics import Text, text
from sozplan.model.entity import ORIGIN_KEY, Entity, note
from sozplan.repo.shape import keys_of


def spoken(value: str, label: Text) -> Iterator[str]:
    """The words somebody might write instead: the labels, or what they begin with."""
    yield value
    for each in label:
        yield each
        yield each.partition(" ")[0]


def names(choices: Mapping[str, Text]) -> Text:
    return Text(*(", ".join(_name(v, label, lang) for v, label in choices.items()) for lang in (0, 1)))


def _name(value: str, label: Text, lang: int) -> str:
    if value in _BLANKS:
        return _BLANKS[value][lang]
    if not any(character.isalnum() for character in value):
        return f"„{value}“" if lang == 0 else f"“{value}”"
    return value if label[lang] == value else f"{value} ({label[lang]})"


_BLANKS: Mapping[str, Text] = {
    "\t": text(de='Tabulator ("\\t")', en='tabulator ("\\t")'),
    " ": text(de='Leerzeichen (" ")', en='blank (" ")'),
}
"""What can't be seen in a message, and how YAML writes it."""


def near_key(key: str, around: type[Entity] | None) -> str | None:
    """The known key whose German or English label it is, or that is written nearly so."""
    words = dict(_words(around)) if around else {}
    plain = key.casefold().replace("-", "_")
    near = [plain] if plain in words else get_close_matches(plain, words, 1)
    return words[near[0]] if near else None


def _words(cls: type[Entity]) -> Iterator[tuple[str, str]]:
    for name, field in cls.model_fields.items():
        if (key := field.alias or name) != ORIGIN_KEY:
            labels = (found.label.de, found.label.en) if (found := note(field)) else ()
            yield from ((word.casefold(), key) for word in labels)
    yield from ((key.casefold(), key) for key in keys_of(cls))


def known_keys(key: str, around: type[Entity] | None) -> Text:
    if near := near_key(key, around):
        return did_you_mean(near)
    listed = ", ".join(keys_of(around) if around else ())
    return text(de=f"Möglich sind: {listed}.", en=f"Possible are: {listed}.")


def did_you_mean(word: str) -> Text:
    return text(de=f"Meinten Sie „{word}“?", en=f"Did you mean “{word}”?")


def date_hint(raw: str) -> Text:
    """The German way of writing a day, turned round; and what to do instead of naming a day at the end of time."""
    if _ENDLESS.fullmatch(raw.strip("\"'")):
        return text(
            de="Erlaubt sind die Jahre 1000 bis 2999; was kein Ende hat, bleibt ohne Datum.",
            en="The years 1000 to 2999 are allowed; what has no end stays without a date.",
        )
    day = german_day(raw.strip('"'))
    return did_you_mean(day) if day else Text("", "")


def german_day(raw: str) -> str | None:
    """31.12.2026 as it is to be written, if it is a day."""
    parts = raw.split(".")
    if len(parts) != 3 or not all(p.isdigit() and p.isascii() for p in parts):
        return None
    try:
        return date(*(int(part) for part in reversed(parts))).isoformat()
    except ValueError:
        return None


_ENDLESS = re.compile(r"[03-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


def number_hint(raw: str) -> Text:
    """The number as it has to be written."""
    plain = plain_number(raw)
    return text(de=f"Hier also: {plain}.", en=f"Here that is {plain}.") if plain else Text("", "")


def plain_number(raw: str) -> str | None:
    """The digits with a decimal point, where there is no doubt which number was meant."""
    written = raw.strip("\"'").replace(" ", "").replace("\u00a0", "")
    plain = written.removesuffix("%").removesuffix("€").removesuffix("EUR")
    grouped = _GROUPED.fullmatch(plain)
    if "," in plain or (grouped and (plain.count(".") > 1 or written.endswith(("€", "EUR")))):
        plain = plain.replace(".", "").replace(",", ".")
    elif grouped:  # a thousand and more, or a bit over one: nobody can tell
        return None
    return plain if plain.replace(".", "", 1).lstrip("-").isdigit() and plain.isascii() else None


_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
"""Digits with points before every three of them."""


def cents_hint(raw: str) -> Text:
    """Three digits behind a point are meant as thousands by most who write so."""
    if not _GROUPED.fullmatch(raw):
        return Text("", "")
    plain = raw.replace(".", "")
    return text(de=f"Tausender stehen ohne Punkt: {plain}.", en=f"Thousands are written without a point: {plain}.")


def path_hint(raw: str) -> Text:
    """The same with the other stroke, if that is all that is wrong, as a path from the Explorer would have it."""
    written = raw.strip("\"'").replace("\\\\", "\\").replace("\\", "/")
    if "\\" in raw and not (".." in written or ":" in written or written.startswith("/")):
        return text(
            de=f"Schreiben Sie Schrägstriche, auch unter Windows: {written}",
            en=f"Write it with “/”, on Windows too: {written}",
        )
    return text(
        de="Schreiben Sie ihn ab dem Wurzelordner, mit „/“, ohne „..“ und ohne Laufwerk, z. B. "
        "plans/documents/niederschrift.pdf.",
        en="Write it from the root folder, with “/”, without “..” and without a drive, plans/documents/minutes.pdf "
        "say.",
    )


def period_hint(raw: str) -> Text:
    """The school year that somebody wrote in full or with a hyphen."""
    year = school_year(raw.strip("\"'"))
    return did_you_mean(year) if year else Text("", "")


def school_year(raw: str) -> str | None:
    """2023/2024 as it is to be written."""
    found = re.fullmatch(r"([0-9]{2})([0-9]{2})\s*[/–-]\s*(?:\1)?([0-9]{2})", raw)
    if found and int(found[3]) == (int(found[2]) + 1) % 100:
        return f"{found[1]}{found[2]}/{found[3]}"
    return None


def id_hint(raw: str) -> Text:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "-", "_": "-", "/": "-", ".": "-"})
    plain = "".join(c for c in raw.casefold().translate(table) if c.isascii() and (c.isalnum() or c == "-"))
    plain = plain.lstrip("-0123456789")[:64]
    return did_you_mean(plain) if plain else Text("", "")


def bound(context: dict[str, Any]) -> Text:
    words = {
        "ge": ("mindestens", "at least"),
        "gt": ("größer als", "more than"),
        "le": ("höchstens", "at most"),
        "lt": ("kleiner als", "less than"),
    }
    name, limit = next((n, context[n]) for n in words if n in context)
    return Text(*(f"{word} {limit}" for word in words[name]))


def too_short(length: int, least: int) -> dict[str, object]:
    entries = text(de="einem Eintrag", en="one entry")
    wanted = entries if least == 1 else text(de=f"{least} Einträgen", en=f"{least} entries")
    found = text(de=f"eine mit {entries.de}", en=f"one with {entries.en}")
    return {
        "bound": Text(f"eine Liste mit mindestens {wanted.de}", f"a list of at least {wanted.en}"),
        "value": found if length == 1 else text(de="eine leere Liste", en="an empty list"),
    }


WHOLE = text(de="eine ganze Zahl", en="a whole number")
_A_NUMBER = text(de="eine Zahl", en="a number")
FOUND: dict[type, Text] = {
    bool: text(de="ein Wahrheitswert (ja oder nein)", en="a truth value (yes or no)"),
    int: _A_NUMBER,
    Decimal: _A_NUMBER,
    str: text(de="ein einzelner Text", en="a single text"),
    dict: text(de="ein Abschnitt mit eigenen Schlüsseln", en="a section with keys of its own"),
    list: text(de="eine Liste", en="a list"),
}
_LIST_HINT = text(
    de="Schreiben Sie jeden Eintrag in eine eigene Zeile, die mit „- “ beginnt.",
    en="Write each entry on a line of its own that starts with “- ”.",
)
_SECTION_HINT = text(
    de="Schreiben Sie die Angaben eingerückt darunter, je Zeile „schlüssel: wert“.",
    en="Write the values indented below it, a line each “key: value”.",
)
EXPECTED: dict[str, tuple[Text, Text]] = {
    "string_type": (text(de="ein Text", en="a text"), Text("", "")),
    "tuple_type": (text(de="eine Liste", en="a list"), _LIST_HINT),
    "model_type": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "model_attributes_type": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "union_tag_not_found": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "dict_type": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "enum": (text(de="ein einzelner Wert", en="a single value"), Text("", "")),
    "literal_error": (text(de="ein einzelner Wert", en="a single value"), Text("", "")),
    "bool_type": (text(de="„true“ oder „false“", en="“true” or “false”"), Text("", "")),
    "int_type": (WHOLE, Text("", "")),
}
