"""Several files are written all or, after a kill, all at the next call."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sozplan.repo.journal import JOURNAL, begin, pending
from sozplan.repo.planning import Rewrite, WriteRefused, put_all, writing

FILES = tuple(f"plans/areas/p{number}.yaml" for number in range(6))
OLD, NEW = b"alt\n" * 2000, b"neu\n" * 3000
WRITE = """
import sys
from pathlib import Path
from sozplan.repo.planning import Rewrite, put_all, writing
root, files = Path(sys.argv[1]), sys.argv[2:]
old, new = b"alt\\n" * 2000, b"neu\\n" * 3000
print("ready", flush=True)
while True:
    for before, after in ((old, new), (new, old)):
        with writing(root):
            put_all(root, {file: Rewrite(before, after) for file in files})
"""


def contents(root: Path) -> set[bytes]:
    return {(root / file).read_bytes() for file in FILES}


def fill(root: Path) -> None:
    for file in FILES:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(OLD)


def test_all_are_written_and_nothing_is_left(tmp_path: Path) -> None:
    fill(tmp_path)
    put_all(tmp_path, {file: Rewrite(OLD, NEW) for file in FILES})
    assert contents(tmp_path) == {NEW}
    assert [path.name for path in tmp_path.iterdir()] == ["plans"]


def test_none_is_written_where_one_was_changed_meanwhile(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / FILES[-1]).write_bytes(b"von anderen\n")
    with pytest.raises(WriteRefused):
        put_all(tmp_path, {file: Rewrite(OLD, NEW) for file in FILES})
    assert contents(tmp_path) == {OLD, b"von anderen\n"}


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Each file is old or new at once, and the next call makes them all one or the other."""
    fill(tmp_path)
    half = 0
    chance = random.Random(7)
    for _ in range(25):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE, tmp_path, *FILES], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 0.05)
            os.kill(process.pid, signal.SIGKILL)
        found = contents(tmp_path)
        assert found <= {OLD, NEW}
        half += len(found) == 2
        with writing(tmp_path, 0):
            assert len(contents(tmp_path)) == 1
        assert not (tmp_path / JOURNAL).exists()
        fill(tmp_path)
    assert half, "no kill came between two files, so nothing was shown"


def test_what_was_changed_since_is_not_written_over(tmp_path: Path) -> None:
    fill(tmp_path)
    begin(tmp_path, dict.fromkeys(FILES, (OLD, NEW)))
    (tmp_path / FILES[0]).write_bytes(NEW)
    (tmp_path / FILES[1]).write_bytes(b"von anderen\n")
    with pytest.raises(WriteRefused) as refused, writing(tmp_path, 0):
        pass
    assert refused.value.text.de == (
        f"Ein Aufruf wurde mitten im Schreiben abgebrochen, und seither hat jemand „{FILES[1]}“ geändert. Sehen "
        f"Sie mit "
        f"„git diff“ nach, was fehlt, und löschen Sie dann „{tmp_path / JOURNAL}“."
    )
    assert (tmp_path / FILES[1]).read_bytes() == b"von anderen\n"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"x": 1}', b"\xff", b'{"plans/x.yaml": {"before": null}}'])
def test_what_is_no_journal_holds_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / JOURNAL).write_bytes(content)
    assert list(pending(tmp_path)) == []


@pytest.mark.parametrize(
    "path",
    [
        "src/evil.py", "plans", "plans/../src/evil.py", "/tmp/evil", "plans//x.yaml", "plans/./x.yaml", "", "\0",  # noqa: S108
        "plans/a\nb.yaml", "plans/\u202ex.yaml", "plans/\ud800.yaml", f"plans/{'a' * 241}",
        "plans/" + "a/" * 40 + "x.yaml",
    ],
)  # fmt: skip
def test_a_journal_that_names_no_planning_file_is_none_of_ours(tmp_path: Path, path: str) -> None:
    """It may lie in a repository that somebody unpacked: nothing of it is written, and nobody is held up by it."""
    begin(tmp_path, {"plans/y.yaml": (None, b"y"), path: (None, b"x")})
    with writing(tmp_path, 0):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_journal_too_deep_to_be_read_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_bytes(b"[" * 200_000)
    assert list(pending(tmp_path)) == []
