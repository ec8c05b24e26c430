"""The settings of VS Code for a planning repository: which schema belongs to which files, and no request outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sozplan.diagnostics import Lang, text

EXTENSION = "redhat.vscode-yaml"
OURS = "// sozplan schema\n"
"""Stands at the top of files that allow comments."""
_MODELINE = "# yaml-language-server: $schema={}"


def file_name(pattern: str) -> str:
    """Of the schema for such planning files: `plans/areas/*.yaml` has `areas.schema.json`."""
    folder, _, name = pattern.rpartition("/")
    stem = name.removesuffix(".yaml")
    return f"{folder.rpartition('/')[2] if stem == '*' else stem}.schema.json"


def settings(schemas: Mapping[str, str]) -> dict[str, Any]:
    """Given where the schema of each kind of planning file lies, seen from the repository."""
    return {
        "yaml.schemas": {place: pattern for pattern, place in schemas.items()},
        "yaml.schemaStore.enable": False,
        "yaml.validate": True,
        "yaml.hover": True,
        "yaml.completion": True,
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "files.insertFinalNewline": True,
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
        },
    }


def modeline(pattern: str, place: str) -> str:
    """The first line that tells other editors which schema a file follows; `place` as seen from the repository."""
    if not place.startswith("./"):
        return _MODELINE.format(place)
    up = "../" * pattern.count("/")
    return _MODELINE.format(f"{up}{place.removeprefix('./')}" if up else place)


def told(places: Mapping[str, str], lang: Lang) -> str:
    """What was written, and what to do with it."""
    first = next(iter(places.items()))
    return text(
        de=f"VS Code findet alles selbst; es braucht die Erweiterung {EXTENSION}.\n"
        "Strg+Umschalt+B prüft dort nach jedem Speichern; die Befunde stehen unter „Probleme“.\n"
        f"Andere Programme verstehen eine erste Zeile in der Datei, für {first[0]} zum Beispiel:\n"
        f"{modeline(*first)}\n",
        en=f"VS Code finds it all by itself; it needs the extension {EXTENSION}.\n"
        "Ctrl+Shift+B checks there after each save; the findings stand at “Problems”.\n"
        f"Other editors understand a first line in the file, for {first[0]} say:\n"
        f"{modeline(*first)}\n",
    ).say(lang)
