"""Results appear whole or not at all, and never over what isn't ours."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sozplan.repo.output import OutputRefused, write

PAGE = b'<meta name="generator" content="sozplan">'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "sozplan.yaml").write_text("version: 1\n")
    return tmp_path


def test_writes_a_file_and_its_folders(root: Path) -> None:
    write(root / "build" / "papers" / "a.html", PAGE, root=root)
    assert (root / "build" / "papers" / "a.html").read_bytes() == PAGE
    assert [p.name for p in (root / "build" / "papers").iterdir()] == ["a.html"]


def test_the_file_can_be_read_like_any_other(root: Path) -> None:
    mask = os.umask(0o022)
    try:
        write(root / "a.html", PAGE, root=root)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((root / "a.html").stat().st_mode) == 0o644


def test_replaces_its_own_earlier_result(root: Path) -> None:
    write(root / "a.html", PAGE, root=root)
    write(root / "a.html", PAGE + b"new", root=root)
    assert (root / "a.html").read_bytes() == PAGE + b"new"


def test_knows_its_own_pdf_wherever_the_metadata_lies(root: Path) -> None:
    place, mark = root / "a.pdf", b"<xmp:CreatorTool>sozplan</xmp:CreatorTool>"
    for before in (0, 300_000, 1_000_000 - 20, 2_500_000):
        place.write_bytes(b"%PDF-" + b"x" * before + mark + b"x" * 300_000)
        write(place, b"new", root=root)
        assert place.read_bytes() == b"new"


def test_a_text_about_sozplan_is_not_made_by_it(root: Path) -> None:
    place = root / "notizen.html"
    place.write_bytes(b"<p>Notizen zu sozplan")
    with pytest.raises(OutputRefused, match="wasn't made by sozplan"):
        write(place, PAGE, root=root)
    assert place.read_bytes() == b"<p>Notizen zu sozplan"


def test_does_not_wait_for_a_pipe(root: Path) -> None:
    os.mkfifo(root / "a.html")
    with pytest.raises(OutputRefused, match="wasn't made by sozplan"):
        write(root / "a.html", PAGE, root=root)


def test_sweeps_what_killed_runs_have_left(root: Path) -> None:
    old, young, other = root / ".a.html.x1.tmp", root / ".a.html.x2.tmp", root / ".b.html.x1.tmp"
    for left in (old, young, other):
        left.write_bytes(b"half")
    for left in (old, other):
        os.utime(left, (0, 0))
    write(root / "a.html", PAGE, root=root)
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


def test_keeps_a_file_of_others_unless_forced(root: Path) -> None:
    place = root / "a.html"
    place.write_bytes(b"Protokoll")
    with pytest.raises(OutputRefused) as refused:
        write(place, PAGE, root=root)
    assert (
        refused.value.text.de
        == f"„{place}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt."
    )
    assert place.read_bytes() == b"Protokoll"
    write(place, PAGE, root=root, force=True)
    assert place.read_bytes() == PAGE


@pytest.mark.parametrize("inside", ["plans/a.pdf", "sozplan.yaml", "build/../plans/areas/a.pdf", "templates/a.html"])
def test_never_writes_among_the_planning_files(root: Path, inside: str) -> None:
    (root / "build").mkdir()
    with pytest.raises(OutputRefused, match="lies among the planning files"):
        write(root / inside, PAGE, root=root, force=True)
    assert (root / "sozplan.yaml").read_text() == "version: 1\n"


def test_never_follows_a_link(root: Path) -> None:
    target = root / "target.html"
    target.write_bytes(PAGE)
    (root / "link.html").symlink_to(target)
    with pytest.raises(OutputRefused, match="is a link"):
        write(root / "link.html", PAGE + b"new", root=root, force=True)
    assert target.read_bytes() == PAGE


def test_does_not_mistake_a_folder_for_a_file(root: Path) -> None:
    with pytest.raises(OutputRefused, match="is a folder"):
        write(root / "plans" / ".." / "build.pdf", PAGE, root=_with_folder(root), force=True)


def _with_folder(root: Path) -> Path:
    (root / "build.pdf").mkdir()
    return root


def test_a_full_disk_leaves_the_old_file(root: Path) -> None:
    """A limit on the size of files stands in for a full disk: writing past it fails with EFBIG."""
    place = root / "a.html"
    place.write_bytes(PAGE)
    program = (
        "import resource, signal, sys; from pathlib import Path; from sozplan.repo.output import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        f"write(Path({str(place)!r}), b'sozplan' * 1000, root=Path({str(root)!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "File too large" in done.stderr
    assert place.read_bytes() == PAGE
    assert [p.name for p in root.glob(".*")] == []
