"""One piece of work in a process of its own.

Prints the seconds of CPU and of the clock that the work itself took, imports left out.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sozplan.render.document import Html
    from sozplan.render.resources import Resources

AS_OF = date(2026, 10, 1)

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


atexit.register(gc.unfreeze)  # else DuckDB, imported before the collector is off, takes itself for leaked at the end


def _collect_rarely() -> None:
    """As the program does it."""
    gc.set_threshold(100_000)


def parse(root: Path) -> Callable[[], None]:
    """PyYAML's fastest reader on the same bytes, already in memory; each document is dropped at once."""
    import yaml

    contents = [path.read_bytes() for path in sorted(root.rglob("*.yaml"))]

    def work() -> None:
        for content in contents:
            yaml.load(content, Loader=yaml.CSafeLoader)

    return work


def load(root: Path) -> Callable[[], None]:
    """Our loader from the listing of the folder to the validated plan."""
    from sozplan.repo import WorkTree, load

    def work() -> None:
        faults = load(WorkTree(root)).diagnostics
        if faults:
            raise SystemExit(f"the corpus is not valid: {faults[0].at} {faults[0].say('en')}")

    return work


def check(root: Path) -> Callable[[], None]:
    """Loading and all rules."""
    from sozplan.model.case import Case
    from sozplan.repo import WorkTree, load
    from sozplan.rules import check

    _collect_rarely()

    def work() -> None:
        loaded = load(WorkTree(root))
        check(Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents), loaded.diagnostics)

    return work


def check_kept(root: Path) -> Callable[[], None]:
    """The same and what is kept for the next run, which finds nothing kept before."""
    shutil.rmtree(_beside(root), ignore_errors=True)
    return _kept(root)


def check_again(root: Path) -> Callable[[], None]:
    """The same, every rule, when no file was changed since."""
    subprocess.run([sys.executable, __file__, "check_kept", str(root)], check=True, stdout=subprocess.DEVNULL)
    return _kept(root)


def check_changed(root: Path) -> Callable[[], None]:
    """The same when one area plan was changed since."""
    work = check_again(root)
    place = min((root / "plans/areas").iterdir())
    said = place.read_text(encoding="utf-8")
    changed = said.replace("Baustein 1", "Baustein eins") if "Baustein 1" in said else said.replace("eins", "1")
    place.write_text(changed, encoding="utf-8")
    return work


def _beside(root: Path) -> Path:
    return root.with_name(f"{root.name}-kept")


def _kept(root: Path) -> Callable[[], None]:
    """As the program does it; what was written just now counts as settled."""
    from sozplan.cli.passing import checked
    from sozplan.model.case import Case
    from sozplan.repo import WorkTree, load
    from sozplan.repo.cache.folder import Folder
    from sozplan.repo.cache.kept import Kept

    _collect_rarely()

    def work() -> None:
        kept = Kept(Folder(_beside(root), root), time.time_ns() + 10**10)
        loaded = load(WorkTree(root), kept=kept)
        checked(Case(loaded.plan, loaded.figures, AS_OF, loaded.documents), loaded, kept)
        kept.save()

    return work


def send(root: Path) -> Callable[[], None]:
    """What it would take to give the area plans, read in another process, to this one."""
    import pickle

    from sozplan.repo import WorkTree, load

    plans = load(WorkTree(root)).plan.area_plans

    def work() -> None:
        if len(pickle.loads(pickle.dumps(plans, pickle.HIGHEST_PROTOCOL))) != len(plans):  # noqa: S301 -- our own
            raise SystemExit("not all arrived")

    return work


def diff(root: Path) -> Callable[[], None]:
    """What changed between the last two commits, without findings; git's own time counts."""
    from sozplan.analysis.changes import changes, observed
    from sozplan.repo.both import load_both
    from sozplan.repo.git import resolve
    from sozplan.repo.revision import RevisionTree

    def work() -> None:
        old, new = (RevisionTree(root, resolve(root, name, os.environ), os.environ) for name in ("HEAD~1", "HEAD"))
        with old, new:
            both = load_both(old, new)
        observed(both.old.figures, both.new.figures)
        if not changes(both.old.plan, both.new.plan):
            raise SystemExit("the commits say the same")

    return work


def findings(root: Path) -> Callable[[], None]:
    """The same, with all rules on both sides, for new and solved findings."""
    from sozplan.analysis.changes import changes
    from sozplan.model.case import Case
    from sozplan.repo.both import load_both
    from sozplan.repo.git import resolve
    from sozplan.repo.revision import RevisionTree
    from sozplan.rules import check
    from sozplan.rules.since import since

    def work() -> None:
        old, new = (RevisionTree(root, resolve(root, name, os.environ), os.environ) for name in ("HEAD~1", "HEAD"))
        with old, new:
            both = load_both(old, new)
        changes(both.old.plan, both.new.plan)
        sides = (both.old, both.new)
        cases = [Case(side.plan, side.figures, date(2026, 10, 1), side.documents) for side in sides]
        before, after = (check(case, side.diagnostics).open for case, side in zip(cases, sides, strict=True))
        since(before, after)

    return work


def scan(root: Path) -> Callable[[], None]:
    """What DuckDB needs to count the rows of the CSV file and add up their values, and nothing else."""
    import duckdb

    labels = ("indicator", "area", "period", "numerator", "denominator", "value", "sign", "status", "vintage")
    columns = {label: "DOUBLE" if label == "value" else "VARCHAR" for label in labels}
    query = (
        f"SELECT count(*), sum(value) FROM read_csv('{root}/indicators/data/messdaten.csv', delim = ';', "
        f"header = true, auto_detect = false, decimal_separator = ',', columns = {columns})"
    )

    def work() -> None:
        duckdb.connect(config={"threads": 2}).execute(query).fetchall()

    return work


def status(root: Path) -> Callable[[], None]:
    """`sozplan status` from the folder to the finished text."""
    import duckdb  # noqa: F401 -- so that its import doesn't count
    import rich.table  # noqa: F401 -- nor this one

    from sozplan.analysis.attainment import assess
    from sozplan.analysis.disclosure import Audience
    from sozplan.model.case import Case
    from sozplan.render.status import as_text
    from sozplan.repo import WorkTree, load
    from sozplan.repo.store.question import Scope

    _collect_rarely()

    def work() -> None:
        loaded = load(WorkTree(root), scope=Scope.TARGETS, located=False)
        case = Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)
        if "grün" not in as_text(case.plan, assess(case, Audience.PUBLIC), "de", colour=False, width=0):
            raise SystemExit("nothing was evaluated")

    return work


def check_all(root: Path) -> Callable[[], None]:
    """`sozplan check`: every row of the table and all rules."""
    import duckdb  # noqa: F401 -- so that its import doesn't count

    from sozplan.diagnostics import Severity
    from sozplan.model.case import Case
    from sozplan.repo import WorkTree, load
    from sozplan.repo.store.question import Scope
    from sozplan.rules import check

    def work() -> None:
        loaded = load(WorkTree(root), scope=Scope.ALL, located=False, as_of=date(2026, 10, 1))
        found = check(Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents), loaded.diagnostics).open
        faults = (each for each in found if each.severity is not Severity.INFO)
        if any(each.at.file.startswith("indicators/data/") for each in faults):
            raise SystemExit("the table is not sound")

    return work


def paper(root: Path) -> Callable[[], None]:
    """The longest paper of the repository from the loaded planning to the finished PDF."""
    return _printed(root, max(_papers(root), key=lambda make: len(make().text)))


def layout(root: Path) -> Callable[[], None]:
    """WeasyPrint alone on the HTML of the same paper, with the same fonts and pictures and for the same kind of PDF."""
    return _alone(root, max((make() for make in _papers(root)), key=lambda made: len(made.text)))


def manual(root: Path) -> Callable[[], None]:
    """The handbook from the loaded planning to the finished PDF."""
    return _printed(root, _manual(root))


def manual_layout(root: Path) -> Callable[[], None]:
    """WeasyPrint alone on the HTML of the handbook."""
    return _alone(root, _manual(root)())


def _printed(root: Path, make: Callable[[], Html]) -> Callable[[], None]:
    from sozplan.render.pdf import pdf

    weasyprint_imported()

    def work() -> None:
        made = make()
        pdf(
            made.text,
            title=made.title,
            lang=made.lang,
            created=AS_OF,
            resources=_pictures(root, made),
            attachments=made.attachments,
        )

    return work


def _alone(root: Path, made: Html) -> Callable[[], None]:
    import weasyprint  # type: ignore[import-untyped]

    from sozplan.render import pdf

    weasyprint_imported()
    fetcher = pdf._Fetcher(_pictures(root, made))
    options = {"url_fetcher": fetcher, "base_url": "sozplan:document"}

    def work() -> None:
        fonts = weasyprint.text.fonts.FontConfiguration()
        faces = weasyprint.CSS(string=pdf._font_faces(), font_config=fonts, **options)
        page = weasyprint.HTML(string=made.text, **options)
        page.write_pdf(stylesheets=[faces], font_config=fonts, pdf_variant="pdf/a-3a")

    return work


def _manual(root: Path) -> Callable[[], Html]:
    from sozplan.analysis.disclosure import Audience
    from sozplan.model.case import Case
    from sozplan.render import handbook
    from sozplan.render.document import Stamp
    from sozplan.repo import WorkTree, load

    loaded = load(WorkTree(root))
    case = Case(loaded.plan, loaded.figures, AS_OF, loaded.documents)
    return partial(handbook.manual, case, lang="de", audience=Audience.PUBLIC, stamp=Stamp(AS_OF))


def weasyprint_imported() -> None:
    """Imported and used once, so that neither its import nor the reading of its tables counts."""
    from sozplan.render.pdf import pdf

    pdf("<h1>T</h1><p>Wort", title="T", lang="de", created=AS_OF)


def _papers(root: Path) -> list[Callable[[], Html]]:
    from sozplan.analysis.attainment import assess
    from sozplan.analysis.disclosure import Audience
    from sozplan.model.case import Case
    from sozplan.render.document import Stamp
    from sozplan.render.report import paper
    from sozplan.repo import WorkTree, load
    from sozplan.repo.geo import atlas

    tree = WorkTree(root)
    loaded = load(tree)
    case = Case(loaded.plan, loaded.figures, AS_OF, loaded.documents)
    newest = {each.level: each for each in sorted(case.plan.boundaries, key=lambda each: each.boundary)}
    drawn = cache(lambda level: atlas(tree, case.plan, newest[level])[0] if level in newest else None)
    options: dict[str, Any] = {
        "lang": "de", "audience": Audience.PUBLIC, "stamp": Stamp(AS_OF), "atlases": drawn,
    }  # fmt: skip
    return [partial(paper, case, assess(case, Audience.PUBLIC), plan, **options) for plan in case.plan.area_plans]


def _pictures(root: Path, made: Html) -> Resources:
    from sozplan.render.resources import Resources, image

    return Resources({Path(name).name: image(Path(name).name, (root / name).read_bytes()) for name in made.pictures})


def one_by_one(root: Path) -> Callable[[], None]:
    """`sozplan report` of eight plans in one process."""
    return partial(_report, root, 1)


def at_once(root: Path) -> Callable[[], None]:
    """The same in two processes."""
    return partial(_report, root, 2)


def models(root: Path) -> Callable[[], None]:
    """200 processes of 3 to 60 steps in 2 to 10 lanes: laid out, written as BPMN and as SVG."""
    from sozplan.render.swimlane.export import as_bpmn, as_svg, placed
    from sozplan.repo import WorkTree, load
    from tests.render.swimlane.made import process

    plan = load(WorkTree(root)).plan
    processes = [process(seed) for seed in range(200)]

    def work() -> None:
        for each in processes:
            found = placed(plan, each, "de")
            as_bpmn(plan, each, found, "de")
            as_svg(plan, each, found, "de")

    return work


def protect(root: Path) -> Callable[[], None]:
    """What is withheld beside small counts, in all indicators and years."""
    from sozplan.analysis.protection.table import protection
    from sozplan.model.case import Case
    from sozplan.repo import WorkTree, load

    loaded = load(WorkTree(root))
    case = Case(loaded.plan, loaded.figures, AS_OF, loaded.documents)

    def work() -> None:
        found = [protection(case, sheet.id) for sheet in case.plan.indicators]
        if not all(each.withheld for each in found) or any(each.coarse for each in found):
            raise SystemExit("there is nothing to protect, or too much of it")

    return work


def sum_up(root: Path) -> Callable[[], None]:
    """What DuckDB needs to count the records of a supplier's file and add up their values, and nothing else."""
    import duckdb

    query = (
        f"SELECT count(*), sum(value) FROM read_csv('{root}.csv', delim = ';', header = true, all_varchar = false, "
        "types = {'value': 'DOUBLE'})"
    )

    def work() -> None:
        duckdb.connect(config={"threads": 2}).execute(query).fetchall()

    return work


def bring(root: Path) -> Callable[[], None]:
    """`sozplan import` of the same file into an empty data file, from the loaded planning to what is written."""
    import duckdb  # noqa: F401 -- so that its import doesn't count

    from bench.tables import PROFILE
    from sozplan.model.case import Case
    from sozplan.model.profiles import ImportProfile
    from sozplan.repo import WorkTree, load
    from sozplan.repo.imports import Wishes, run_import
    from sozplan.repo.store.question import OfImport

    for left in ("datapackage.yaml", "data/flatfile.parquet"):
        (root / "indicators" / left).unlink(missing_ok=True)
    loaded = load(WorkTree(root), scope=OfImport(PROFILE))
    case = Case(loaded.plan, loaded.figures, AS_OF, loaded.documents)
    profile = loaded.plan.find(PROFILE, ImportProfile)
    lines = sum(1 for _ in root.with_suffix(".csv").open("rb")) - 1

    def work() -> None:
        account = run_import(root, case, profile, Wishes(root.with_suffix(".csv"), to="parquet"))  # type: ignore[arg-type]
        if account.faults or account.added != lines:
            raise SystemExit("not all was imported")

    return work


def _report(root: Path, jobs: int) -> None:
    plans = sorted(path.read_text("utf-8").split()[1] for path in (root / "plans/areas").iterdir())[:8]
    options = ["-C", str(root), "--as-of", AS_OF.isoformat(), "--jobs", str(jobs)]
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-P", "-m", "sozplan", "report", *plans, "--out", out, *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        if len(list(Path(out).iterdir())) != len(plans):
            raise SystemExit("not all papers were made")


def _cpu() -> float:
    return sum(os.times()[:4])


_ALL = (
    *(
        parse,
        load,
        check,
        check_kept,
        check_again,
        check_changed,
        send,
        diff,
        findings,
        scan,
        status,
        check_all,
        sum_up,
        bring,
    ),
    *(paper, layout, manual, manual_layout, one_by_one, at_once, protect, models),
)
PROBES = {probe.__name__: probe for probe in _ALL}

if __name__ == "__main__":
    name, root = sys.argv[1:]
    work = PROBES[name](Path(root))
    cpu, wall = _cpu(), time.perf_counter()
    work()
    print(_cpu() - cpu, time.perf_counter() - wall)
