"""Which names belong to a planning folder, and which of them every machine can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from sozplan.diagnostics import Diagnostic, Location, Text, diagnostic, text
from sozplan.model.devices import DEVICES
from sozplan.repo.codes import file as codes
from sozplan.repo.limits import LIMITS
from sozplan.repo.shown import shown, shown_path

SETTINGS: Final = "sozplan.yaml"
FOLDERS: Final = ("handbook", "indicators", "plans", "templates")

_YAML = frozenset(("yaml", "yml"))
_ENDINGS: Final = {
    "handbook": _YAML | {"md"},
    "indicators": _YAML | {"csv", "json", "geojson", "parquet"},
    "plans": _YAML,
}
_ANY_ENDING: Final = ("templates/", "plans/documents/")
LEFT_OVER: Final = ".tmp"
"""How the names of half-written files end; they begin with a dot."""
_LONGEST_NAME: Final = 240
"""Bytes of a name, with room for what a half-written file is called."""
_FOR_OTHERS: Final = frozenset(
    (".gitattributes", ".gitignore", ".gitkeep", "README.md", ".DS_Store", "Thumbs.db", "desktop.ini")
)
"""Files that speak to git, to people or to the file manager and hold no planning."""
_OPEN_ELSEWHERE = re.compile(r"\.#.+|#.+#|~\$.+|\.~lock\..+#|\..+\.(?:sw[a-px]|kate-swp)|4913")
"""What lies beside a file for as long as Emacs, Excel, Word, LibreOffice, Vim, nano or Kate has it open."""


def reason_not_read(path: str) -> Text | None:
    """Why a file below the planning folders says nothing to sozplan, if so."""
    folder, _, rest = path.partition("/")
    name = rest.rpartition("/")[2]
    if rest.startswith(".") or "/." in rest:
        return text(de="der Name beginnt mit einem Punkt", en="the name starts with a dot")
    endings = _ENDINGS.get(folder)
    if endings is None or path.startswith(_ANY_ENDING) or name.rpartition(".")[2].lower() in endings:
        return None
    wanted = ", ".join(f".{ending}" for ending in sorted(endings))
    return text(de=f"in {folder}/ zählen nur die Endungen {wanted}", en=f"in {folder}/ only the endings {wanted} count")


def is_planning(path: str) -> bool:
    """Whether a planning file that is read and written can have this path."""
    parts = path.split("/")
    outside = path != SETTINGS and (parts[0] not in FOLDERS or len(parts) < 2)
    return not outside and len(parts) <= LIMITS.folders_deep and all(map(_is_plain, parts))


def _is_plain(name: str) -> bool:
    try:
        return name not in ("", ".", "..") and reason_unusable(name) is None and len(name.encode()) <= _LONGEST_NAME
    except UnicodeEncodeError:
        return False


def is_for_others(path: str) -> bool:
    """Also what a killed run of ours has left half written: the next one removes it."""
    name = path.rpartition("/")[2]
    if name in _FOR_OTHERS or (name.startswith(".") and name.endswith(LEFT_OVER)):
        return True
    return _OPEN_ELSEWHERE.fullmatch(name) is not None


def strays(names: Iterable[str]) -> Iterator[Diagnostic]:
    """Files and folders at the top whose names show that they were meant to be read."""
    for name in sorted(names):
        folded = name.casefold()
        if name in FOLDERS or name == SETTINGS or name.startswith("."):
            continue
        if folded in FOLDERS or folded == SETTINGS:
            wanted = next(known for known in (*FOLDERS, SETTINGS) if known == folded)
            reason = text(de=f"gelesen wird nur „{wanted}“", en=f"only “{wanted}” is read")
        elif folded.endswith((".yaml", ".yml")):
            reason = text(
                de=f"Planungsdateien liegen in {', '.join(FOLDERS)}", en=f"planning files lie in {', '.join(FOLDERS)}"
            )
        else:
            continue
        yield diagnostic(codes.NOT_READ, Location(shown_path(name)), name=shown(name), reason=reason)


def reason_unusable(path: str) -> Text | None:
    """Why a path can't even be named in a message or a reference; such a file is not read."""
    if _UNDECODED.search(path):
        return text(de="er ist nicht in UTF-8", en="it is not UTF-8")
    if _INVISIBLE.search(path):
        return text(de="er enthält ein unsichtbares Zeichen", en="it contains an invisible character")
    return None


_UNDECODED = re.compile("[\udc80-\udcff]")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def name_faults(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Names that Windows or macOS refuses, and names that are one name there; each part of a path once."""
    spelled: dict[str, str] = {}
    seen: set[str] = set()
    for path in sorted(paths):
        for part in _prefixes(path):
            if part in seen:
                continue
            folded = part.casefold() if part.isascii() else unicodedata.normalize("NFC", part).casefold()
            other = spelled.setdefault(folded, part)
            if other != part:
                yield diagnostic(codes.NAME_COLLISION, Location(path), name=shown_path(part), other=shown_path(other))
                break
            if len(part) > _LONGEST >= len(part.rpartition("/")[0]):
                yield diagnostic(codes.NAME_NOT_PORTABLE, Location(path), name=shown_path(part), reason=_too_long(part))
            elif reason := _reason_not_portable(part.rpartition("/")[2]):
                yield diagnostic(codes.NAME_NOT_PORTABLE, Location(path), name=shown_path(part), reason=reason)
            seen.add(part)


def _prefixes(path: str) -> Iterator[str]:
    start = 0
    while (end := path.find("/", start)) >= 0:
        yield path[:end]
        start = end + 1
    yield path


_LONGEST = 200
"""Windows and its programs take 260 characters with drive and folders, of which those above the planning need some."""
_FORBIDDEN = re.compile(r'[<>:"\\|?*]')


def _too_long(path: str) -> Text:
    return text(
        de=f"mit {len(path)} Zeichen ab dem Planungsordner ist er länger als {_LONGEST}, was Windows mit Laufwerk und "
        "Ordnern nicht mehr öffnet",
        en=f"with {len(path)} characters from the planning folder it is longer than {_LONGEST}, which Windows "
        "can't open with drive and folders before it",
    )


def _reason_not_portable(name: str) -> Text | None:
    if match := DEVICES.match(name):
        device = match[0].rstrip(". ").upper()
        return text(de=f"„{device}“ ist unter Windows ein Gerät", en=f"“{device}” is a device on Windows")
    if name.endswith((".", " ")):
        return text(de="er endet mit Punkt oder Leerzeichen", en="it ends with a dot or a blank")
    if match := _FORBIDDEN.search(name):
        return text(de=f"Windows verbietet das Zeichen {match[0]}", en=f"Windows forbids the character {match[0]}")
    return None
