"""Tables too long to be held: the same rows, accounts and faults as if they were, at no more memory."""

from __future__ import annotations

import gc
import random
import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sozplan.model.imported import Imported
from sozplan.render.imports import as_text
from sozplan.repo.imports.runs import Runs
from sozplan.repo.limits import LIMITS, Limits
from tests.repo.imports.town import Town, faults

SHORT = replace(LIMITS, import_held=7)
KEYS = ("05", "051", "052", "053", *(f"{n:05}" for n in range(1, 30)))
TABLE = """format: table
rows: {skip: 0, header: 1}
period: {column: B}
path: https://x.example/
columns:
  - {indicator: anzahl, labels: [N]}
  - {indicator: quote, as: numerator, labels: [Z]}
  - {indicator: quote, as: denominator, labels: [D]}
"""
NEW = "statistics_code;time_code;time;1_variable_code;1_variable_attribute_code;2_variable_code;" + (
    "2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;value_q"
)
FLAT = """format: genesis-flat
areas: {variables: [KREISE]}
period: {as_year: true}
path: https://x.example/
columns:
  - {indicator: anzahl, variable: V1}
  - {indicator: quote, as: numerator, variable: V2}
  - {indicator: quote, as: denominator, variable: V3}
"""
ODD = ("*", ".", "", "-", "/", "(8)", "9p")
WRONG = ("?", "1.234", "-3", "8,125")


def table(seed: int, *, sound: bool) -> str:
    chance = random.Random(seed)
    rows = {}
    for number in range(150):
        key, year = chance.choice((*KEYS, "99", "DG")), chance.choice(("2019", "2020", "2021"))
        base = chance.randrange(50, 500)
        texts = ODD if sound else (*ODD, *WRONG)
        said = (chance.choice(texts) if chance.random() < 0.2 else str(n) for n in (base, base // 3, base))
        rows[(key, year) if sound else number] = ";".join((key, year, *said))
    return "\n".join(("Gebiet;Jahr;N;Z;D", *rows.values())) + "\n"


def flat(seed: int, *, sound: bool) -> str:
    chance = random.Random(seed)
    rows = {}
    for number in range(300):
        key, year, of = chance.choice((*KEYS, "99")), chance.randrange(2019, 2022), chance.choice(("V1", "V2", "V3"))
        group = chance.choice((";Insgesamt", "M;männlich"))
        value = chance.choice(ODD if sound else (*ODD, *WRONG)) if chance.random() < 0.2 else chance.randrange(5, 500)
        row = f"123;STAG;{year}-12-31;KREISE;{key};GES;{group};{value};Anzahl;{of};{chance.choice(('', 'e', 'r'))}"
        rows[(key, year, of, group) if sound else number] = row
    return "\n".join((NEW, *rows.values())) + "\n"


def brought(folder: Path, profile: str, deliveries: list[str], to: str, limits: Limits) -> tuple[list[str], bytes]:
    """What two imports say, and the data file that they leave behind."""
    town = Town(folder, KEYS, shares=["quote"], parents=dict.fromkeys(KEYS[1:4], "05"))
    town.profile(profile)
    said = []
    for n, (content, day) in enumerate(zip(deliveries, (date(2026, 10, 1), date(2026, 11, 1)), strict=True)):
        account = town.take_bytes(content.encode(), f"{n}.csv", to=to, limits=limits, day=day)
        said.append(as_text(account, "de", dry_run=False))
    left = {path: content for path, content in town.files().items() if path.startswith("indicators/data/")}
    return said, left.get(f"indicators/data/tabelle.{to}", b"")


@pytest.mark.parametrize("to", ["csv", "parquet"])
@pytest.mark.parametrize("sound", [True, False], ids=["sound", "faulty"])
@pytest.mark.parametrize(("profile", "make"), [(TABLE, table), (FLAT, flat)], ids=["table", "flat"])
def test_what_waits_on_the_disk_is_told_and_written_alike(
    tmp_path: Path, profile: str, make: object, sound: bool, to: str
) -> None:
    assert callable(make)
    deliveries = [make(seed, sound=sound) for seed in (1, 2)]
    held = brought(tmp_path / "held", profile, deliveries, to, LIMITS)
    waiting = brought(tmp_path / "waiting", profile, deliveries, to, SHORT)
    assert waiting == held
    assert (held[1] != b"") is sound
    assert ("Fehler" in held[0][0]) is not sound
    assert "Summen: " in held[0][0]


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_the_order_of_the_lines_changes_no_byte(tmp_path: Path, to: str) -> None:
    head, *lines = flat(3, sound=True).splitlines()
    found = []
    for seed in (1, 2):
        shuffled = "\n".join((head, *random.Random(seed).sample(lines, len(lines)))) + "\n"
        found.append(brought(tmp_path / str(seed), FLAT, [shuffled, shuffled], to, SHORT)[1])
    assert found[0] == found[1] != b""


def test_faults_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Doubles are only found when all is sorted."""
    town = Town(tmp_path, ["01", "02"])
    town.profile(
        "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\ncolumns: [{indicator: anzahl, column: B}]\n"
    )
    account = town.take_bytes(b"Bezirk;Anzahl\n02;7\n02;8\n01;?\n01;5\n01;6\n01;5\n", limits=SHORT)
    twice = "Grenzen Sie im Profil ein, welcher gemeint ist (labels, where, unit)."
    assert faults(account) == [
        f"tabelle.csv:3:2: Für anzahl, 02, 2025 steht schon ein anderer Wert bei tabelle.csv:2:2. {twice}",
        "tabelle.csv:4:2: „?“ ist weder Zahl noch bekanntes Zeichen. "
        "Ein eigenes Zeichen der Quelle erklärt das Profil unter „signs“.",
        f"tabelle.csv:6:2: Für anzahl, 01, 2025 steht schon ein anderer Wert bei tabelle.csv:5:2. {twice}",
    ]


def test_more_values_than_may_be_read(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01", "02"])
    town.profile(
        "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\ncolumns: [{indicator: anzahl, column: B}]\n"
    )
    content = b"Bezirk;Anzahl\n01;5\n02;6\n"
    assert faults(town.take_bytes(content, limits=replace(LIMITS, import_values=2))) == []
    assert faults(town.take_bytes(content, "neu.csv", limits=replace(LIMITS, import_values=1))) == [
        "neu.csv:3:2: Mehr als 1 Werte auf einmal werden nicht eingelesen. Teilen Sie die Lieferung, etwa nach Jahren."
    ]


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_memory_does_not_grow_with_the_table(tmp_path: Path, to: str) -> None:
    keys = [f"{n:05}" for n in range(60)]
    peaks = []
    for years in (20, 80):
        town = Town(tmp_path / str(years), keys)
        town.profile(FLAT.split("  - {indicator: quote")[0])
        rows = (f"1;STAG;{1940 + y}-12-31;KREISE;{key};;;;{y + 5};Anzahl;V1;" for y in range(years) for key in keys)
        content = "\n".join((NEW, *rows)) + "\n"
        peaks.append(peak(town, content, to))
    assert peaks[1] < 1.3 * peaks[0]


def peak(town: Town, content: str, to: str) -> int:
    def take() -> Imported:
        return town.take_bytes(content.encode(), to=to, limits=replace(LIMITS, import_held=400), dry_run=True)

    take()  # what is loaded and compiled once doesn't count
    gc.collect()
    tracemalloc.start()
    assert faults(take()) == []
    found = tracemalloc.get_traced_memory()[1] - len(content)
    tracemalloc.stop()
    return found


def test_records_come_back_as_their_fields_sort(tmp_path: Path) -> None:
    chance = random.Random(1)
    records = [tuple(chance.choice(("", "a", "a b", "ab", "ä", "a\ud800", "z")) for _ in range(3)) for _ in range(50)]
    runs = Runs(tmp_path, "some", 8)
    for record in records:
        runs.add(record)
    assert [tuple(record) for record in runs.sorted()] == sorted(records)
    assert [tuple(record) for record in runs.sorted()] == sorted(records)
    assert len(list(tmp_path.iterdir())) == 6
