"""Over the whole town: a value set to itself changes no byte, and one set and set back leaves the file as it was."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sozplan.model.entity import Entity, id_of, walk
from sozplan.model.plan import Plan
from sozplan.repo import WorkTree, load
from sozplan.repo.edit import nodes
from sozplan.repo.edit.nodes import Branch, Leaf, Node, Series
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.spots import path_of, put, spot

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("plans", "indicators", "handbook")
    for path in (ROOT / folder).rglob("*.yaml")
)
OTHER = (
    "X",
    "Ein Text: mit Doppelpunkt, Komma und # Raute",
    "zwei\nZeilen",
    "Viele Wörter " * 20 + "bis zum Ende",
    'it\'s "so" \\d',
    "0123",
    "ja",
    " am Rand ",
    "- [x]",
)


@cache
def plan() -> Plan:
    return load(WorkTree(ROOT)).plan


def leaf_paths(node: Node, path: nodes.Path = ()) -> Iterator[nodes.Path]:
    if isinstance(node, Leaf):
        yield path
    elif isinstance(node, Branch):
        for key, value in zip(node.keys, node.values, strict=True):
            yield from leaf_paths(value, (*path, key.text))
    elif isinstance(node, Series):
        for number, item in enumerate(node.items):
            yield from leaf_paths(item, (*path, number))


def page_of(file: str) -> Page:
    return Page(file, (ROOT / file).read_bytes())


@pytest.mark.parametrize("file", FILES)
def test_what_is_written_anew_is_as_it_was(file: str) -> None:
    """Every scalar at once, as if each had been another value: quotes, folds and columns are kept."""
    page = page_of(file)
    before = page.data
    page.set_all({path: page.value(path) for path in leaf_paths(page.root)})
    assert page.data == before


@pytest.mark.parametrize("file", [file for file in FILES if "/stamps/" not in file])
def test_set_and_set_back(file: str) -> None:
    page = page_of(file)
    before = page.data
    paths = list(leaf_paths(page.root))
    blocks = [path for path in paths if is_block(page, path)]
    for path in (*paths[:: 1 + len(paths) // 6], *blocks[:4]):
        value = page.value(path)
        for other in OTHER:
            page.set(path, other)
            assert page.value(path) == other
            page.set(path, value)
            assert page.data == before, (path, other)


def is_block(page: Page, path: nodes.Path) -> bool:
    leaf = page.at(path)
    return isinstance(leaf, Leaf) and leaf.style in ("|", ">")


@pytest.mark.parametrize("file", [file for file in FILES if "/stamps/" not in file])
def test_folded_texts_come_back(file: str) -> None:
    """Nothing of how a text was wrapped is left in another one; the town's texts are wrapped as ours are."""
    page = page_of(file)
    before = page.data
    for path in [path for path in leaf_paths(page.root) if is_block(page, path)]:
        value = page.value(path)
        page.set(path, "X")
        page.set(path, value)
        assert page.data == before, path


def fields_of(page: Page, root: Entity, entity: Entity) -> Iterator[tuple[str, str]]:
    """The scalars of an entry and what stands there, but those of entries inside it."""
    path = path_of(root, entity)
    inside = [path_of(root, each) for each in below(entity) if id_of(each) is not None]
    node = page.at(path)
    assert node is not None
    for found in leaf_paths(node):
        if not any((*path, *found)[: len(other)] == other for other in inside):
            leaf = page.at((*path, *found))
            assert isinstance(leaf, Leaf)
            yield ".".join(str(part + 1) if isinstance(part, int) else part for part in found), leaf.text


def below(entity: Entity) -> Iterator[Entity]:
    return (each for each in walk(entity) if each is not entity)


@pytest.mark.parametrize("file", [file for file in FILES if "/stamps/" not in file and file in plan().roots])
def test_a_field_set_to_what_it_says_changes_nothing(file: str) -> None:
    """By the names that people type, and by the text that they read in the file."""
    root, page = plan().roots[file], page_of(file)
    before = page.data
    named = [each for each in (root, *below(root)) if id_of(each) is not None and type(each).__name__ != "Retired"]
    count = 0
    for entity in named[::2]:
        for field, said in fields_of(page, root, entity):
            found = spot(root, entity, field)
            put(page, found, found.kind.read(said))
            count += 1
    assert page.data == before
    assert count or not named
