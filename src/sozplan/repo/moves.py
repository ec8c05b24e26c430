"""Which files of a new state are files of the old one under another path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sozplan.model.entity import Entity, id_of
from sozplan.repo.revision import RevisionTree
from sozplan.repo.sameness import is_in
from sozplan.repo.tree import Tree

Roots = Mapping[str, Entity]


def moves(old: RevisionTree, new: Tree, old_roots: Roots, new_roots: Roots) -> dict[str, str]:
    """New path to old path: by what the file is about, else by its content, else by its name."""
    before, after = ({entry.path: entry.size for entry in tree.files()} for tree in (old, new))
    gone, came = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    ids = {id: path for path in gone if (id := _id(old_roots, path)) is not None}
    sizes, names = defaultdict(list), defaultdict(list)
    for path in gone:
        sizes[before[path]].append(path)
        names[_name(path)].append(path)
    found: dict[str, str] = {}
    for path in came:
        alike = (former for former in sizes[after[path]] if is_in(old.blobs[former], new, path))
        called = names[_name(path)]
        former = ids.get(_id(new_roots, path) or "") or next(alike, called[0] if len(called) == 1 else None)
        if former is not None:
            found[path] = former
    return found


def _id(roots: Roots, path: str) -> str | None:
    root = roots.get(path)
    return id_of(root) if root is not None else None


def _name(path: str) -> str:
    return path.rpartition("/")[2]
