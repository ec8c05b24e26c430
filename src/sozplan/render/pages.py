"""The pages of rules and loader faults, as Markdown for the documentation and for `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from sozplan.diagnostics import Code, Lang, Severity, Text, text

GROUPS: Mapping[str, Text] = {
    "file": text(de="Dateien und Ordner", en="files and folders"),
    "yaml": text(de="Schreibweise, Schlüssel und Werte", en="spelling, keys and values"),
    "csv": text(de="Zahlentabellen", en="tables of figures"),
    "geo": text(de="Karten", en="maps"),
    "ref": text(de="Verweise", en="references"),
    "time": text(de="Zeit", en="time"),
    "target": text(de="Zielwerte", en="targets"),
    "ind": text(de="Kennzahlen", en="indicators"),
    "org": text(de="Organisation und Beteiligung", en="organisation and participation"),
    "proc": text(de="Prozesse", en="processes"),
    "fin": text(de="Geld", en="money"),
    "dec": text(de="Beschlüsse", en="decisions"),
    "sdc": text(de="Geheimhaltung", en="disclosure"),
    "hb": text(de="Handbuch", en="handbook"),
    "paper": text(de="Ratsvorlagen", en="council papers"),
    "waiver": text(de="Ausnahmen", en="waivers"),
}
"""What a group of codes is about, in the order in which they are listed."""

SEVERITIES: Mapping[Severity, Text] = {
    Severity.ERROR: text(de="Fehler", en="error"),
    Severity.WARNING: text(de="Warnung", en="warning"),
    Severity.INFO: text(de="Hinweis", en="info"),
}

_SEVERITY = text(de="Schwere", en="Severity")
_SOFTENED = text(de="im Entwurf nur Warnung", en="in a draft a warning only")
_GROUP = text(de="Gruppe", en="Group")
_MESSAGE = text(de="Meldung", en="Message")
_BAD = text(de="So nicht", en="Not so")
_GOOD = text(de="Sondern so", en="But so")


def page(code: Code, lang: Lang, *, softens: bool = False) -> str:
    """All that there is to say about a code, in one language."""
    bad, good = (f"## {title.say(lang)}\n\n{_excerpt(of)}" for title, of in ((_BAD, code.bad), (_GOOD, code.good)))
    return f"{statement(code, lang, softens=softens)}\n{bad}\n{good}"


def statement(code: Code, lang: Lang, *, softens: bool = False, level: int = 1) -> str:
    """Title, severity, reason and the sentence that is printed, without the examples."""
    grade = SEVERITIES[code.severity].say(lang)
    if softens and code.severity is Severity.ERROR:
        grade = f"{grade} ({_SOFTENED.say(lang)})"
    group = GROUPS[code.group].say(lang)
    return (
        f"{'#' * level} {code.title.say(lang)}\n\n"
        f"`{code.id}` · {_SEVERITY.say(lang)}: {grade} · {_GROUP.say(lang)}: {group}\n\n"
        f"{code.why.say(lang)}\n\n"
        f"{_MESSAGE.say(lang)}:\n\n> {sentence(code, lang)}\n"
    )


def sentence(code: Code, lang: Lang) -> str:
    """The message with an ellipsis for what the case at hand fills in."""
    parts = Formatter().parse(code.message.say(lang))
    return "".join(literal + ("…" if name is not None else "") for literal, name, _, _ in parts)


def _excerpt(content: str) -> str:
    head = content.split("\n", 1)[0]
    return f"```{'yaml' if '.yaml' in head and head.startswith('#') else 'text'}\n{content.strip(chr(10))}\n```\n"
