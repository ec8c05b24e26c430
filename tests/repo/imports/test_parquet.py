"""Data files in Parquet hold what the same imports write as CSV, and say it again byte by byte."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozplan.repo.imports.assemble import ImportRow, Made
from sozplan.repo.imports.columns import Store, is_exact, plain
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.target import Merge, written
from tests.repo.imports.town import Town, dropped, faults

PROFILE = (
    "format: table\nperiod: {value: 2025}\ncolumns: [{indicator: anzahl, labels: [Anzahl]}]\npath: https://x.example/\n"
)
DATA = "indicators/data/tabelle.parquet"
FIRST = b"Bezirk;Anzahl\n02;7,50\n01;5\n03;*\n"
SECOND = b"Bezirk;Anzahl\n01;6\n04;-\n02;7,5\n"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(tmp_path, ["01", "02", "03", "04"])
    town.profile(PROFILE)
    return town


def read(town: Town) -> list[tuple[str, ...]]:
    rows = duckdb.read_parquet(str(town.root / DATA)).fetchall()
    return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]


def test_a_new_file(town: Town) -> None:
    account = town.take_bytes(FIRST, to="parquet")
    assert faults(account) == []
    assert account.written == ("indicators/datapackage.yaml", DATA)
    assert read(town) == [
        ("anzahl", "01", "2025", "5.000000000", "", "5.000000000", "", "final", "2026-10-01"),
        ("anzahl", "02", "2025", "", "", "7.500000000", "", "final", "2026-10-01"),
        ("anzahl", "03", "2025", "", "", "", "*", "final", "2026-10-01"),
    ]
    described = town.described()
    assert (described["path"], described["format"], "dialect" in described) == (
        "data/tabelle.parquet",
        "parquet",
        False,
    )


def test_the_program_reads_it_as_it_reads_csv(town: Town, tmp_path: Path) -> None:
    town.take_bytes(FIRST, to="parquet")
    other = Town(tmp_path / "csv", ["01", "02", "03", "04"])
    other.profile(PROFILE)
    other.take_bytes(FIRST)
    cells = [
        [(c.area, c.period, c.value, c.numerator, c.missing, c.quality, c.vintage) for c in each.loaded().figures.cells]
        for each in (town, other)
    ]
    assert cells[0] == cells[1]
    assert len(cells[0]) == 3


def test_a_repeated_import_changes_no_byte(town: Town) -> None:
    town.take_bytes(FIRST, to="parquet")
    before = town.files()
    for day in (date(2026, 10, 1), date(2027, 1, 1)):
        account = town.take_bytes(FIRST, day=day)
        assert (account.added, account.changed, account.unchanged, account.written) == (0, 0, 3, ())
    assert town.files() == before


def test_the_same_rows_are_the_same_bytes(town: Town, tmp_path: Path) -> None:
    town.take_bytes(FIRST, to="parquet")
    other = Town(tmp_path / "zwei", ["01", "02", "03", "04"])
    other.profile(PROFILE)
    lines = FIRST.splitlines(keepends=True)
    other.take_bytes(b"".join((lines[0], *reversed(lines[1:]))), to="parquet")
    assert (town.root / DATA).read_bytes() == (other.root / DATA).read_bytes()


def test_a_later_delivery_is_put_between_the_rows(town: Town) -> None:
    town.take_bytes(FIRST, to="parquet")
    account = town.take_bytes(SECOND, "neu.csv", vintage=date(2026, 12, 1))
    assert (account.added, account.changed, account.unchanged, account.kept) == (2, 0, 1, 1)
    assert [(row[1], row[5], row[6], row[8]) for row in read(town)] == [
        ("01", "5.000000000", "", "2026-10-01"),
        ("01", "6.000000000", "", "2026-12-01"),
        ("02", "7.500000000", "", "2026-10-01"),
        ("03", "", "*", "2026-10-01"),
        ("04", "0E-9", "-", "2026-12-01"),
    ]


def test_one_form_stays_what_it_is(town: Town) -> None:
    town.take_bytes(FIRST, to="parquet")
    before = town.files()
    assert faults(town.take_bytes(SECOND, to="csv")) == [
        "indicators/datapackage.yaml: Die Zahlentabelle „tabelle“ ist PARQUET und bleibt es. Lassen Sie --to weg, oder "
        "nennen Sie im Profil eine andere (resource)."
    ]
    assert town.files() == before


@pytest.mark.parametrize("content", [b"", b"PAR1 und dann nichts", b"indicator;area\n"])
def test_a_file_of_others_is_not_touched(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "fremd.parquet"
    duckdb.execute(f"COPY (SELECT 'anzahl' AS indicator, 1 AS area) TO '{place}' (FORMAT parquet)")
    if content:
        place.write_bytes(content)
    before = place.read_bytes()
    (tmp_path / "eigen").mkdir()
    new = file_of([ImportRow("anzahl", "01", "2025")], tmp_path / "eigen/new.csv")
    store = Store(tmp_path / "eigen", place, DATA)
    for use in (store.size, lambda: store.combined(new), lambda: list(store.matching(new))):
        with pytest.raises(Unreadable, match="hasn't written") as raised:
            use()
        assert (raised.value.fault.place, raised.value.fault.text.de) == (
            DATA,
            f"So hat der Import „{DATA}“ nicht geschrieben. "
            "Stellen Sie die Datei wieder her, oder legen Sie sie beiseite und importieren Sie neu.",
        )
    assert place.read_bytes() == before


def test_a_number_too_exact_for_its_column_is_a_fault(town: Town) -> None:
    account = town.take_bytes(
        b"Bezirk;Anzahl\n01;0,1234567891\n02;12345678901234567890\n03;0,123456789\n", to="parquet"
    )
    reason = "Die Zahl hat mehr als 9 Nachkommastellen oder 19 Stellen davor; in Parquet würde sie gerundet."
    assert faults(account) == [f"tabelle.csv:2:2: {reason}", f"tabelle.csv:3:2: {reason}"]
    assert dropped(account) == {}
    assert DATA not in town.files()


numbers = st.decimals(min_value=0, max_value=10**12, places=3).map(lambda number: format(number, "f").replace(".", ","))
rows = st.builds(
    ImportRow,
    indicator=st.sampled_from(["a", "b"]),
    area=st.sampled_from(["01", "1", "0101"]),
    period=st.sampled_from(["2024", "2025-06", "2024/25"]),
    numerator=st.just("") | numbers,
    denominator=st.just(""),
    value=st.just("") | numbers,
    sign=st.sampled_from(["", "*", "."]),
    status=st.just("final"),
    vintage=st.sampled_from(["2024-01-01", "2025-01-01"]),
)


def once(of: list[ImportRow], vintage: str | None = None) -> list[ImportRow]:
    """Of each key and vintage one row, in order, as a file has them; a delivery has one vintage."""
    dated = [plain(row._replace(vintage=vintage or row.vintage)) for row in of]
    return sorted({(row.key, row.vintage): row for row in dated}.values(), key=order)


def order(row: ImportRow) -> tuple[str, ...]:
    return *row.key, row.vintage


def by_hand(before: list[ImportRow], new: list[ImportRow], is_dated: bool) -> tuple[list[ImportRow], list[ImportRow]]:
    """All rows after the import and those that are new, found by looking through all of them for each."""
    fresh = []
    for row in new:
        versions = [old for old in before if old.key == row.key]
        exact = [old for old in versions if old.vintage == row.vintage]
        known = exact or [old for old in versions if old.vintage <= row.vintage or not is_dated]
        if not known or max(known, key=order).content != row.content:
            fresh.append(row)
    replaced = [(row.key, row.vintage) for row in fresh]
    return sorted([*(row for row in before if (row.key, row.vintage) not in replaced), *fresh], key=order), fresh


def file_of(of: Iterable[ImportRow], place: Path) -> Path:
    place.write_text("".join(written(of)), encoding="utf-8")
    return place


@given(st.lists(rows, max_size=12), st.lists(rows, max_size=8), st.booleans())
@settings(max_examples=15, deadline=None)
def test_putting_together_is_what_merging_by_hand_is(
    tmp_path_factory: pytest.TempPathFactory, before: list[ImportRow], new: list[ImportRow], is_dated: bool
) -> None:
    """Whatever rows there are, in CSV and in Parquet."""
    old, some = once(before), once(new, "2024-06-01")
    every, fresh = by_hand(old, some, is_dated)
    made = [Made(row, "t.csv:2:2") for row in some]
    csv = Merge(is_dated)
    together = [row for each in csv.together(iter(old), iter(made)) for row in each.rows]
    assert together == every
    assert (csv.fresh, csv.changed) == (len(fresh), len(old) + len(fresh) - len(every))
    assert csv.kept + csv.touched == len(old)

    folder = tmp_path_factory.mktemp("parquet")
    place = Store(folder, None, "t").combined(file_of(old, folder / "old.csv")).rename(folder / "t.parquet")
    store, merge = Store(folder, place, "t"), Merge(is_dated)
    steps = list(merge.together(store.matching(file_of(some, folder / "new.csv")), iter(made)))
    assert [each.fresh.row for each in steps if each.fresh] == fresh
    assert (merge.changed, merge.unchanged, merge.touched) == (csv.changed, csv.unchanged, csv.touched)
    after = store.combined(file_of(fresh, folder / "fresh.csv")).rename(folder / "u.parquet")
    (folder / "zwei").mkdir()
    again = Store(folder / "zwei", after, "t")
    assert list(again.matching(file_of(every, folder / "zwei/new.csv"))) == every
    assert again.size() == len(every)


def test_exactness() -> None:
    row = ImportRow("a", "01", "2025", value="-1234567890123456789,123456789")
    assert is_exact(row)
    assert not is_exact(ImportRow("a", "01", "2025", value="1,0000000001"))
    assert plain(ImportRow("a", "01", "2025", value="0,000")).value == "0"
    assert plain(ImportRow("a", "01", "2025", value="100")).value == "100"
