"""Rules of ids: each names one thing, and every reference leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.calendar import Retired
from sozplan.model.case import Case
from sozplan.model.devices import is_device
from sozplan.model.entity import Entity, Place, Reference, id_of
from sozplan.model.handbook import Chapter
from sozplan.model.plan import Plan
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import KINDS, NONE, day, either, kind, label

_COMPARISONS = 100_000
"""So many ids are compared for suggestions; where that isn't enough a file is missing, no letter is wrong."""


@rule(
    "ref.duplicate-id",
    Severity.ERROR,
    de="Die Kennung „{id}“ ist vergeben: {where}. Wählen Sie hier eine neue.",
    en="The id “{id}” is taken: {where}. Choose a new one here.",
)
def id_taken(case: Case) -> Iterator[Finding]:
    """Jede Kennung bezeichnet genau eine Sache

    Verweise, Beschlüsse und frühere Berichte nennen Kennungen.
    Bezeichnet eine davon zwei Dinge, oder nach Jahren etwas anderes, ist nicht mehr zu sagen, was beschlossen wurde.
    Deshalb wird auch eine stillgelegte Kennung nicht wieder vergeben.

    English:
        Each id names exactly one thing

        References, resolutions and earlier reports name ids.
        If one of them names two things, or another thing years later, nobody can say what was resolved.
        Hence a retired id isn't used again either.

    Bad:
        # plans/strategy.yaml
        themes:
          - {id: bildung, name: Bildung und Betreuung, youth: true}
          - {id: bildung, name: Weiterbildung}  # <- ref.duplicate-id

    Good:
        # plans/strategy.yaml
        themes:
          - {id: bildung, name: Bildung und Betreuung, youth: true}
          - {id: weiterbildung, name: Weiterbildung}
    """
    plan, retired = case.plan, dict[str, Retired]()
    for entity in plan.retired:
        if entity.id in retired:
            yield Finding(entity.at("id"), {"id": entity.id, "where": _retired(retired[entity.id])})
        retired.setdefault(entity.id, entity)
    revived = [each for id in retired if (each := plan.get(id)) is not None]
    for each in (*revived, *plan.repeated):
        name = id_of(each) or ""
        former, first = retired.get(name), plan.get(name)
        if former is not None:
            yield Finding(each.at("id"), {"id": name, "where": _retired(former)})
        elif first is not None:
            yield Finding(each.at("id"), {"id": name, "where": _standing(first)})


def _retired(former: Retired) -> Text:
    since = day(former.date)
    return text(de=f"Sie ist seit {since.de} stillgelegt", en=f"it was retired on {since.en}")


def _standing(first: Entity) -> Text:
    what, place = kind(first), first.at("id").location
    return text(
        de=f"So heißt schon etwas in {place.file}, Zeile {place.line} ({what.de})",
        en=f"something in {place.file}, line {place.line}, is called so already ({what.en})",
    )


@rule(
    "ref.unknown",
    Severity.ERROR,
    de="Unter „{label}“ steht „{target}“, {fault}.{hint}",
    en="“{label}” names “{target}”, {fault}.{hint}",
)
def reference_to_nothing(case: Case) -> Iterator[Finding]:
    """Jeder Verweis führt zu dem, was er nennt

    Eine Maßnahme, deren Ziel es nicht gibt, wirkt auf nichts, und ein Beschluss, der fehlt, bindet niemanden.
    Geprüft wird auch die Art: Als verantwortliche Stelle darf kein Zielwert stehen.
    Verweise auf Kennungen aus Dateien, die nicht gelesen werden konnten, bleiben außer Betracht.

    English:
        Every reference leads to what it names

        A measure whose goal doesn't exist has no effect, and a missing resolution binds nobody.
        The kind is checked as well: no target can be the responsible office.
        References to ids of files that could not be read are left aside.

    Bad:
        # plans/calendar.yaml
        appointments:
          - id: termin-rat-dezember
            title: Ratssitzung
            kind: session
            date: 2026-12-10
            body: raat  # <- ref.unknown

    Good:
        # plans/calendar.yaml
        appointments:
          - id: termin-rat-dezember
            title: Ratssitzung
            kind: session
            date: 2026-12-10
            body: rat
    """
    search = _Search(case.plan)
    for reference, owner in case.plan.references(search.fitting):
        if (wrong := search.fault(reference)) is not None:
            fault, hint = wrong
            name = label(reference.entity, str(reference.path[0]))
            args = {"label": name, "target": reference.target, "fault": fault, "hint": hint}
            yield Finding(Place(reference.place.location, owner), args)
    for chapter in case.plan.all(Chapter):
        if chapter.file is not None and chapter.file not in case.plan.texts:
            args = {"label": label(chapter, "file"), "target": chapter.file, "fault": _NO_FILE, "hint": NONE}
            yield Finding(chapter.at("file"), args)


@rule(
    "ref.device-id",
    Severity.WARNING,
    de="Die Kennung „{id}“ ist unter Windows ein Gerät und taugt nicht als Dateiname. "
    "Wählen Sie eine andere: „sozplan rename {id} NEUE-KENNUNG“",
    en="The id “{id}” is a device on Windows and no name for a file. Choose another: “sozplan rename {id} NEW-ID”",
)
def id_of_a_device(case: Case) -> Iterator[Finding]:
    """Keine Kennung heißt wie ein Gerät von Windows

    Dateien von Prozessen, Steckbriefen und Vorlagen heißen nach Kennungen.
    Windows hält `con`, `prn`, `aux`, `nul`, `com1` bis `com9` und `lpt1` bis `lpt9` für Geräte, gleich mit welcher
    Endung: Wer dort arbeitet, könnte solche Dateien weder holen noch schreiben.

    English:
        No id is called like a device of Windows

        Files of processes, sheets and papers are named after ids.
        Windows takes `con`, `prn`, `aux`, `nul`, `com1` to `com9` and `lpt1` to `lpt9` for devices, whatever the
        ending: whoever works there could neither fetch nor write such files.

    Bad:
        # plans/strategy.yaml
        themes:
          - {id: bildung, name: Bildung und Betreuung, youth: true}
          - {id: aux, name: Ausländische Jugendliche}  # <- ref.device-id

    Good:
        # plans/strategy.yaml
        themes:
          - {id: bildung, name: Bildung und Betreuung, youth: true}
          - {id: zuwanderung, name: Ausländische Jugendliche}
    """
    for id in filter(is_device, case.plan.ids):
        if (entity := case.plan.get(id)) is not None:
            yield Finding(entity.at("id"), {"id": id})


_REPLACE = text(de=" Nennen Sie, was an seine Stelle getreten ist.", en=" Name what took its place.")
_CREATE = text(
    de=" Legen Sie an, was gemeint ist, oder berichtigen Sie den Verweis.",
    en=" Create what is meant, or correct the reference.",
)
_NO_FILE = text(
    de="aber diese Datei gibt es unter handbook/chapters nicht, oder sie ist nicht zu lesen",
    en="but there is no such file below handbook/chapters, or it can't be read",
)


class _Search:
    """Looks up what references name, and what they might have meant."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.retired: Mapping[str, Retired] = {r.id: r for r in plan.retired}
        self.comparisons = _COMPARISONS
        self._fitting: dict[tuple[str, ...], frozenset[str]] = {}

    def fault(self, reference: Reference) -> tuple[Text, Text] | None:
        """What is wrong with a reference, and a hint; None where it is right or can't be judged."""
        kinds, target = reference.kinds, reference.target
        found = self.plan.get(target)
        if target in kinds or (found is not None and (not kinds or type(found).__name__ in kinds)):
            return None
        if target in self.plan.muted:
            return None
        if found is not None:
            return self._wrong_kind(found, kinds)
        if target in self.retired and isinstance(reference.entity, Retired):
            return None  # what took its place may have gone since
        if target in self.retired:
            since = day(self.retired[target].date)
            return text(de=f"das seit {since.de} stillgelegt ist", en=f"which was retired on {since.en}"), _REPLACE
        return text(de="aber diese Kennung gibt es nicht", en="but there is no such id"), self._nearest(target, kinds)

    def fitting(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """The ids, and the words that stand for one, with which a reference to these kinds is right."""
        if kinds not in self._fitting:
            found = (self._ids.get(kind, ()) for kind in kinds or self._ids)
            self._fitting[kinds] = frozenset(kinds).union(*found)
        return self._fitting[kinds]

    def _wrong_kind(self, found: Entity, kinds: tuple[str, ...]) -> tuple[Text, Text]:
        expected = either(KINDS[k] for k in kinds if k in KINDS)
        fault = text(
            de=f"aber das ist die Kennung einer anderen Art ({kind(found).de})",
            en=f"but that is the id of another kind ({kind(found).en})",
        )
        return fault, text(de=f" Erwartet wird: {expected.de}.", en=f" Expected is: {expected.en}.")

    def _nearest(self, target: str, kinds: tuple[str, ...]) -> Text:
        candidates = [id for kind in kinds or self._all_ids for id in self._all_ids.get(kind, ())]
        self.comparisons -= len(candidates)
        near = _near(target, candidates) if self.comparisons >= 0 else []
        return text(de=f" Meinten Sie „{near[0]}“?", en=f" Did you mean “{near[0]}”?") if near else _CREATE

    @cached_property
    def _ids(self) -> Mapping[str, set[str]]:
        """The ids by the kind of what they name."""
        found: dict[str, set[str]] = {}
        for id, entity in self.plan.by_id.items():
            found.setdefault(type(entity).__name__, set()).add(id)
        return found

    @cached_property
    def _all_ids(self) -> Mapping[str, list[str]]:
        """The ids by kind, in the order of the files; what stands twice, twice."""
        found: dict[str, list[str]] = {}
        for entity in self.plan.entities:
            if (name := id_of(entity)) is not None and not isinstance(entity, Retired):
                found.setdefault(type(entity).__name__, []).append(name)
        return found


def _near(target: str, candidates: list[str]) -> list[str]:
    """Digits change places more often than they change: for amt-04 rather amt-40 than amt-64."""
    letters = sorted(target)
    return [id for id in candidates if sorted(id) == letters] or get_close_matches(target, candidates, 1)


RULES = (id_taken, reference_to_nothing, id_of_a_device)
