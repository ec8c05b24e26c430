"""Physical lines to records, compared with the standard library's reader where both read the same."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from sozplan.diagnostics import Diagnostic, Location
from sozplan.repo.limits import Limits
from sozplan.repo.records import Record, records

FILE = "indicators/data/a.csv"


def read(
    data: bytes, *, encoding: str = "utf-8", limits: Limits | None = None
) -> tuple[list[Record], list[Diagnostic]]:
    faults: list[Diagnostic] = []
    lines = io.BytesIO(data)
    return list(records(lines, FILE, encoding, ";", faults, limits or Limits())), faults


def test_fields_know_their_line_and_column() -> None:
    (first, second), faults = read(b"a;bc;d\r\n\r\n1;;3\n")
    assert (first.fields, second.fields, faults) == (["a", "bc", "d"], ["1", "", "3"], [])
    assert [first.place(FILE, i) for i in range(3)] == [Location(FILE, 1, column) for column in (1, 3, 6)]
    assert second.place(FILE, 2) == Location(FILE, 3, 4)


def test_rows_that_a_spreadsheet_left_empty_are_passed_over() -> None:
    found, faults = read(b"a;b\n1;2\n;\n ; \n")
    assert [record.fields for record in found] == [["a", "b"], ["1", "2"]]
    assert faults == []


def test_a_quoted_field_may_hold_delimiters_quotes_and_lines() -> None:
    (record, after), faults = read(b'1;"a;""b""\nzwei";x\n2;3;4\n')
    assert record.fields == ["1", 'a;"b"\nzwei', "x"]
    assert record.place(FILE, 1) == Location(FILE, 1, 3)
    assert record.place(FILE, 2) == Location(FILE, 2, 7)
    assert (after.line, faults) == (3, [])


def test_an_open_quote_is_reported_where_it_opens() -> None:
    found, (fault,) = read(b'a;b\n1;"offen\n2;3\n')
    assert [record.fields for record in found] == [["a", "b"]]
    assert (fault.code.id, fault.at) == ("csv.quote-open", Location(FILE, 2, 3))


def test_an_open_quote_does_not_eat_the_whole_file() -> None:
    rows = b"1;2\n" * 10_000
    _, (fault,) = read(b'a;b\n"' + rows, limits=Limits(cell_bytes=100))
    assert fault.code.id == "csv.quote-open"


def test_the_byte_order_mark_is_no_part_of_the_first_label() -> None:
    (record,), _ = read("\ufeffindicator;area\n".encode())
    assert record.fields == ["indicator", "area"]


def test_another_encoding_is_reported_by_byte() -> None:
    found, (fault,) = read("a;b\nÜ;x\n".encode("cp1252"))
    assert [record.fields for record in found] == [["a", "b"]]
    assert (fault.code.id, fault.at, fault.args["offset"]) == ("csv.encoding", Location(FILE, 2, 1), 4)
    (_, record), _ = read("a;b\nÜ;x\n".encode("cp1252"), encoding="windows-1252")
    assert record.fields == ["Ü", "x"]


def test_an_overlong_line_ends_the_reading() -> None:
    at_limit, none = read(b"a" * 100 + b"\n", limits=Limits(cell_bytes=101))
    assert (len(at_limit), none) == (1, [])
    _, (fault,) = read(b"a" * 101 + b"\n", limits=Limits(cell_bytes=101))
    assert fault.code.id == "csv.cell-too-long"


@given(st.lists(st.lists(st.text(alphabet='ab";, \n', max_size=5), min_size=2, max_size=4), min_size=1, max_size=5))
def test_reads_what_the_standard_library_writes(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    found, faults = read(out.getvalue().encode())
    assert ([record.fields for record in found], faults) == (rows, [])


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    found, faults = read(data)
    assert all(isinstance(record, Record) for record in found)
    assert len(faults) <= 1
