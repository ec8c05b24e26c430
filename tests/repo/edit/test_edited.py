"""The planning as it would be, beside the files as they are."""

from __future__ import annotations

from pathlib import Path

from sozplan.repo.edit.edited import EditedTree


def test_changed_new_and_old_files(tmp_path: Path) -> None:
    for name, content in (("a", b"a: 1\n"), ("b", b"b: 1\n")):
        place = tmp_path / f"plans/areas/{name}.yaml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    changed = {"plans/areas/b.yaml": b"b: 22\n", "plans/areas/c.yaml": b"c\n"}
    with EditedTree(tmp_path, changed) as tree:
        assert [tuple(entry) for entry in tree.files()] == [
            ("plans/areas/a.yaml", 5),
            ("plans/areas/b.yaml", 6),
            ("plans/areas/c.yaml", 2),
        ]
        assert tree.read("plans/areas/a.yaml") == b"a: 1\n"
        assert tree.read("plans/areas/b.yaml") == b"b: 22\n"
        copy = tree.local("plans/areas/c.yaml")
        assert copy.read_bytes() == b"c\n"
        assert tree.local("plans/areas/a.yaml") == tmp_path / "plans/areas/a.yaml"
        assert tree.faults == ()
    assert not copy.exists()
    assert (tmp_path / "plans/areas/b.yaml").read_bytes() == b"b: 1\n"
