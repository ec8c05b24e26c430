"""Planning files are written whole, by one at a time, and never over somebody else's change."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sozplan.repo.planning import LOCK, WriteRefused, put_planning, read_planning, writing

FILE = "plans/resolutions/stamps/b-1.yaml"


def test_a_new_file_appears_with_its_folders(tmp_path: Path) -> None:
    assert read_planning(tmp_path, FILE) is None
    put_planning(tmp_path, FILE, b"neu\n", before=None)
    assert read_planning(tmp_path, FILE) == b"neu\n"
    assert [path.name for path in (tmp_path / FILE).parent.iterdir()] == ["b-1.yaml"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    put_planning(tmp_path, FILE, b"alt\n", before=None)
    (tmp_path / FILE).chmod(0o640)
    put_planning(tmp_path, FILE, b"neu\n", before=b"alt\n")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o640
    assert (tmp_path / FILE).read_bytes() == b"neu\n"


@pytest.mark.parametrize("before", [None, b"anders\n"])
def test_what_somebody_else_changed_stays(tmp_path: Path, before: bytes | None) -> None:
    put_planning(tmp_path, FILE, b"von jemand anderem\n", before=None)
    with pytest.raises(WriteRefused) as refused:
        put_planning(tmp_path, FILE, b"neu\n", before=before)
    assert refused.value.text.de == (
        f"„{FILE}“ wurde eben von jemand anderem geändert; nichts wurde geschrieben. Rufen Sie noch einmal auf."
    )
    assert (tmp_path / FILE).read_bytes() == b"von jemand anderem\n"


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    with writing(tmp_path):
        with pytest.raises(WriteRefused) as refused, writing(tmp_path, patience=0):
            pass
        assert refused.value.text.en == (
            "Another call of sozplan is writing in this repository. Call again when it has finished."
        )
        assert (tmp_path / LOCK).exists()
    assert not (tmp_path / LOCK).exists()


def test_the_lock_goes_with_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), writing(tmp_path):
        raise RuntimeError
    assert not (tmp_path / LOCK).exists()


def test_no_link_leads_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "root"
    (root / "plans").mkdir(parents=True)
    (root / "plans/resolutions").symlink_to(outside)
    with pytest.raises(WriteRefused):
        put_planning(root, FILE, b"neu\n", before=None)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("path", ["src/x.yaml", "plans/../x.yaml", "/etc/x.yaml"])
def test_only_planning_folders_are_written(tmp_path: Path, path: str) -> None:
    with pytest.raises(WriteRefused):
        put_planning(tmp_path, path, b"neu\n", before=None)
