"""A planning repository with as many observations as a large city's statistics office has, to measure on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import corpora
from bench.corpora import Corpus

SHEETS, UNITS, YEARS = 250, 1_000, 40
PLANS = Corpus("tables", files=80, lines=40, strands=1)


def write(root: Path, sources: Sequence[str]) -> None:
    """Plans, 250 sheets, 1,000 districts, and the description of files yet to be put there."""
    corpora.write(PLANS, root)
    known = len(list((root / "indicators/catalogue").iterdir()))
    for n in range(known, SHEETS):
        (root / f"indicators/catalogue/kennzahl-{n:04}.yaml").write_text(corpora.sheet(n), encoding="utf-8")
    plans = len(list((root / "plans/areas").iterdir()))
    rest = "".join(corpora.district(i) for i in range(plans, UNITS))
    (root / "plans/territory/weitere.yaml").write_text(f"units:\n{rest}", encoding="utf-8")
    (root / "indicators/data").mkdir()
    package = "name: messdaten\nresources:\n" + "".join(map(_resource, sources))
    (root / "indicators/datapackage.yaml").write_text(package, encoding="utf-8")


def _resource(source: str) -> str:
    return f"""\
  - name: {source.partition(".")[0]}
    path: data/{source}
    format: {source.rpartition(".")[2]}
    dialect: {{delimiter: ";"}}
    release: {{office: amt-0, date: 2026-07-01}}
    sources: [{{title: Statistikstelle}}]
    schema: {{fields: [{{name: value, type: number, decimalChar: ","}}]}}
"""


def everything(folder: Path) -> None:
    """The same ten million rows as CSV and as Parquet, and many small files."""
    large(folder / "csv", "messdaten.csv")
    large(folder / "parquet", "messdaten.parquet")
    many(folder / "files")
    delivery(folder / "delivery")


DELIVERY, PROFILE, BROUGHT = "delivery.csv", "flatfile", 200
"""A flat file as GENESIS writes it, of 250 indicators in 200 districts and 40 years."""


def delivery(root: Path, areas: int = BROUGHT) -> None:
    """Two million values yet to be imported; every value is a record with its variables."""
    write(root, [])
    (root / "indicators/datapackage.yaml").unlink()
    names = [f"kennzahl-{n}" for n in range(SHEETS)]
    columns = "".join(f"  - {{indicator: {name}, as: numerator, variable: {_variable(name)}}}\n" for name in names)
    profile = "name: Flatfile\nformat: genesis-flat\nresource: flatfile\npath: https://www.example.org/\n"
    profile += "areas: {variables: [BEZIRKE]}\nperiod: {as_year: true}\ncolumns:\n"
    (root / "indicators/profiles").mkdir(exist_ok=True)
    (root / f"indicators/profiles/{PROFILE}.yaml").write_text(f"id: {PROFILE}\n{profile}{columns}", encoding="utf-8")
    values = ", ".join(f"('{name}', '{_variable(name)}')" for name in names)
    query = f"""
        SELECT 22541 AS statistics_code, 'Statistik' AS statistics_label, 'STAG' AS time_code, 'Stichtag' AS time_label,
            (1986 + y) || '-12-31' AS time, 'BEZIRKE' AS "1_variable_code", 'Bezirke' AS "1_variable_label",
            lpad(a::VARCHAR, 5, '0') AS "1_variable_attribute_code", 'Bezirk ' || a AS "1_variable_attribute_label",
            hash(s.name, a, y) % 5000 + 20 AS value, 'Anzahl' AS value_unit, s.variable AS value_variable_code,
            s.name AS value_variable_label
        FROM range({YEARS}) u(y), range({areas}) t(a), (VALUES {values}) s(name, variable)"""
    _copy(query, root.parent / f"{root.name}.csv", "FORMAT csv, DELIMITER ';', HEADER")


def _variable(name: str) -> str:
    return name.rpartition("-")[2].rjust(6, "V")


def large(root: Path, source: str) -> None:
    """Ten million rows in one file."""
    write(root, [source])
    (parquet if source.endswith(".parquet") else csv)(root / "indicators/data" / source)


def many(root: Path) -> None:
    """250 files of 1,000 rows, and a target to each."""
    names = [f"kennzahl-{n}.csv" for n in range(SHEETS)]
    write(root, names)
    strategy = root / "plans/strategy.yaml"
    strategy.write_text(strategy.read_text(encoding="utf-8") + "".join(map(_goal, range(SHEETS))), encoding="utf-8")
    for n, name in enumerate(names):
        rows = (_row(n, area, year) for area in range(25) for year in range(1986, 1986 + YEARS))
        head = "indicator;area;period;numerator;denominator;value;sign;status;vintage\n"
        (root / "indicators/data" / name).write_text(head + "".join(rows), encoding="utf-8")


def _goal(n: int) -> str:
    return f"""\
  - id: ziel-{n}
    level: action
    parent: teilziel-{n % corpora.GOALS}
    statement: Das Angebot {n} erreicht mehr Haushalte.
    owner: amt-{n % corpora.OFFICES}
    status: resolved
    resolution: grundsatzbeschluss
    targets:
      - id: ziel-{n}-t
        indicator: kennzahl-{n}
        area: bezirk-{n % 25}
        kind: change
        baseline: {{period: 2024, value: 20.0}}
        target: {{period: 2028, value: 28.0}}
"""


def _row(n: int, area: int, year: int) -> str:
    count = 100 + (n * 7 + area * 13 + year * 3) % 400
    value = f"{count // 10},{count % 10}"
    return f"kennzahl-{n};{area:05};{year};{count};1000;{value};;final;{year + 1}-03-01\n"


def observations(years: int = YEARS, order: str = "") -> str:
    """SQL that makes the rows: every indicator in every district and year, shares that agree with their counts."""
    return f"""
        SELECT 'kennzahl-' || i AS indicator, lpad(a::VARCHAR, 5, '0') AS area, (2026 - {years} + y)::VARCHAR AS period,
            n::DECIMAL(28, 9) AS numerator, 1000::DECIMAL(28, 9) AS denominator, (n / 10)::DECIMAL(28, 9) AS value,
            NULL::VARCHAR AS sign, 'final' AS status, make_date(2027 - {years} + y, 3, 1) AS vintage
        FROM (SELECT i, a, y, (hash(i, a, y) % 500 + 20)::INTEGER AS n
            FROM range({SHEETS}) s(i), range({UNITS}) t(a), range({years}) u(y)) {order}"""


def csv(place: Path, years: int = YEARS, order: str = "") -> None:
    value = "rtrim(rtrim(value::DECIMAL(28, 1)::VARCHAR, '0'), '.')"
    columns = f"* REPLACE (numerator::INTEGER AS numerator, 1000 AS denominator, replace({value}, '.', ',') AS value)"
    _copy(f"SELECT {columns} FROM ({observations(years, order)})", place, "FORMAT csv, DELIMITER ';', HEADER")


def parquet(place: Path, years: int = YEARS) -> None:
    """In the order in which `sozplan import --to parquet` writes."""
    order = "ORDER BY indicator, area, period, vintage"
    _copy(observations(years, order), place, "FORMAT parquet, COMPRESSION zstd")


def _copy(query: str, place: Path, options: str) -> None:
    import duckdb

    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"COPY ({query}) TO '{place}' ({options})")
