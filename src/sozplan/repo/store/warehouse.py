"""Observations that a statistical office keeps in a database: the same question, sent there by Ibis.

The SQL is DuckDB's, which Ibis turns into that of the server. Filters work there; what comes back is put into an order
of ours, so that neither the server nor its sorting shows in a result. Nothing but questions is ever sent, and a server
that knows such a thing is told that this connection only reads.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urlsplit

from sozplan.diagnostics import Code, Diagnostic, Location, Text, diagnostic, text
from sozplan.model.indicators import Resource
from sozplan.repo.codes import table as codes
from sozplan.repo.limits import Limits
from sozplan.repo.observations import LABELS, REQUIRED, Known, Reader, Seen
from sozplan.repo.records import Record
from sozplan.repo.shown import shown
from sozplan.repo.store.access import PERMITTED, Access
from sozplan.repo.store.calm import NUMBERS, calm_sql
from sozplan.repo.store.duck import listed
from sozplan.repo.store.parquet import apart
from sozplan.repo.store.question import Question
from sozplan.repo.store.table import FIELD, ROW, Key, Rows, Table, as_group

if TYPE_CHECKING:
    from ibis.backends.sql import SQLBackend
    from ibis.expr.datatypes import DataType

_SECONDS = 600
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}(?:\.[A-Za-z_][A-Za-z0-9_]{0,62})?")
_SEPARATORS = str.maketrans({FIELD: "\ufffd", ROW: "\ufffd"})


class Described(NamedTuple):
    """A table as the planning describes it: the place where it does, and the address of the database."""

    resource: Resource
    at: Location
    url: str | None
    file: str


_NO_ADDRESS = text(
    de="In sozplan.yaml fehlt „warehouse: {url: …}“ mit der Adresse der Datenbank",
    en="“warehouse: {url: …}” with the address of the database is missing in sozplan.yaml",
)
_NO_NAME = text(
    de="Als „path“ steht hier der Name der Tabelle oder Sicht, zum Beispiel statistik.beobachtungen, aus Buchstaben "
    "ohne Umlaute, Ziffern und „_“",
    en="“path” is the name of the table or view here, statistik.beobachtungen say, of plain letters, digits and “_”",
)
_FORBIDDEN = text(
    de="Dieser Rechner darf „{url}“ nicht öffnen; wer das will, setzt die Umgebungsvariable "
    f"{PERMITTED} auf genau diese Adresse",
    en=f"This machine may not open “{{url}}”; whoever wants that sets the environment variable {PERMITTED} to "
    "exactly this address",
)
_NOT_INSTALLED = text(
    de="Dafür fehlt ein Zusatz: pip install 'sozplan[warehouse]'",
    en="An extra is missing for this: pip install 'sozplan[warehouse]'",
)
_NO_TABLE = text(
    de="Dort gibt es keine Tabelle oder Sicht dieses Namens, oder Sie dürfen sie nicht lesen",
    en="There is no table or view of that name there, or you may not read it",
)
_MISSING = text(
    de="Die Spalte „{label}“ fehlt; legen Sie eine Sicht an, deren Spalten heißen wie die einer CSV-Datei",
    en="The column “{label}” is missing; create a view whose columns are named like those of a CSV file",
)
_OTHER_TYPE = text(
    de="Die Spalte „{label}“ hat den Typ {found}, richtig ist {right}; legen Sie eine Sicht an, die sie umwandelt",
    en="The column “{label}” has the type {found}; right is {right}; create a view that converts it",
)


class _Refused(Exception):
    """Why a table can't be asked; says so itself where that is found out late."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.text = reason


@dataclass(slots=True)
class _Reader(Reader):
    """Of rows that have no lines: a fault names its observation and stands where the table is described."""

    at: Location = field(default_factory=lambda: Location(""))
    names: dict[int, Sequence[str]] = field(default_factory=dict)
    """Indicator, area and period of each row."""

    def _add(self, code: Code, at: Location, **args: object) -> None:
        fault = Diagnostic(at, code, args, severity=code.severity)
        if at.line not in self.names:
            self.faults.append(fault)
            return
        indicator, area, period = map(shown, self.names[at.line])
        said = text(de=fault.say("de"), en=fault.say("en"))
        told = {"indicator": indicator, "area": area, "period": period, "fault": said}
        self.faults.append(Diagnostic(self.at, codes.WAREHOUSE_ROW, told, severity=code.severity))


def asked(
    table: Described, access: Access, question: Question, known: Known, limits: Limits, seen: Seen
) -> tuple[Table | None, list[Diagnostic]]:
    """The rows that are asked for, and the faults, to which those of rows are added when they are looked at."""
    reader = _Reader(table.file, table.resource, known, limits, seen=seen, at=table.at)
    try:
        rows = _answered(table, access, reader, question)
    except _Refused as refused:
        fault = diagnostic(codes.WAREHOUSE, table.at, table=shown(table.resource.path), fault=refused.text)
        reader.faults = [fault]
        return None, reader.faults
    return Table(reader, question, rows, apart(reader)), reader.faults


def _answered(table: Described, access: Access, reader: _Reader, question: Question) -> Rows:
    if not _NAME.fullmatch(table.resource.path):
        raise _Refused(_NO_NAME)
    with _opened(table.url, access) as server:
        _begin(reader, _types(server, table.resource.path))
        wanted = f"indicator IN {listed(question.indicators)}"
        if question.by == "area":
            wanted += f" AND area IN {listed(question.areas)}"
        calm = f"coalesce({_calm(reader, question)}, false)"
        source = table.resource.path
        odd = f"SELECT DISTINCT indicator, area FROM {source} WHERE {wanted} AND NOT {calm}"
        delicate = {(indicator or "", area or "") for indicator, area in _fetched(server, odd, ("indicator", "area"))}
        texts = partial(_texts, reader=reader, source=source, by=question.by)
        if question.by == "period":
            return Rows(texts(server, wanted), frozenset(delicate))
        some = f"SELECT DISTINCT indicator FROM {source} WHERE {wanted}"
        seen = {indicator or "" for (indicator,) in _fetched(server, some, ("indicator",))}
        whole = {indicator for indicator, _ in delicate}
        central = f"{wanted} AND (area IN {listed(question.central)} OR indicator IN {listed(whole)})"
        rest = partial(_rest, table, access, wanted, texts)
        return Rows(texts(server, central), frozenset(delicate), partly=frozenset(seen - whole), rest=rest)


def _rest(
    table: Described, access: Access, wanted: str, texts: Callable[[SQLBackend, str], Mapping[Key, str]]
) -> Mapping[Key, str]:
    """What was left out at first, asked for with a connection of its own."""
    with _opened(table.url, access) as server:
        return texts(server, wanted)


@contextmanager
def _opened(url: str | None, access: Access) -> Iterator[SQLBackend]:
    """A connection to the one address that both the planning and the environment name.

    A driver may raise anything, and warn of versions that are nobody's business here.
    """
    if url is None:
        raise _Refused(_NO_ADDRESS)
    if access.permitted != url:
        raise _Refused(text(de=_FORBIDDEN.de.format(url=url), en=_FORBIDDEN.en.format(url=url)))
    try:
        import ibis  # noqa: F401 -- tells whether the extra is installed
    except ImportError:
        raise _Refused(_NOT_INSTALLED) from None
    address = urlsplit(url)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            server = _spark(address.netloc) if address.scheme == "spark" else _postgresql(address, access)
        except Exception as error:
            raise _Refused(_said(error)) from None
        try:
            yield server
        finally:
            if address.scheme != "spark":  # whose session takes ten seconds to start and ends with the program
                server.disconnect()


def _postgresql(address: SplitResult, access: Access) -> SQLBackend:
    import ibis

    return ibis.postgres.connect(
        host=address.hostname,
        port=address.port or 5432,
        database=address.path.removeprefix("/"),
        user=access.user,
        password=access.password,
        connect_timeout=10,
        options=f"-c default_transaction_read_only=on -c statement_timeout={_SECONDS}s",
    )


def _spark(master: str) -> SQLBackend:
    """Where the tables lie is said in Spark's own settings."""
    import ibis
    from pyspark.sql import SparkSession

    quiet: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.appName("sozplan").config(map=quiet)
    session = builder.master("local[*]" if master == "local" else f"spark://{master}").getOrCreate()
    return ibis.pyspark.connect(session)


def _types(server: SQLBackend, table: str) -> Mapping[str, DataType]:
    from ibis.common.exceptions import TableNotFound

    schema, _, name = table.rpartition(".")
    try:
        return dict(server.table(name, database=schema or None).schema().items())
    except TableNotFound:
        raise _Refused(_NO_TABLE) from None
    except Exception as error:
        raise _Refused(_said(error)) from None


def _begin(reader: _Reader, types: Mapping[str, DataType]) -> None:
    """Learns what the table has; columns that mean nothing to us are left alone."""
    labels = [label for label in LABELS if label in types]
    for label in REQUIRED:
        if label not in types:
            raise _Refused(text(de=_MISSING.de.format(label=label), en=_MISSING.en.format(label=label)))
    for label in labels:
        kind, allowed = types[label], _ALLOWED.get(label, _TEXT)
        if not allowed.holds(kind):
            fields = {"label": label, "found": str(kind), "right": allowed.name}
            raise _Refused(text(de=_OTHER_TYPE.de.format(**fields), en=_OTHER_TYPE.en.format(**fields)))
    reader.begin(Record(1, labels, None))
    reader.decimal = "."


class _Type(NamedTuple):
    name: str
    holds: Callable[[DataType], bool]


_TEXT = _Type("varchar", lambda kind: kind.is_string())
_EXACT = _Type("numeric", lambda kind: kind.is_decimal() or kind.is_integer())
_DAY = _Type("date", lambda kind: kind.is_date() or kind.is_string())
_ALLOWED: Mapping[str, _Type] = {**dict.fromkeys(NUMBERS, _EXACT), "vintage": _DAY}


def _texts(server: SQLBackend, wanted: str, *, reader: _Reader, source: str, by: str) -> Mapping[Key, str]:
    """The rows by series, or by indicator and period, numbered in the order of what they say."""
    fields = ", ".join(f"coalesce(CAST({label} AS VARCHAR), '') AS {label}" for label in reader.columns)
    rows = sorted(_fetched(server, f"SELECT {fields} FROM {source} WHERE {wanted}", tuple(reader.columns)))
    names = [reader.columns[label] for label in ("indicator", "area", "period")]
    group = reader.columns[by]
    found: dict[Key, list[str]] = {}
    for number, row in enumerate(rows, 1):
        plain = [each.translate(_SEPARATORS) for each in row]
        reader.names[number] = [plain[name] for name in names]
        found.setdefault((plain[names[0]], as_group(plain[group], by)), []).append(FIELD.join((str(number), *plain)))
    return {key: ROW.join(rows) for key, rows in found.items()}


def _fetched(server: SQLBackend, query: str, labels: Sequence[str]) -> list[tuple[str, ...]]:
    """All rows of an answer, whose columns are texts."""
    try:
        answer = server.sql(query, schema=dict.fromkeys(labels, "string"), dialect="duckdb").to_pyarrow()
    except Exception as error:
        raise _Refused(_said(error)) from None
    return list(zip(*(answer.column(label).to_pylist() for label in labels), strict=True))


def _calm(reader: Reader, question: Question) -> str:
    numbers = {label: f"CAST({label} AS DOUBLE)" if label in reader.columns else "NULL" for label in NUMBERS}
    empty = {label: f"{number} IS NULL" for label, number in numbers.items()}
    return calm_sql(reader, question, "coalesce(sign, '')" if "sign" in reader.columns else "''", numbers, empty)


def _said(error: Exception) -> Text:
    """The first line of what a driver says; none of it is in our hands, so it stays as it is."""
    line = next((each.strip() for each in str(error).splitlines() if each.strip()), "")
    return text(
        de=f"Die Datenbank antwortet: {shown(line, 200) or type(error).__name__}",
        en=f"The database answers: {shown(line, 200) or type(error).__name__}",
    )
