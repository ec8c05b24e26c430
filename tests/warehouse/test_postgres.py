"""Observations out of a real PostgreSQL server: the same answers, filtered there, and nothing without permission."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.warehouse import postgres, town
from tests.warehouse.postgres import Server

AS_OF = ("--as-of", "2026-10-01")
PASSWORD = "geheim"  # noqa: S105 -- of a server that lives for one test


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    bin = postgres.programs()
    if bin is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.running(bin) as running:
        fill(running)
        yield running


def connect(server: Server) -> psycopg.Connection:
    address = f"host=127.0.0.1 port={server.port} user=statistik password=geheim dbname=postgres"
    return psycopg.connect(address, autocommit=True)


def fill(server: Server) -> None:
    """The rows of the town in reverse order, since the order of a table is nobody's."""
    with connect(server) as connection:
        connection.execute("CREATE SCHEMA sozial")
        for name, head, rows in town.tables():
            columns = ", ".join(f"{label} {town.TYPES.get(label, 'text')}" for label in head)
            connection.execute(f"CREATE TABLE sozial.{name} ({columns}, delivered_by text)")
            with connection.cursor().copy(f"COPY sozial.{name} ({', '.join(head)}) FROM STDIN") as copy:
                for row in reversed(rows):
                    copy.write_row(row)


@pytest.fixture
def planning(server: Server, tmp_path: Path) -> Path:
    town.write(tmp_path / "stadt", server.url)
    return tmp_path / "stadt"


def sozplan(root: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The program in an environment that says of databases only what `environ` does."""
    command = [sys.executable, "-P", "-m", "sozplan", *arguments, "-C", str(root), *AS_OF]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environ})


def allowed(server: Server, password: str = PASSWORD) -> dict[str, str]:
    names = ("SOZPLAN_WAREHOUSE", "SOZPLAN_WAREHOUSE_USER", "SOZPLAN_WAREHOUSE_PASSWORD")
    return dict(zip(names, (server.url, "statistik", password), strict=True))


@pytest.mark.parametrize(
    "arguments",
    [("status", "--format", "json"), ("index", "sozialindex", "--period", "2023", "--format", "json"), ("status",)],
    ids=" ".join,
)
def test_the_same_bytes_as_from_files(server: Server, planning: Path, arguments: tuple[str, ...]) -> None:
    kept = sozplan(planning, *arguments, **allowed(server))
    files = sozplan(town.ROOT, *arguments)
    assert (kept.stderr, kept.returncode) == ("", 0)
    assert kept.stdout == files.stdout
    assert len(kept.stdout) > 5_000


def test_filters_work_on_the_server(server: Server, planning: Path) -> None:
    before = len(server.log)
    sozplan(planning, "status", **allowed(server))
    queries = [line for line in server.log[before:].splitlines() if "FROM sozial.schule" in line]
    assert queries
    assert all("indicator IN (" in query and "area IN (" in query for query in queries)


def test_rules_see_the_observations(server: Server, planning: Path) -> None:
    found, files = (
        {
            (each["rule"], each["entity"])
            for each in json.loads(sozplan(root, "check", "--format", "json", **allowed(server)).stdout)["diagnostics"]
            if not each["rule"].startswith("dec.")  # stamps name files, and there are none
        }
        for root in (planning, town.ROOT)
    )
    assert found == files


def said(root: Path, **environ: str) -> tuple[int, list[str]]:
    """Exit and messages of `check` about the database."""
    done = sozplan(root, "check", "--format", "json", **environ)
    told = json.loads(done.stdout)["diagnostics"]
    return done.returncode, [each["message"] for each in told if each["rule"].startswith("csv.warehouse")]


def test_only_the_address_that_the_environment_names_is_opened(server: Server, planning: Path) -> None:
    other = "postgresql://statistik.example.de/sozialdaten"
    before = len(server.log)
    for environ in ({}, {**allowed(server), "SOZPLAN_WAREHOUSE": other}):
        code, messages = said(planning, **environ)
        assert code == 3
        assert messages[0] == (
            f"Die Tabelle „sozial.bevoelkerung“ ist nicht gelesen. Dieser Rechner darf „{server.url}“ nicht öffnen; "
            "wer das will, setzt die Umgebungsvariable SOZPLAN_WAREHOUSE auf genau diese Adresse."
        )
        assert len(messages) == 7
    assert len(server.log) == before


def test_a_wrong_password_is_said_but_not_shown(server: Server, planning: Path) -> None:
    done = sozplan(planning, "check", **allowed(server, "falschundlang"))
    assert done.returncode == 3
    assert "password authentication failed" in done.stdout
    assert "falschundlang" not in done.stdout + done.stderr


def described(root: Path, name: str, path: str) -> None:
    """The data package with another name in place of that of a table."""
    package = root / "indicators/datapackage.yaml"
    content = package.read_text(encoding="utf-8")
    assert f"path: {name}\n" in content
    package.write_text(content.replace(f"path: {name}\n", f"path: {path}\n"), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "view", "message"),
    [
        ("sozial.gibtsnicht", "", "Dort gibt es keine Tabelle oder Sicht dieses Namens"),
        ("'sozial.kita; DROP TABLE sozial.kita'", "", "„path“ steht hier der Name der Tabelle"),
        ("sozial.ohne", "indicator, area, period", "Die Spalte „value“ fehlt"),
        ("sozial.gleit", "indicator, area, period, value::float8", "Typ float64"),
        (
            "sozial.zahl",
            "indicator, area::int, period, value",
            "Die Spalte „area“ hat den Typ int32, richtig ist varchar",
        ),
    ],
)
def test_a_table_that_cant_be_trusted(server: Server, planning: Path, path: str, view: str, message: str) -> None:
    described(planning, "sozial.kita", path)
    if view:
        with connect(server) as connection:
            connection.execute(f"CREATE VIEW {path} AS SELECT {view} FROM sozial.kita")  # noqa: S608 -- said above
    code, messages = said(planning, **allowed(server))
    assert code == 3
    assert len(messages) == 1
    assert message in messages[0]


def test_a_faulty_row_is_named_by_what_it_says(server: Server, planning: Path) -> None:
    with connect(server) as connection:
        connection.execute("CREATE TABLE sozial.falsch AS SELECT * FROM sozial.kita")
        connection.execute(
            "INSERT INTO sozial.falsch VALUES ('kita-quote-3-6', '0101', '2024/99', 1, 2, 50, NULL, NULL, NULL),"
            "('kita-quote-3-6', '0102', '2023', 1, 2, 1234, 'zz' || chr(31), NULL, NULL)"
        )
    described(planning, "sozial.kita", "sozial.falsch")
    code, messages = said(planning, **allowed(server))
    assert code == 1
    assert [each.partition(" in der Datenbank: ")[0] for each in messages] == [
        "Beobachtung kita-quote-3-6, 0101, 2024/99",
        "Beobachtung kita-quote-3-6, 0102, 2023",
    ]


def test_the_connection_only_reads(server: Server, planning: Path) -> None:
    before = len(server.log)
    sozplan(planning, "status", **allowed(server))
    sent = [line.partition("statement: ")[2] for line in server.log[before:].splitlines() if "statement: " in line]
    assert {each.split()[0] for each in sent if each} <= _READING


_READING = {"SELECT", "SET", "BEGIN", "COMMIT", "WITH", "ROLLBACK", "DECLARE", "FETCH", "CLOSE"}


def test_without_the_extra_it_is_named(server: Server, planning: Path, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without/ibis.py").write_text("raise ImportError('ibis')\n")
    command = [sys.executable, "-m", "sozplan", "status", "-C", str(planning), *AS_OF]
    environ = {
        **os.environ,
        **allowed(server),
        "PYTHONPATH": f"{tmp_path / 'without'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }
    done = subprocess.run(command, capture_output=True, text=True, env=environ)
    assert done.returncode == 3
    checked = [sys.executable, "-m", "sozplan", "check", "-C", str(planning), *AS_OF]
    assert (
        "pip install 'sozplan[warehouse]'"
        in subprocess.run(checked, capture_output=True, text=True, env=environ).stdout
    )


def test_an_address_with_a_password_is_refused(planning: Path) -> None:
    settings = planning / "sozplan.yaml"
    content = settings.read_text(encoding="utf-8")
    settings.write_text(content.replace("postgresql://", "postgresql://statistik:geheim@"), encoding="utf-8")
    done = sozplan(planning, "check")
    assert done.returncode == 3  # the tables can't be read then
    assert "sozplan.yaml:" in done.stdout
    assert "geheim" not in done.stdout
