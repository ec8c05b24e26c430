"""Every reader takes what it is given: seeds, former faults, and sound files broken in ways that hypothesis chooses."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import mutate, seeds
from tests.fuzz.readers import Foreign, Reader, Readers
from tests.process.calls import environment

EXAMPLES = {
    "program": 8,
    "parquet": 15,
    "word": 15,
    "workbook": 25,
    "returned": 12,
    "import": 25,
    "markdown": 25,
    "journal": 15,
}
"""Of readers that take long; 60 of the others."""
SECONDS = 10
CASES = [pytest.param(case, id=f"{case.parent.name}-{case.name}") for case in sorted(seeds.CASES.glob("*/*"))]


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Readers:
    return Readers(tmp_path_factory.mktemp("fuzz"))


@cache
def sound(name: str) -> Sequence[bytes]:
    return tuple(seeds.of(name))


def tried(reader: Reader, case: bytes) -> None:
    start = time.process_time()
    reader(case)
    assert time.process_time() - start < SECONDS


def test_every_case_is_of_a_reader() -> None:
    assert {case.name for case in seeds.CASES.iterdir()} <= set(seeds.NAMES)
    assert CASES


@pytest.mark.parametrize("case", CASES)
def test_what_once_was_a_fault(readers: Readers, case: Path) -> None:
    tried(readers.all()[case.parent.name], case.read_bytes())


@pytest.mark.parametrize("name", seeds.NAMES)
def test_sound_input(readers: Readers, name: str) -> None:
    assert set(readers.all()) == set(seeds.NAMES)
    for case in random.Random(name).sample(sound(name), min(20, len(sound(name)))):
        tried(readers.all()[name], case)


@pytest.mark.parametrize("name", seeds.NAMES)
def test_broken_input(readers: Readers, name: str) -> None:
    reader = readers.all()[name]

    @settings(max_examples=EXAMPLES.get(name, 60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def broken(chance: random.Random) -> None:
        tried(reader, mutate.broken(chance, sound(name)))

    broken()


@pytest.mark.parametrize("name", seeds.NAMES)
def test_any_bytes(readers: Readers, name: str) -> None:
    reader = readers.all()[name]

    @settings(max_examples=EXAMPLES.get(name, 60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=300))
    def anything(case: bytes) -> None:
        tried(reader, case)

    anything()


def test_a_fault_is_kept_to_be_tried_again(tmp_path: Path) -> None:
    """A reader that breaks off ends the run with its case on the disk; here it is one that lacks its folder."""
    corpus, findings = tmp_path / "corpus", tmp_path / "findings"
    for folder in (corpus, findings):
        folder.mkdir()
    mutate.keep(corpus, b"\x00id: x\n")
    program = (
        "import sys; from tests.fuzz import readers, unguided\n"
        "def broken(self, data): raise readers.Foreign('planted')\n"
        "readers.Readers.yaml = broken\n"
        "sys.exit(unguided.main('yaml', '5', *sys.argv[1:], '1'))\n"
    )
    command = [sys.executable, "-c", program, str(corpus), str(findings)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, cwd=seeds.TOWN)
    assert done.returncode == 1
    assert "planted" in done.stderr
    (case,) = findings.iterdir()
    assert case.name.startswith("yaml-")


def test_a_reader_that_hangs_is_ended(tmp_path: Path) -> None:
    corpus, findings = tmp_path / "corpus", tmp_path / "findings"
    for folder in (corpus, findings):
        folder.mkdir()
    mutate.keep(corpus, b"\x00id: x\n")
    program = (
        "import sys, time; from tests.fuzz import readers, unguided\n"
        "unguided.SECONDS_A_CASE = 1\n"
        "readers.Readers.yaml = lambda self, data: time.sleep(60)\n"
        "sys.exit(unguided.main('yaml', '5', *sys.argv[1:], '1'))\n"
    )
    command = [sys.executable, "-c", program, str(corpus), str(findings)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, cwd=seeds.TOWN)
    assert done.returncode == 1
    assert "Timeout" in done.stderr
    assert [case.name for case in findings.iterdir()] == ["yaml-current"]


@pytest.mark.parametrize("said", ["rot \x1b[31m", "zwei\nZeilen", "ein\tTabulator", "\u2028"])
def test_a_message_that_gives_orders_is_a_fault(said: str) -> None:
    from sozplan.diagnostics import Text
    from tests.fuzz import readers

    with pytest.raises(Foreign):
        readers._told(Text("gut", said))
    readers._told(Text("gut – „so“", "good – “so”"))
