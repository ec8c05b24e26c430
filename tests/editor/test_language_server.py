"""An editor with the written schemas helps with each kind of planning file, in German."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sozplan.cli import main
from sozplan.model.entity import Entity
from sozplan.render.editor.schema import keys, schema
from sozplan.repo.load import KINDS
from tests.editor.server import PROGRAM, LanguageServer

ROOT = Path(__file__).parents[2]
PLACES = [ROOT, *sorted((ROOT / "tests/examples").iterdir())]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    node = shutil.which("node")
    if node is None or not PROGRAM.exists():
        pytest.skip("needs Node and the packages of tests/editor (npm ci)")
    workspace = tmp_path_factory.mktemp("workspace")
    (workspace / "sozplan.yaml").write_text("version: 1\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sozplan", "-C", str(workspace), "schema", "--out", str(workspace / ".vscode")])
        with pytest.raises(SystemExit, match="0"):
            main()
    with LanguageServer(node, workspace) as found:
        yield found


def samples(pattern: str) -> Iterator[tuple[str, list[str]]]:
    """The planning files of that kind in the examples: their path in the repository and their lines."""
    for place in PLACES:
        for file in sorted(place.glob(pattern)):
            yield file.relative_to(place).as_posix(), file.read_text(encoding="utf-8").splitlines()
    if pattern == "sozplan.yaml":  # in the examples the authorities are what they are where nothing is said
        lines = (ROOT / pattern).read_text(encoding="utf-8").splitlines()
        at = lines.index("authorities:") + 1
        yield pattern, [*lines[:at], "  fields: {need: {statement: council}}", *lines[at:]]


def terms(found: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Each key with a closed vocabulary: its values and their words."""
    if isinstance(found, dict):
        for key, each in found.get("properties", {}).items():
            if "enumDescriptions" in each:
                yield key, dict(zip(each["enum"], each["enumDescriptions"], strict=True))
        for each in found.values():
            yield from terms(each)
    elif isinstance(found, list):
        for each in found:
            yield from terms(each)


@pytest.mark.parametrize("pattern", list(KINDS))
def test_a_sound_file_has_no_fault_and_an_unknown_key_is_one(server: LanguageServer, pattern: str) -> None:
    path, lines = next(samples(pattern))
    assert server.open(path, "\n".join(lines) + "\n").faults == []
    strange = server.open(path, "\n".join([*lines, "unbekannt: 1", ""]))
    assert strange.faults == [(len(lines) + 1, "Property unbekannt is not allowed.")]


@pytest.mark.parametrize(("pattern", "cls"), list(KINDS.items()))
def test_keys_are_proposed_and_explained(server: LanguageServer, pattern: str, cls: type[Entity]) -> None:
    path, _ = next(samples(pattern))
    properties = schema(cls, "de")["properties"]
    proposals = server.open(path, "\n").proposals(1, 1)
    assert {key for key, _ in keys(cls)} <= proposals.keys()
    key = next(iter(properties))
    assert proposals[key] == properties[key]["description"]
    told = server.open(path, f"{key}: \n").hover(1, 2)
    assert properties[key]["title"] in told
    assert properties[key]["markdownDescription"].partition("\n")[0] in told


WITHOUT_TERMS = {
    "plans/waivers.yaml",
    "plans/retired.yaml",
    "plans/resolutions/stamps/*.yaml",
    "indicators/datapackage.yaml",
}


@pytest.mark.parametrize(("pattern", "cls"), list(KINDS.items()))
def test_terms_are_proposed_with_german_words_and_a_wrong_one_is_told(
    server: LanguageServer, pattern: str, cls: type[Entity]
) -> None:
    vocabularies = list(terms(schema(cls, "de")))
    if not vocabularies:
        assert pattern in WITHOUT_TERMS
        return
    path, lines, i, match, words = next(
        (path, lines, i, match, words)
        for path, lines in samples(pattern)
        for i, line in enumerate(lines)
        for key, words in vocabularies
        if (match := re.search(rf"(?<![\w-]){key}: ({'|'.join(map(re.escape, words))})(?=[,}}]|\s|$)", line))
    )
    before, behind = lines[i][: match.start(1)], lines[i][match.end(1) :]
    wrong = server.open(path, "\n".join([*lines[:i], f"{before}falsch{behind}", *lines[i + 1 :], ""]))
    ((line, message),) = wrong.faults
    assert line == i + 1
    assert message.startswith("Value is not accepted. Valid values: ")
    proposals = server.open(path, "\n".join([*lines[:i], before + behind, *lines[i + 1 :], ""]))
    assert words.items() <= proposals.proposals(i + 1, len(before) + 1).items()
