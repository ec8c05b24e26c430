"""A cache that is damaged, of another program or of another user is none; and nothing depends on having one."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from sozplan.repo.cache.folder import Folder


def folder(tmp_path: Path, root: str = "/planung", version: str = "1") -> Folder:
    return Folder(tmp_path / "cache/sozplan", Path(root), lambda: version)


def test_what_is_written_is_read_by_its_user_alone(tmp_path: Path) -> None:
    ours = folder(tmp_path)
    assert ours.write("files", b"a\nb\0c")
    assert ours.read("files") == b"a\nb\0c"
    assert ours.holds("files")
    assert stat.S_IMODE(ours.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(ours.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((ours.path / "files").stat().st_mode) == 0o600


def test_another_repository_or_program_reads_something_else(tmp_path: Path) -> None:
    folder(tmp_path).write("files", b"a")
    assert folder(tmp_path, version="2").read("files") is None
    assert folder(tmp_path, root="/planung2").read("files") is None
    assert folder(tmp_path).read("recent") is None
    assert not folder(tmp_path).holds("recent")


@pytest.mark.parametrize("damage", ["", "x", "sozplan cache 1 1", "sozplan cache 1 1\n", "\0" * 100, "\n\n\n"])
def test_other_bytes_are_nothing(tmp_path: Path, damage: str) -> None:
    ours = folder(tmp_path)
    ours.write("files", b"a")
    (ours.path / "files").write_text(damage)
    assert ours.read("files") is None


def test_no_byte_may_differ_and_none_be_missing(tmp_path: Path) -> None:
    ours = folder(tmp_path)
    ours.write("files", b"content")
    place = ours.path / "files"
    whole = place.read_bytes()
    for i in range(len(whole)):
        place.write_bytes(whole[:i] + bytes([whole[i] ^ 1]) + whole[i + 1 :])
        assert ours.read("files") is None
        place.write_bytes(whole[:i])
        assert ours.read("files") is None
    place.write_bytes(whole + b"\n")
    assert ours.read("files") is None


@pytest.mark.parametrize("mode", [0o622, 0o602, 0o660, 0o666])
def test_a_file_that_others_may_write_is_not_believed(tmp_path: Path, mode: int) -> None:
    ours = folder(tmp_path)
    ours.write("files", b"a")
    (ours.path / "files").chmod(mode)
    assert ours.read("files") is None


@pytest.mark.parametrize("above", [True, False])
def test_a_folder_that_others_may_write_is_not_believed_nor_written(tmp_path: Path, above: bool) -> None:
    ours = folder(tmp_path)
    ours.write("files", b"a")
    (ours.path.parent if above else ours.path).chmod(0o777)
    assert ours.read("files") is None
    assert not ours.write("files", b"b")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("what", ["files", ".", ".."])
def test_what_another_user_owns_is_not_believed(tmp_path: Path, what: str) -> None:
    ours = folder(tmp_path)
    ours.write("files", b"a")
    os.chown(ours.path / what, 12345, 12345)
    assert ours.read("files") is None


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    ours = folder(tmp_path)
    ours.write("files", b"a")
    place = ours.path / "files"
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert ours.read("files") is None
    place.unlink()
    os.mkfifo(place, 0o600)
    assert ours.read("files") is None
    ours.path.rename(tmp_path / "moved")
    ours.path.symlink_to(tmp_path / "moved")
    assert ours.read("files") is None
    assert not ours.write("files", b"b")


def test_a_place_that_is_no_folder_or_full_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert not folder(tmp_path).write("files", b"a")
    assert folder(tmp_path).read("files") is None
    assert not Folder(Path("/dev/full/sozplan"), Path("/planung"), lambda: "1").write("files", b"a")
    assert not Folder(Path("/proc/sozplan"), Path("/planung"), lambda: "1").write("files", b"a")


def test_only_so_many_repositories_are_remembered(tmp_path: Path) -> None:
    places = []
    for i in range(24):
        each = folder(tmp_path, root=f"/planung{i}")
        each.write("files", b"a")
        os.utime(each.path, (i, i))
        places.append(each)
    foreign = places[-1].path.parent / "notes.txt"
    foreign.write_text("not ours")
    places[-1].write("files", b"b")
    assert [place.read("files") is not None for place in places] == [False] * 4 + [True] * 20
    assert foreign.read_text() == "not ours"


def _fill(place: Path, letter: bytes) -> set[bytes | None]:
    ours = folder(place)
    seen = set()
    for _ in range(60):
        ours.write("files", letter * 50_000)
        seen.add(ours.read("files"))
    return seen


def test_many_writers_at_once_leave_whole_files(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        seen = set().union(*pool.map(_fill, [tmp_path] * 4, [b"a", b"b", b"c", b"d"]))
    assert seen <= {letter * 50_000 for letter in (b"a", b"b", b"c", b"d")}
    assert [each.name for each in folder(tmp_path).path.iterdir()] == ["files"]
