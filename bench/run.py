"""Measures sozplan against a yardstick in the same run, and writes docs/performance.md; fails over a limit.

Only ratios count: the two sides of each run alternately, and their medians are compared.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from bench import areas, corpora, peers, profiles, tables  # noqa: E402 -- reached only by the line above
from bench.measure import MEGABYTE, Comparison, Result, measure  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
SOZPLAN = str(Path(sys.executable).with_name("sozplan"))
MODELS = "import typer, sozplan.model.case"
_CHECK = ("check", "--no-cache", "--as-of", "2026-10-01", "-C")
TOWN = (*_CHECK, str(ROOT))


def comparisons(folder: Path) -> tuple[Comparison, ...]:
    """All that is measured, on corpora in `folder`."""
    many, large = (str(folder / corpus.name) for corpus in (corpora.MANY, corpora.LARGE))
    version = Comparison(
        "`sozplan --version` / `python -c pass`",
        [SOZPLAN, "--version"],
        [sys.executable, "-c", "pass"],
        3.0,
        rounds=21,
    )
    town = Comparison(
        "`sozplan check` der Beispielstadt (of the town) / `import typer` + models",
        [SOZPLAN, *TOWN],
        [sys.executable, "-c", MODELS],
        3.0,
        rounds=11,
    )
    return (
        _against_pyyaml("10 000 Dateien × 40 Zeilen laden (load) / CSafeLoader", "load", many, 1.3),
        _against_pyyaml("1 000 Dateien × 270 Zeilen laden (load) / CSafeLoader", "load", large, 1.3),
        _against_pyyaml("10 000 Dateien laden, alle Regeln (all rules) / CSafeLoader", "check", many, 1.8),
        _against_ourselves(
            "Gebietspläne einem anderen Prozess geben (area plans between processes) / laden (load)",
            *("send", "load", many, math.inf),
        ),
        _against_ourselves(
            "`diff`, 10 von 1 000 Dateien geändert (changed) / laden (load)", "diff", "load", large, 1.3
        ),
        _against_ourselves(
            "dasselbe mit Befunden (with findings) / laden, alle Regeln", "findings", "check", large, 2.0
        ),
        version,
        town,
        *_tables(folder),
        *_indices(folder),
        *_papers(folder),
        *_models(),
    )


def _tables(folder: Path) -> Iterator[Comparison]:
    csv, parquet, many = (str(folder / name) for name in ("csv", "parquet", "files"))
    yield _against_scan(
        "`status`, 10 Mio. Beobachtungen (10 M rows) / DuckDB: `count(*), sum(value)`",
        "status",
        csv,
        csv,
        2.0,
        800,
    )
    yield _against_scan(
        "dasselbe aus Parquet (from Parquet) / dasselbe Maß (same CSV scan)", "status", parquet, csv, 0.7, 800
    )
    yield _against_scan(
        "`check` derselben CSV-Datei, jede Zeile (every row) / dasselbe Maß", "check_all", csv, csv, 5.0, 2_000
    )
    ours = [sys.executable, str(HERE / "probes.py"), "status", many]
    title = (
        "`status`, 250 Kennzahlen × 1 000 Zeilen, 281 Zielwerte (250 indicators × 1,000 rows, 281 targets), Sekunden"
    )
    yield Comparison(title, ours, (), 3.0, rounds=3, inside=True)
    ours, theirs = ([sys.executable, str(HERE / "probes.py"), n, str(folder / "delivery")] for n in ("bring", "sum_up"))
    title = "`import` nach Parquet, Flatfile mit 2 Mio. Werten (2 M values) / DuckDB: dieselbe Datei (same file)"
    yield Comparison(title, ours, theirs, 160.0, rounds=2, inside=True, megabytes=400)


def _indices(folder: Path) -> Iterator[Comparison]:
    """Of the whole process, from its start on: nothing here takes longer than starting does."""
    for each, title, limit, runs in (
        (
            areas.CITY,
            "`index`, 542 Räume (areas) × 8 Komponenten, 1 000 Läufe mit anderen Gewichten (runs), Sekunden mit Start",
            1.5,
            ("--runs", "1000"),
        ),
        (
            areas.COUNTRY,
            "`index`, 33 000 Räume (areas) × 7 Komponenten, Sekunden mit Start (with start)",
            3.0,
            ("--runs", "0"),
        ),
        (
            areas.SMALL_CITY,
            "`index`, 542 Räume (areas) × 8 Komponenten × 10 Jahre, 3 % kleine Fallzahlen (small counts), Sekunden",
            4.0,
            ("--runs", "0"),
        ),
        (
            areas.SMALL_COUNTRY,
            "`index`, 33 000 Räume (areas) × 7 Komponenten, 0,05 % kleine Fallzahlen (small counts), Sekunden",
            10.0,
            ("--runs", "0"),
        ),
    ):
        ours = [SOZPLAN, "index", areas.INDEX, "-C", str(folder / each.name), *_ASKED, *runs]
        yield Comparison(title, ours, (), limit, rounds=5)
    every = [sys.executable, str(HERE / "probes.py"), "protect", str(folder / areas.SMALL_CITY.name)]
    title = "derselbe Schutz für alle acht Kennzahlen und zehn Jahre (protection of all indicators and years), Sekunden"
    yield Comparison(title, every, (), 6.0, rounds=3, inside=True)
    crossing = [sys.executable, str(HERE / "probes.py"), "protect", str(folder / areas.CROSSING.name)]
    title = "Schutz bei 400 Räumen und 60 Gebieten quer zu 16 Bezirken (crossing areas), acht Jahre (years), Sekunden"
    yield Comparison(title, crossing, (), 14.0, rounds=3, inside=True)


_ASKED = ("--period", str(areas.PERIOD), "--as-of", "2026-10-01", "--format", "json")


def _papers(folder: Path) -> Iterator[Comparison]:
    many, town = str(folder / corpora.PAPERS.name), str(ROOT)
    alone = "längste Vorlage der Beispielstadt (the town's longest paper) / WeasyPrint allein (alone)"
    book = "Handbuch der Beispielstadt (the town's handbook) / WeasyPrint allein (alone)"
    eight = "8 Vorlagen in 2 Prozessen (8 papers at once) / nacheinander (one by one)"
    for title, one, other, root, limit, wall in (
        (alone, "paper", "layout", town, 1.2, False),
        (eight, "at_once", "one_by_one", many, 0.75, True),
    ):
        ours, theirs = ([sys.executable, str(HERE / "probes.py"), name, root] for name in (one, other))
        yield Comparison(title, ours, theirs, limit, rounds=5, inside=True, megabytes=400, wall=wall)
    ours, theirs = ([sys.executable, str(HERE / "probes.py"), name, town] for name in ("manual", "manual_layout"))
    yield Comparison(book, ours, theirs, 1.2, rounds=3, inside=True, megabytes=600)


def _models() -> Iterator[Comparison]:
    ours = [sys.executable, str(HERE / "probes.py"), "models", str(ROOT)]
    title = "`process export`: 200 Prozesse mit 3–60 Schritten, BPMN und SVG (200 processes), Sekunden"
    yield Comparison(title, ours, (), 10.0, rounds=3, inside=True)


def _against_scan(title: str, probe: str, root: str, scanned: str, limit: float, megabytes: int) -> Comparison:
    ours, theirs = ([sys.executable, str(HERE / "probes.py"), n, p] for n, p in ((probe, root), ("scan", scanned)))
    return Comparison(title, ours, theirs, limit, rounds=5, inside=True, megabytes=megabytes, wall=True)


def _against_pyyaml(title: str, probe: str, corpus: str, limit: float) -> Comparison:
    ours, theirs = ([sys.executable, str(HERE / "probes.py"), name, corpus] for name in (probe, "parse"))
    return Comparison(title, ours, theirs, limit, rounds=5, inside=True)


def _against_ourselves(title: str, probe: str, yardstick: str, corpus: str, limit: float) -> Comparison:
    ours, theirs = ([sys.executable, str(HERE / "probes.py"), name, corpus] for name in (probe, yardstick))
    return Comparison(title, ours, theirs, limit, rounds=5, inside=True)


_HEAD = (
    "Messung / measurement",
    "CPU",
    "Uhr / wall",
    "Maßstab CPU",
    "Uhr / wall",
    "Verhältnis / ratio",
    "Grenze / limit",
    "",
    "RAM",
)


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table that is readable on the terminal as well."""
    rows = [_HEAD, *(_row(result) for result in results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "".join(f"| {line} |\n" for line in lines)


def _row(result: Result) -> tuple[str, ...]:
    comparison, ours, theirs = result
    judged, beside = ("{:.3f} s", "*{:.3f} s*")[:: -1 if comparison.wall else 1]
    return (
        comparison.title,
        *(judged.format(ours.cpu), beside.format(ours.wall)),
        *((judged.format(theirs.cpu), beside.format(theirs.wall)) if comparison.theirs else ("1 s", "")),
        f"{result.ratio:.2f}",
        *_judged(result),
        _memory(result),
    )


def _judged(result: Result) -> tuple[str, str]:
    if math.isinf(result.comparison.limit):
        return "–", ""
    limit = f"≤ {result.comparison.limit:.3g}"
    return limit, "✓ eingehalten / kept" if result.passed else "✗ überschritten / broken"


def _memory(result: Result) -> str:
    """Only of large work: a child's peak is never below what its parent held when it was started."""
    return f"{result.ours.kilobytes // MEGABYTE} MB" if result.comparison.inside else "–"


def page(results: Sequence[Result], growth: peers.Growth, profiled: Sequence[profiles.Profile]) -> str:
    """docs/performance.md."""
    few, many = (f"{count:,}".replace(",", " ") for count in peers.ITEMS)
    exponent = f"{growth.exponent:.2f}".replace(".", ",")
    machine = f"{os.cpu_count()} × {platform.machine()}, Linux, Python {platform.python_version()}"
    return f"""\
# Leistung / Performance

`make bench` hat diese Seite geschrieben.
Sie vergleicht sozplan im selben Lauf mit einem Maßstab, den jede Maschine hat.
Darum zählt das Verhältnis, nicht die Sekunde.
Beide Seiten laufen abwechselnd, jede in einem eigenen Prozess; verglichen wird der Median der CPU-Zeit,
oder der Uhr, wo beide Seiten mehrere Kerne nutzen.
Was nicht verglichen wird, steht *schräg*.

*Written by `make bench`.
Only the ratios count: both sides run alternately in processes of their own.
The medians of their CPU time are compared, or of the clock where both sides use several cores;
what isn't compared stands in italics.*

Maschine / machine: {machine}

{table(results)}
- **doorstop** prüft Einträge, von denen jeder mit einem anderen verbunden ist.
  Gemessen sind {few} und {many} Einträge: {growth.few.cpu:.1f} s und {growth.many.cpu:.1f} s CPU.
  Das ist Wachstum mit dem Exponenten {exponent}; auf 10 000 ist hochgerechnet.
  *Measured with {few} and {many} linked items, extrapolated to 10,000 by the exponent of its growth.*
- **check-jsonschema** prüft jede Datei mit unserem Schema ihrer Art, **yamllint** nur die Schreibweise;
  beide kennen keine Bezüge zwischen Dateien.
  *check-jsonschema validates every file with our own schema, yamllint looks at style alone; neither knows references.*
- **Laden / load:** vom Ordner bis zum Plan, jeder Schlüssel und Wert geprüft und mit seiner Stelle.
  Der Maßstab ist PyYAMLs C-Leser, der dieselben Bytes ohne jede Prüfung einliest.
  *From the folder to the validated plan, against PyYAML's C reader, which checks nothing.*
- **Alle Regeln / all rules:** dasselbe und alle Regeln über den ganzen Bestand.
  *The same and every rule over the whole repository.*
- **`diff`:** zwei Commits lesen und vergleichen, Git eingerechnet; was beide gemeinsam haben, wird einmal gelesen.
  Neue und erledigte Befunde brauchen dazu alle Regeln auf beiden Seiten; `--no-findings` spart sie.
  *Two commits read and compared, git included. New and solved findings need all rules on both sides.*
- **10 Mio. Beobachtungen:** eine Datei von 550 MB, 250 Kennzahlen in 1 000 Bezirken und 40 Jahren, 31 Pläne mit
  Zielwerten zu zehn Kennzahlen; gemessen ist hier die Wanduhr ohne Importe, da DuckDB zwei Kerne nutzt.
  *A file of 550 MB; wall time without imports, as DuckDB uses two cores.*
- **Import:** jeder Wert geprüft und mit seiner Zeile, sortiert, Doppelte gesucht, Summen verglichen; CPU ohne Importe.
  Der Maßstab ist `count(*), sum(value)` von DuckDB über dieselbe Datei von 210 MB.
  *Every value checked with its line, sorted, sums compared, against a bare scan of the same file. CPU time.*
- **Index:** vom Start des Programms bis zur Antwort in JSON; jede Zahl geht durch den Schutz kleiner Fallzahlen.
  *From the start of the program to the answer in JSON; every number passes the protection of small counts.*
- **Vorlagen / papers:** von der geladenen Planung bis zum fertigen PDF/A-3a und PDF/UA-1, gegen WeasyPrint allein mit
  demselben HTML, denselben Schriften und derselben PDF-Variante. Bei acht Vorlagen zählt die Wanduhr, beim
  Arbeitsspeicher der größte der Prozesse.
  *From the loaded planning to the finished PDF, against bare WeasyPrint on the same HTML. Eight papers: wall time.*
- **Prozesse / processes:** Wege suchen, Plätze rechnen, Texte messen und beide Dateien schreiben; 3 bis 60 Schritte
  in 2 bis 10 Bahnen, mit Schleifen und gleichzeitigen Wegen.
  *Layout, measuring of texts and both files, of processes with loops and parallel branches.*
- Die Bestände erzeugt [corpora.py](../bench/corpora.py): Pläne mit Bedarfen, Zielen, Maßnahmen und Mitteln.
  Dazu kommen die Gebiete, Beschlüsse, Stellen und Kennzahlen, auf die sie sich beziehen.
  *The corpora: plans and all that they refer to.*

## Wohin die Zeit geht / Where the time goes

Jeder Befehl über der Beispielstadt, einmal für sich (CPU) und einmal beobachtet (Anteile).
Wer beobachtet, lässt kleine Funktionen größer aussehen, als sie sind.
Vorlagen entstehen hier in einem Prozess; sonst teilen sie sich auf die Kerne auf, weil eine Seite zu setzen länger
dauert als einen Prozess zu starten.
Planungsdateien in zwei Prozessen zu lesen lohnt sich nicht: Verschicken kostet mehr, als der zweite Kern spart (oben).

*Each command on the example town, by itself (CPU) and watched (shares); being watched, small functions look larger.
Papers are typeset here in one process; else on all cores, as typesetting takes longer than starting a process.
Planning files are read in one process: sending them costs more than a second core saves (above).*

{profiles.table(profiled)}"""


def against_peers(folder: Path, growth: peers.Growth) -> tuple[Result, ...]:
    """Our check from the start of the program, with all rules, against what others do on the same number of things."""
    entities, many = (str(folder / corpus.name) for corpus in (corpora.ENTITIES, corpora.MANY))
    one = measure(Comparison("", [SOZPLAN, *_CHECK, entities], (), 1.0, rounds=3), _dot)
    title = "`check`, 10 000 Einträge (entities) / doorstop, 10 000 verbundene Einträge (linked items)"
    doorstop = Result(Comparison(title, one.comparison.ours, ("doorstop",), 1 / 20, 3), one.ours, growth.at(10_000))
    others = (
        ("`check`, 10 000 Dateien (files) / check-jsonschema", "jsonschema", 1 / 4),
        ("`check`, 10 000 Dateien (files) / yamllint", "yamllint", 1.0),
    )
    ours = [sys.executable, str(HERE / "peers.py"), "sozplan", many]
    return doorstop, *(
        measure(Comparison(title, ours, [*ours[:2], name, many], limit, rounds=1, inside=True), _dot)
        for title, name, limit in others
    )


def _dot() -> None:
    print(".", end="", file=sys.stderr, flush=True)


def _corpora(folder: Path) -> None:
    for corpus in (corpora.MANY, corpora.LARGE, corpora.PAPERS, corpora.ENTITIES):
        corpora.write(corpus, folder / corpus.name)
    corpora.commit(folder / corpora.LARGE.name, changed=10)
    for each in (areas.CITY, areas.COUNTRY, areas.SMALL_CITY, areas.SMALL_COUNTRY, areas.CROSSING):
        areas.write(each, folder / each.name)
    # In a process of its own: a child's peak of memory begins with that of the process it was forked from.
    making = multiprocessing.get_context("spawn").Process(target=tables.everything, args=(folder,))
    making.start()
    making.join()


def main() -> int:
    if not Path(SOZPLAN).exists():
        raise SystemExit("sozplan is not installed beside this Python; use `make bench`")
    peers.provide()
    with tempfile.TemporaryDirectory(prefix="sozplan-bench-") as name:
        folder = Path(name)
        _corpora(folder)
        results = []
        for comparison in comparisons(folder):
            print(f"\n{comparison.title} ", end="", file=sys.stderr, flush=True)
            results.append(measure(comparison, _dot))
        print("\ndoorstop, check-jsonschema, yamllint ", end="", file=sys.stderr, flush=True)
        growth = peers.doorstop(folder, 2, _dot)
        results += against_peers(folder, growth)
    profiled = profiles.profiles(_dot)
    print(table(results), end="")
    PAGE.write_text(page(results, growth, profiled), encoding="utf-8")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
