"""Rule on laws that are cited without saying which version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.handbook import HandbookRule
from sozplan.model.organisation import Duty
from sozplan.rules.hb.texts import chapters
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import brief

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_PARAGRAPH = re.compile(r"§§?\s*\d|\b(?:Art\.|Artikel|section|article)\s+\d", re.IGNORECASE)
_REACH = 200
"""Within so many characters behind „§ 16“ the version is to be found."""
_LAW = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]*(?:[Gg]esetz|[Gg]esetzbuch|[Oo]rdnung|G|GB|O|VO)(?:e?s)?\b|\bSGB\s+[IVX]+\b")


@rule(
    "hb.law-unversioned",
    Severity.WARNING,
    de="„{cited}“ nennt keine Fassung. Schreiben Sie sie dazu: „in der Fassung vom …“ oder „Stand …“.",
    en="“{cited}” names no version. Add it: “as amended on …” or “as of …”.",
)
def law_without_version(case: Case) -> Iterator[Finding]:
    """Jedes zitierte Gesetz nennt seine Fassung

    Paragraphen wandern: Was heute § 16 ist, war vor der letzten Änderung ein anderer. Mit Datum bleibt das Zitat
    richtig. Geprüft werden das Rechtsquellenverzeichnis, die Grundlagen von Regeln, Rechten, Pflichten und Prozessen
    und Stellen der Kapitel mit „§“ oder „Artikel“; ein Gesetz, dessen Fassung im Verzeichnis steht, darf im Text kurz
    zitiert werden.

    English:
        Each law cited names its version

        Sections move: what is section 16 today was another before the last amendment. With a date the citation stays
        right. The register of legal sources is looked at, the bases of rules, rights, duties and processes, and places
        of the chapters with “§” or “article”; a law whose version stands in the register may be cited briefly in the
        text.

    Bad:
        # handbook/handbook.yaml
        legal:
          - Beispielgesetz über die Sozialplanung  # <- hb.law-unversioned

    Good:
        # handbook/handbook.yaml
        legal:
          - Beispielgesetz über die Sozialplanung vom 1. März 2024
    """
    book = case.plan.handbook
    listed = book.legal if book else ()
    dated = {law for line in listed if _YEAR.search(line) for law in _laws(line)}
    for place, cited in _citations(case):
        if not _YEAR.search(cited) and not (_PARAGRAPH.search(cited) and any(law in dated for law in _laws(cited))):
            yield Finding(place, {"cited": brief(cited)})


def _laws(content: str) -> list[str]:
    """The laws named, without a genitive."""
    return [re.sub(r"(?<=gesetz)es$|(?<=buch)e?s$", "", match[0]) for match in _LAW.finditer(content)]


def _is_law(line: str) -> bool:
    """An agreement or an order is no law; its date is the resolution's."""
    return _PARAGRAPH.search(line) is not None or _LAW.search(line) is not None


def _citations(case: Case) -> Iterator[tuple[Place, str]]:
    plan = case.plan
    if plan.handbook is not None:
        yield from ((plan.handbook.at("legal", i), line) for i, line in enumerate(plan.handbook.legal))
    for process in plan.processes:
        bases = enumerate(process.legal_basis)
        yield from ((process.at("legal_basis", i), line) for i, line in bases if _is_law(line))
    resting: tuple[HandbookRule | Duty, ...] = (*plan.handbook_rules, *plan.duties)
    for each in resting:
        if each.basis is not None and _is_law(each.basis):
            yield each.at("basis"), each.basis
    for chapter in chapters(case):
        for found in _PARAGRAPH.finditer(chapter.text):
            paragraph, *_ = chapter.text[found.start() : found.start() + _REACH].partition("\n")
            yield chapter.at(found.start()), paragraph
