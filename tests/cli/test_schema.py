"""`sozplan schema` sets up an editor and leaves alone what somebody set up before."""

from __future__ import annotations

import json
from pathlib import Path

from sozplan.repo.load import KINDS
from tests.cli.repository import Repository, Sozplan

SAID = """\
19 Schemas, Einstellungen und Textbausteine liegen in {out}.
VS Code findet alles selbst; es braucht die Erweiterung redhat.vscode-yaml.
Strg+Umschalt+B prüft dort nach jedem Speichern; die Befunde stehen unter „Probleme“.
Andere Programme verstehen eine erste Zeile in der Datei, für sozplan.yaml zum Beispiel:
# yaml-language-server: $schema=./.vscode/schemas/sozplan.schema.json
"""


def content(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_all_that_an_editor_needs_is_written(repository: Repository, sozplan: Sozplan) -> None:
    out = repository.root / ".vscode"
    said = sozplan("schema", "--out", str(out))
    assert (said.code, said.out, said.err) == (0, SAID.format(out=out), "")
    files = content(out)
    settings = json.loads(files["settings.json"].partition(b"\n")[2])
    assert set(settings["yaml.schemas"].values()) == set(KINDS)
    for place, pattern in settings["yaml.schemas"].items():
        schema = json.loads(files[place.removeprefix("./.vscode/")])
        assert schema["title"], pattern
    assert settings["yaml.schemaStore.enable"] is False  # nothing is fetched from outside
    assert sozplan("schema", "--out", str(out)).code == 0
    assert content(out) == files


def test_own_settings_stay(repository: Repository, sozplan: Sozplan) -> None:
    out = repository.root / ".vscode"
    out.mkdir()
    (out / "settings.json").write_text("{}", encoding="utf-8")
    said = sozplan("schema", "--out", str(out))
    assert said.code == 0
    assert said.out.startswith(
        f"„{out / 'settings.json'}“ haben Sie selbst eingerichtet und bleibt, wie es ist. Ergänzen Sie darin:\n{{\n"
    )
    assert '"./.vscode/schemas/areas.schema.json": "plans/areas/*.yaml"' in said.out
    assert (out / "settings.json").read_text(encoding="utf-8") == "{}"
    assert sozplan("schema", "--out", str(out), "--force").out == SAID.format(out=out)


def test_a_foreign_schema_is_not_replaced(repository: Repository, sozplan: Sozplan) -> None:
    place = repository.root / ".vscode/schemas/areas.schema.json"
    place.parent.mkdir(parents=True)
    place.write_text("{}", encoding="utf-8")
    said = sozplan("schema", "--out", str(place.parents[1]))
    assert said.code == 2
    assert said.err == (
        f"sozplan: „{place}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt.\n"
    )
    assert place.read_text(encoding="utf-8") == "{}"


def test_other_editors_find_the_schema_from_the_file(repository: Repository, sozplan: Sozplan) -> None:
    from sozplan.render.editor.settings import file_name, modeline

    assert file_name("plans/areas/*.yaml") == "areas.schema.json"
    assert modeline("plans/areas/*.yaml", "./.vscode/schemas/areas.schema.json") == (
        "# yaml-language-server: $schema=../../.vscode/schemas/areas.schema.json"
    )
    out = repository.root.parent / "elsewhere"
    assert f"$schema={out}/schemas/sozplan.schema.json" in sozplan("schema", "--out", str(out)).out
