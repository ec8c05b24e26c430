"""The kinds of papers from the command line, and what they say has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.render.document import Html
from tests.cli.repository import AREA, Repository, Sozplan
from tests.render.documents import Seen

SINCE = "Seit der letzten Vorlage"


def seen(path: Path) -> Seen:
    return Seen(Html(path.read_text("utf-8"), "", "de"))


def told(lines: list[str], heading: str) -> list[str]:
    """The lines below a heading of the section on changes."""
    after = lines[lines.index(heading) + 1 :]
    return [line for line in after[:4] if line]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("decision", "hafen-2026.html"),
        ("information", "hafen-2026-information.html"),
        ("progress", "hafen-2026-progress.html"),
        ("area-sheet", "hafen-2026-area-sheet.html"),
        ("summary", "summary.html"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_each_kind_has_a_file_of_its_own(kind: str, name: str, sozplan: Sozplan, tmp_path: Path) -> None:
    said = sozplan("report", "--out", str(tmp_path / "out"), "--format", "html", "--kind", kind)
    assert (said.code, said.out, said.err) == (0, f"{tmp_path / 'out' / name}\n", "")


@pytest.mark.usefixtures("repository")
def test_a_summary_of_one_plan_is_refused(sozplan: Sozplan, tmp_path: Path) -> None:
    said = sozplan("report", "hafen-2026", "--out", str(tmp_path / "out"), "--kind", "summary")
    assert (said.code, said.err) == (
        2,
        "sozplan: Gesamtübersicht: Diese Vorlage handelt von allen Plänen. Lassen Sie die Kennungen weg.\n",
    )


def test_what_a_paper_lacks_is_told_at_its_line_and_it_is_printed_all_the_same(
    repository: Repository, sozplan: Sozplan, tmp_path: Path
) -> None:
    repository.edit(AREA, ("  number: V-2025-117\n", ""), ("date: 2025-11-20", "date: 2025-12-20"))
    said = sozplan("report", "--out", str(tmp_path / "out"), "--format", "html")
    line = repository.read(AREA).splitlines().index("paper:") + 1
    assert said.code == 1
    assert f"{AREA}:{line}:1: Warnung paper.number-missing Beschlussvorlage zu „hafen-2026“" in said.err
    assert "Fehler time.order" in said.err
    assert (tmp_path / "out/hafen-2026.html").exists()
    sheet = sozplan("report", "--out", str(tmp_path / "out"), "--format", "html", "--kind", "area-sheet")
    assert (sheet.code, sheet.err) == (0, "")


def test_what_the_summary_lacks_is_told_at_its_line_too(
    repository: Repository, sozplan: Sozplan, tmp_path: Path
) -> None:
    strategy = "plans/strategy.yaml"
    paper = "paper:\n  summary: Ein <b>Plan</b>.\n  consultations: [{body: rat, role: information}]\n"
    repository.write(strategy, repository.read(strategy) + paper)
    repository.edit(AREA, ("  number: V-2025-117\n", ""))
    said = sozplan("report", "--out", str(tmp_path / "out"), "--format", "html", "--kind", "summary")
    line = repository.read(strategy).splitlines().index("paper:") + 1
    assert said.code == 0
    assert [each.partition(" Gesamtübersicht: ")[0] for each in said.err.splitlines()] == [
        f"{strategy}:{line}:1: Warnung paper.number-missing",
        f"{strategy}:{line + 1}:12: Warnung paper.markup-printed",
    ]


def change(repository: Repository) -> None:
    """A year on: a target is raised, a measure is completed, a milestone is there, one need is new, wording differs."""
    repository.edit(
        AREA,
        ("target: {period: 2028, value: 90.0}", "target: {period: 2028, value: 92.0}"),
        ("progress: running", "progress: completed"),
        ("due: 2027-03-31}", "due: 2027-03-31, done: 2026-08-30}"),
        ("statement: Die Quote liegt unter der der Stadt.", "statement: Die Quote liegt unter der Stadt."),
        ("goals:\n", "  - {id: hafen-n2, statement: Der Treff ist zu klein.}\ngoals:\n"),
    )


def print_since(sozplan: Sozplan, out: Path, since: str, *more: str) -> Seen:
    said = sozplan("report", "--out", str(out), "--format", "html", "--since", since, *more)
    assert said.code == 0, said.err
    return seen(Path(said.out.strip()))


def test_since_a_revision_everything_is_told_in_the_readers_words(
    repository: Repository, sozplan: Sozplan, tmp_path: Path
) -> None:
    change(repository)
    lines = print_since(sozplan, tmp_path / "out", "HEAD").lines
    assert told(lines, "Neu")[0] == "Bedarf „Der Treff ist zu klein.“"
    assert told(lines, "Geändert")[0] == "Zielwert „Kita-Quote“: Zielwert von 90,0\xa0% auf 92,0\xa0% angehoben"
    assert told(lines, "Erreicht")[:2] == [
        "Maßnahme „Kita-Lotsen im Hafentreff“ ist abgeschlossen",
        "Meilenstein „Sprechstunde in beiden Stadtbezirken“ ist erreicht",
    ]
    assert not [line for line in lines if "neu gefasst" in line]
    assert "hafen-n2" not in "".join(lines)


def test_since_a_resolution_the_figures_are_those_of_its_day(
    repository: Repository, sozplan: Sozplan, tmp_path: Path
) -> None:
    """On 11 December 2025 the newest value was that of 2024; in October 2026 that of 2025 is known."""
    change(repository)
    repository.commit("2026-09-30")
    for name in ("b-2025-117", "V-2025-117"):
        found = print_since(sozplan, tmp_path / name, name)
        assert "Verglichen mit: Beschluss V-2025-117 vom 11.12.2025." in found.lines
        assert told(found.lines, "Neu")[0] == "Bedarf „Der Treff ist zu klein.“"
        row = found.tables["Zielwerte, deren Zielerreichung oder Ampel sich geändert hat"][1]
        assert (row[0], row[4]) == ("Kita-Quote", "83,9\xa0% (2025)")


def test_since_a_day_before_the_first_commit_only_figures_are_compared(
    repository: Repository, sozplan: Sozplan, tmp_path: Path
) -> None:
    change(repository)
    repository.commit("2026-09-30")
    found = print_since(sozplan, tmp_path / "out", "2025-12-31")
    assert "Einen lesbaren Planungsstand von damals gibt es nicht" in found.text
    assert "Neu" not in found.lines
    later = print_since(sozplan, tmp_path / "later", "2026-02-01")
    assert told(later.lines, "Neu")[0] == "Bedarf „Der Treff ist zu klein.“"


def test_nothing_is_claimed_of_a_plan_that_could_not_be_read_then(
    repository: Repository, sozplan: Sozplan, tmp_path: Path
) -> None:
    good = repository.read(AREA)
    repository.edit(AREA, ("status: resolved", "status: [resolved"))
    broken = repository.commit("2026-02-01")
    repository.write(AREA, good)
    found = print_since(sozplan, tmp_path / "out", broken)
    assert "Einen lesbaren Planungsstand von damals gibt es nicht" in found.text
    assert "Neu" not in found.lines


@pytest.mark.parametrize(
    ("since", "code", "sentence"),
    [
        ("2026-02-30", 2, "--since: „2026-02-30“ ist kein Tag. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31."),
        ("2026-10-01", 2, "--since: Der 01.10.2026 liegt nicht vor dem Stand 01.10.2026."),
        ("nirgends", 3, "Die Revision „nirgends“ gibt es in diesem Repository nicht."),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_is_no_earlier_state(since: str, code: int, sentence: str, sozplan: Sozplan, tmp_path: Path) -> None:
    said = sozplan("report", "--out", str(tmp_path / "out"), "--format", "html", "--since", since)
    assert (said.code, said.err) == (code, f"sozplan: {sentence}\n")
    assert not (tmp_path / "out").exists()


def test_a_closed_resolution_is_not_named(repository: Repository, sozplan: Sozplan, tmp_path: Path) -> None:
    path = "plans/resolutions/beschluesse.yaml"
    repository.edit(path, ("number: V-2025-117", "number: V-2025-117\n    public: false"))
    found = print_since(sozplan, tmp_path / "out", "b-2025-117")
    assert "Verglichen mit: nichtöffentlicher Beschluss vom 11.12.2025." in found.lines
