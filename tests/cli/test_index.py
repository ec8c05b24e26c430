"""`sozplan index` on the example town, and on repositories in which something is amiss."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from sozplan.cli.app import run
from tests.cli.repository import Repository, Said, Sozplan, sozplan_on

ROOT = Path(__file__).resolve().parent.parent.parent
INDEX = "indicators/indices/sozialindex.yaml"
AREA_KEYS = {
    "area", "key", "name", "score", "rank", "class", "dynamics_score", "dynamics_class", "multiple_burden",
    "borderline", "designated",
}  # fmt: skip


@pytest.fixture
def town(capsys: pytest.CaptureFixture[str]) -> Sozplan:
    return sozplan_on(ROOT, capsys)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def on(repository: Repository, capsys: pytest.CaptureFixture[str], *args: str) -> Said:
    return sozplan_on(repository.root, capsys)("index", *args)


def test_json_keeps_the_contract(town: Sozplan) -> None:
    said = town("index", "sozialindex", "--period", "2023", "--format", "json")
    found = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert {"version", "index", "period", "areas", "excluded"} <= found.keys()
    assert (found["version"], found["index"], found["period"], found["method"]) == (1, "sozialindex", "2023", "2025-1")
    assert all(area.keys() >= AREA_KEYS for area in found["areas"])
    ranked = sorted(found["areas"], key=lambda area: area["rank"])
    assert [area["area"] for area in ranked[:2]] == ["bezirk-0104", "bezirk-0103"]
    assert [area["class"] for area in ranked[:2]] == ["sehr hohe Belastung", "sehr hohe Belastung"]
    assert sum(area["score"] for area in found["areas"]) == pytest.approx(0, abs=1e-6)  # standardised again
    assert [area["key"] for area in found["areas"]] == sorted(area["key"] for area in found["areas"])


def test_areas_that_lie_in_a_designated_one_are_marked(town: Sozplan) -> None:
    found = json.loads(town("index", "--period", "2023", "--runs", "0", "--format", "json").out)
    chosen = [area["key"] for area in found["areas"] if area["designated"]]
    assert chosen == ["0103", "0104", "0201", "0202", "0402", "0403", "0404"]
    placed = {area["area"]: (area["class"], area["suggested"]) for area in found["social_areas"]}
    assert placed == {
        "nordhafen": ("sehr hohe Belastung", True),
        "weststadt-siedlung": ("hohe Belastung", True),
        "bahnviertel": ("durchschnittliche Belastung", False),
    }


def test_who_is_not_rated_is_named_with_the_reason_and_without_a_number(town: Sozplan) -> None:
    found = json.loads(town("index", "--period", "2023", "--runs", "0", "--format", "json").out)
    assert found["excluded"] == [
        {
            "area": "bezirk-0304",
            "key": "0304",
            "name": "Gewerbepark Ost",
            "reason": "Es fehlt: „Sprachförderbedarf“ – zum Schutz kleiner Fallzahlen gesperrt; „U8-Teilnahme“ – zum "
            "Schutz kleiner Fallzahlen gesperrt.",
        }
    ]


def test_the_newest_year_with_values_is_taken(town: Sozplan) -> None:
    assert json.loads(town("index", "--runs", "0", "--format", "json").out)["period"] == "2025"
    earlier = town("index", "--as-of", "2025-03-01", "--runs", "0", "--format", "json")
    assert json.loads(earlier.out)["period"] == "2023"  # 2024 is delivered in May


def test_robustness_can_be_left_out_and_its_runs_be_chosen(town: Sozplan) -> None:
    def runs(*options: str) -> object:
        return json.loads(town("index", "--period", "2023", "--format", "json", *options).out)["robustness"]

    def weights(found: object) -> list[object]:
        assert isinstance(found, dict)
        return [each["runs"] for each in found["variations"] if each["kind"] == "weights"]

    assert runs("--runs", "0") is None
    assert weights(runs("--runs", "50")) == [50]
    assert weights(runs()) == [1000]


def test_text_tells_ranks_reasons_and_every_choice(town: Sozplan) -> None:
    said = town("index", "--period", "2023").out
    assert max(map(len, said.splitlines())) <= 80
    for line in (
        "    1  0104 Nordhafen-Ost ◆               2,12  nimmt ab     5/5    1–2   100 %",
        "  Klassen: geringe Belastung < −1 ≤ durchschnittliche Belastung ≤ 1 < hohe",
        "  Fehlende Werte: Gebiet nicht bewerten",
        "◆ liegt in einem festgelegten Gebiet.",
    ):
        assert line in said.splitlines()


def test_english_is_complete(town: Sozplan) -> None:
    said = town("index", "--period", "2023", "--lang", "en").out
    assert "23 areas rated, 1 not. The higher the score, the more burdened." in said
    assert " Rank  Area" in said
    assert "Not rated:" in said
    assert "How it was computed:" in said
    assert not any(word in said for word in ("Rang", "Klasse:", "Läufe", "Gebiete bewertet", "Voreinstellung"))


def test_csv_is_for_the_readers_spreadsheet(town: Sozplan) -> None:
    rows = list(csv.DictReader(town("index", "--period", "2023", "--format", "csv").out.splitlines(), delimiter=";"))
    assert len(rows) == 24
    by_key = {row["key"]: row for row in rows}
    assert by_key["0104"]["rank"] == "1"
    assert float(by_key["0104"]["score"].replace(",", ".")) == pytest.approx(2.12, abs=0.005)
    assert (by_key["0304"]["score"], by_key["0304"]["rank"]) == ("", "")
    assert by_key["0304"]["reason"].startswith("Es fehlt: ")


def test_an_internal_result_says_so_on_every_row(town: Sozplan) -> None:
    text = town("index", "--audience", "internal").out
    assert text.startswith("NUR FÜR DEN DIENSTGEBRAUCH")
    rows = town("index", "--audience", "internal", "--format", "csv").out.splitlines()
    assert all("NUR FÜR DEN DIENSTGEBRAUCH" in row for row in rows[1:])
    assert json.loads(town("index", "--audience", "internal", "--format", "json").out)["audience"] == "internal"


@pytest.mark.parametrize("format", ["text", "json", "csv"])
def test_twice_the_same_bytes(format: str, town: Sozplan) -> None:
    assert town("index", "--format", format).out == town("index", "--format", format).out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("nix",), "Den Index „nix“ gibt es nicht. Es gibt: sozialindex (indicators/indices/*.yaml)."),
        (
            ("sozialinex",),
            "Den Index „sozialinex“ gibt es nicht. Meinten Sie „sozialindex“? Es gibt: sozialindex "
            "(indicators/indices/*.yaml).",
        ),
        (
            ("--period", "23"),
            "--period: „23“ ist keine Periode. Schreiben Sie z. B. 2024, 2024-H1, 2024-Q3, 2024-06 oder 2023/24.",
        ),
        (
            ("--dossier", "nordhafen"),
            "--dossier und --out gehören zusammen: --dossier GEBIET --out DATEI.pdf.",
        ),
        (
            ("--dossier", "nordhaven", "--out", "x.pdf"),
            "Ein Gebiet „nordhaven“ gibt es nicht. Meinten Sie „nordhafen“?",
        ),
        (
            ("--dossier", "nordhafen", "--out", "x.docx"),
            "--out: Ein Dossier wird .pdf oder .html, nicht „.docx“.",
        ),
    ],
)
def test_what_is_asked_wrongly_is_told(args: tuple[str, ...], message: str, town: Sozplan) -> None:
    said = town("index", *args)
    assert (said.code, said.out, said.err) == (2, "", f"sozplan: {message}\n")


def test_a_year_without_values_is_told_at_the_component(town: Sozplan) -> None:
    said = town("index", "--period", "1999")
    assert said.code == 1
    assert said.err.startswith(
        f"{INDEX}:10:21: Fehler ind.index-values Sozialindex „Sozialindex Mühlbrücken“: „SGB-II-Quote unter"
    )


def test_a_method_version_that_nobody_knows(town: Sozplan) -> None:
    said = town("index", "--method-version", "2031-1")
    assert (said.code, said.out) == (1, "")
    assert "Es gibt keine Methodenversion „2031-1“. Vorhanden sind: 2025-1." in said.err


def test_few_areas_have_ranks_and_no_classes(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    said = on(repository, capsys, "--period", "2024", "--format", "json")
    found = json.loads(said.out)
    assert {area["class"] for area in found["areas"]} == {None}
    assert sorted(area["rank"] for area in found["areas"]) == list(range(1, len(found["areas"]) + 1))
    assert any("nicht belastbar" in note for note in found["notes"])


def test_a_faulty_definition_is_told_at_its_line(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.edit(INDEX, ("weight: 1", "weight: 0"))
    content = repository.read(INDEX).replace("weight: 1", "weight: 0")
    repository.write(INDEX, content)
    said = on(repository, capsys, "--period", "2024")
    assert said.code == 1
    assert said.err.startswith(f"{INDEX}:")
    assert "Die Gewichte ergeben zusammen 0." in said.err


def test_without_borders_there_is_no_map(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = on(repository, capsys, "--period", "2024", "--map", str(tmp_path / "karte.svg"))
    assert said.code == 1
    assert said.err.startswith("sozplan: Eine Karte von „sozialindex“ gibt es nicht: ")
    assert not (tmp_path / "karte.svg").exists()


def test_the_map_is_a_picture_with_a_finding(town: Sozplan, tmp_path: Path) -> None:
    place = tmp_path / "karte.svg"
    said = town("index", "--period", "2023", "--map", str(place))
    assert said.code == 0
    title = etree.fromstring(place.read_bytes()).find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text is not None
    assert title.text.startswith(said.out.splitlines()[0])


def test_a_dossier_holds_both_kinds_of_evidence(town: Sozplan, tmp_path: Path) -> None:
    place = tmp_path / "dossier.html"
    assert town("index", "--period", "2023", "--dossier", "bahnviertel", "--out", str(place)).code == 0
    html = place.read_text("utf-8")
    for words in (
        "Altes Bahnviertel",
        "Der Index legt eine Festlegung nicht nahe.",
        "Grundsicherung im Alter",
        "Stadtteilkonferenz Altes Bahnviertel",
        "Begründung der Abweichung",
        "30.04.2028",
    ):
        assert words in html


def test_a_unit_has_a_dossier_by_its_key(town: Sozplan, tmp_path: Path) -> None:
    place = tmp_path / "0304.html"
    assert town("index", "--period", "2023", "--dossier", "0304", "--out", str(place)).code == 0
    html = place.read_text("utf-8")
    assert "Gewerbepark Ost" in html
    assert "Der Index bewertet das Gebiet für 2023 nicht." in html


def test_a_file_of_somebody_else_is_kept(town: Sozplan, tmp_path: Path) -> None:
    place = tmp_path / "dossier.html"
    place.write_text("meins")
    said = town("index", "--period", "2023", "--dossier", "nordhafen", "--out", str(place))
    assert said.code in {2, 3}
    assert place.read_text() == "meins"


def test_help_is_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "--help", "--lang", "en"]) == 0
    assert "Computes a social index" in capsys.readouterr().out


def test_a_decision_that_remembers_the_index_otherwise_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "town"
    for folder in ("plans", "indicators"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "sozplan.yaml", root)
    place = root / "plans/territory/social-areas.yaml"
    content = place.read_text("utf-8").replace("result: hohe Belastung,", "result: sehr hohe Belastung,")
    start, end = content.index("  - id: festlegung-nordhafen"), content.index("  - id: festlegung-weststadt")
    place.write_text(content[:start] + content[end:], "utf-8")
    notes = json.loads(sozplan_on(root, capsys)("index", "--period", "2023", "--format", "json").out)["notes"]
    assert (
        "Die Festlegung „festlegung-weststadt“ nennt für Weststadt-Siedlung die Klasse „sehr hohe Belastung“; "
        "gerechnet ist es „hohe Belastung“."
    ) in notes
    assert (
        "Der Index legt eine Festlegung nahe, entschieden ist aber nichts: 0103 Nordhafen-West, 0104 Nordhafen-Ost. "
        "Legen Sie die Gebiete fest, oder halten Sie mit „designated: false“ und Begründung fest, warum nicht."
    ) in notes
