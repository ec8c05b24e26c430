"""`sozplan index` on repositories in which something is wrong: told at its line, in the words of `check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.repository import Repository, Said, sozplan_on

INDEX = "indicators/indices/sozialindex.yaml"
UNITS = "plans/territory/gebiete.yaml"
DATA = "indicators/data/kennzahlen.csv"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def index(repository: Repository, capsys: pytest.CaptureFixture[str], *args: str) -> Said:
    return sozplan_on(repository.root, capsys)("index", "sozialindex", "--period", "2024", "--runs", "0", *args)


def test_a_definition_that_can_not_be_read_is_told_and_not_called_missing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(INDEX, ("preset: berlin-mss", "preset: berlin-ms"))
    said = index(repository, capsys)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{INDEX}:6:13: Fehler yaml.not-a-term „berlin-ms“ gibt es bei „preset“ nicht. Möglich sind: berlin-mss "
        "(Monitoring Soziale Stadtentwicklung Berlin), hamburg-sozialmonitoring (Sozialmonitoring Hamburg), z-equal "
        "(gleichgewichtete z-Werte). Meinten Sie „berlin-mss“?\n"
    )


def test_a_component_that_nobody_knows_is_told_once(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.edit(INDEX, ("indicator: kita-quote", "indicator: kitaquote"))
    said = index(repository, capsys)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{INDEX}:9:21: Fehler ref.unknown Unter „Kennzahl“ steht „kitaquote“, aber diese Kennung gibt es nicht. "
        "Meinten Sie „kita-quote“?\n"
    )


def test_an_excluded_area_that_nobody_knows_is_told_beside_the_result(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    content = repository.read(INDEX) + "    exclude: {areas: [{area: bezirk-31, reason: Gewerbe}]}\n"
    repository.write(INDEX, content)
    said = index(repository, capsys, "--lang", "en")
    assert said.code == 1
    assert "areas rated" in said.out
    assert said.err.startswith(f"{INDEX}:10:30: error ref.unknown “Area” names “bezirk-31”, ")


def test_a_theme_that_nobody_knows_changes_no_result(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(INDEX, ("theme: bildung", "theme: lernen"))
    assert (index(repository, capsys).code, index(repository, capsys).err) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'id: bezirk-03, key: "03"',
            'id: bezirk-03, key: "02"',
            "5:26: Fehler ref.partition-gap „bezirk-03“ hat denselben Schlüssel „02“ wie „bezirk-02“, und beide gelten "
            "zugleich: Seine Zahlen zählten doppelt. Berichtigen Sie Schlüssel oder Gültigkeit.\n",
        ),
        (
            "social_areas:",
            '  - {id: bezirk-03, key: "04", name: Kernstadt, level: bezirk, parent: beispielstadt}\nsocial_areas:',
            "6:10: Fehler ref.duplicate-id Die Kennung „bezirk-03“ ist vergeben: So heißt schon etwas in "
            f"{UNITS}, Zeile 5 (Gebietseinheit). Wählen Sie hier eine neue.\n",
        ),
    ],
    ids=["key", "id"],
)
def test_an_area_that_is_there_twice_is_not_rated_twice(
    old: str, new: str, told: str, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(UNITS, (old, new))
    said = index(repository, capsys)
    assert (said.code, said.out, said.err) == (1, "", f"{UNITS}:{told}")


def test_a_row_that_stands_there_twice_is_named(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    rows = repository.read(DATA).splitlines()
    again = next(row for row in rows if row.startswith("kinderarmut;01;2024"))
    repository.write(DATA, "\n".join([*rows, again]) + "\n")
    said = index(repository, capsys)
    assert said.code == 1
    assert said.err.startswith(f"{DATA}:{len(rows) + 1}:1: Fehler ind.duplicate-value kinderarmut für 01 in 2024 ")
    assert said.err.endswith("sozplan: Eine fehlerhafte Datei fehlt darin. „sozplan check“ nennt die Fehler.\n")


def test_overlapping_versions_are_refused(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    second = '  - {version: "2026-1", from: 2024, components: [{indicator: kinderarmut}]}\n'
    repository.write(INDEX, repository.read(INDEX) + second)
    said = index(repository, capsys)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{INDEX}:10:31: Fehler ind.index-definition Sozialindex „Sozialindex“: Auch die Version „2025-1“ gilt in "
        "dieser Zeit. Beenden Sie sie mit „to“ oder lassen Sie diese mit „from“ später beginnen.\n"
    )


def test_weights_that_nobody_has_are_told_where_they_are_asked_for(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = "indicators/catalogue/einwohner.yaml"
    repository.write(sheet, _RESIDENTS)
    repository.edit(INDEX, ("preset: berlin-mss", "standardise: {weighted_by: einwohner}"))
    said = index(repository, capsys)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{INDEX}:6:32: Fehler ind.index-values Sozialindex „Sozialindex“: Gewichtet wird nach „Einwohner“, aber dafür "
        "gibt es 2024 in keinem Gebiet einen Wert über 0, der gezeigt werden darf. Tragen Sie die Daten nach oder "
        "streichen Sie „weighted_by“.\n"
    )


def test_what_a_social_area_lacks_is_named(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.edit(INDEX, ("preset: berlin-mss", "preset: z-equal"))
    repository.edit(UNITS, ("      - {unit: bezirk-02}", "      - {unit: bezirk-02, share: 0.5, basis: Blöcke}"))
    rows = [
        row for row in repository.read(DATA).splitlines() if not row.startswith(("kita-quote;01;", "kita-quote;02;"))
    ]
    rates = [f"kita-quote;{key};2024;;;{rate};;final;2025-06-30" for key, rate in (("01", "70,0"), ("02", "80,0"))]
    repository.write(DATA, "\n".join([*rows, *rates]) + "\n")
    assert "  Hafen: fehlt „Kita-Quote“.\n" in index(repository, capsys).out
    assert "  Hafen: “Kita-Quote” missing.\n" in index(repository, capsys, "--lang", "en").out


def test_a_change_known_from_one_area_tells_nothing_apart(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = repository.read(DATA).splitlines()
    repository.write(
        DATA, "\n".join(row for row in rows if not row.startswith(("kinderarmut;01;2022", "kinderarmut;02;2022")))
    )
    said = index(repository, capsys)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{INDEX}:8:21: Fehler ind.index-values Sozialindex „Sozialindex“: Die Veränderung von „Kinderarmut“ ist für "
        "2024 nur aus einem bewerteten Gebiet bekannt und unterscheidet nichts (σ = 0). Tragen Sie die übrigen Werte "
        "nach oder nehmen Sie die Komponente heraus.\n"
    )


def test_dynamics_without_classes_are_told_as_scores(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(INDEX, ("preset: berlin-mss", "dynamics: {years: 1}"))
    said = index(repository, capsys)
    assert said.code == 0
    assert "Dynamik" in said.out
    assert all(line.split()[-2] != "–" for line in said.out.splitlines() if line.startswith("    1  "))


_RESIDENTS = """\
id: einwohner
name: Einwohner
definition: Menschen mit Hauptwohnung.
unit: Personen
direction: neutral
kind: context
steerability: none
periodicity: yearly
"""


def test_borders_in_the_wrong_place_make_no_map(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write(INDEX, _RANKED)
    repository.write(UNITS, repository.read(UNITS) + _BORDERS)
    squares = ",".join(_square(i, 370000 + 1000 * i, 5700000) for i in range(3))
    repository.write(GEO, f'{{"type": "FeatureCollection", "features": [{squares}]}}')
    said = index(repository, capsys, "--map", str(tmp_path / "karte.svg"))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{GEO}:1:44: Fehler geo.crs Das Koordinatensystem stimmt nicht: Geometrie Nr. 1 ")
    assert "sozplan: Eine Karte von „sozialindex“ gibt es nicht: Für die Ebene „bezirk“ fehlen Grenzen" in said.err
    assert not (tmp_path / "karte.svg").exists()


def test_an_outline_that_can_not_be_drawn_is_told_beside_the_map(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write(INDEX, _RANKED)
    repository.write(UNITS, repository.read(UNITS) + _BORDERS.replace("EPSG:4326", "EPSG:25832"))
    squares = [_square(i, 370000 + 1000 * i, 5700000) for i in range(3)]
    squares[0] = squares[0].replace(", [370000, 5700000]]]", "]]")
    repository.write(GEO, f'{{"type": "FeatureCollection", "features": [{",".join(squares)}]}}')
    said = index(repository, capsys, "--map", str(tmp_path / "karte.svg"))
    assert said.code == 1
    assert said.err.startswith(
        f"{GEO}:1:44: Fehler geo.invalid Geometrie Nr. 1 (Schlüssel „01“) lässt sich nicht zeichnen"
    )
    assert (tmp_path / "karte.svg").exists()


def test_an_index_of_an_internal_indicator_is_for_internal_readers(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = "indicators/catalogue/kita-quote.yaml"
    repository.write(sheet, repository.read(sheet) + "publication: internal\n")
    said = index(repository, capsys)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{INDEX}:9:21: Fehler ind.index-values Sozialindex „Sozialindex“: „Kita-Quote“ ist nicht öffentlich. Rechnen "
        "Sie mit „--audience internal“, nicht zur Weitergabe, oder nehmen Sie die Komponente heraus.\n"
    )
    shown = index(repository, capsys, "--audience", "internal")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("NUR FÜR DEN DIENSTGEBRAUCH")


def test_a_dossier_tells_a_draft_from_a_decision_and_counts_only_what_is_known(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(INDEX, ("preset: berlin-mss", "preset: z-equal"))
    repository.edit(UNITS, ("    status: resolved\n    resolution: b-2025-041\n", "    status: draft\n"))
    rows = [row for row in repository.read(DATA).splitlines() if not row.startswith("kita-quote;01;2024")]
    repository.write(DATA, "\n".join(rows) + "\n")
    place = tmp_path / "dossier.html"
    assert index(repository, capsys, "--dossier", "hafen", "--out", str(place)).code == 0
    html = place.read_text("utf-8")
    assert "festgelegt, 22.05.2025 (Entwurf)" in html
    assert "Es fehlt: Kita-Quote." in html
    known = '<data value="1" data-ref="sozialindex/2024/hafen#components">1</data> Kennzahlen'
    assert known in html


def _square(number: int, x: int, y: int) -> str:
    ring = f"[{x}, {y}], [{x + 1000}, {y}], [{x + 1000}, {y + 1000}], [{x}, {y + 1000}], [{x}, {y}]"
    return (
        f'{{"type": "Feature", "properties": {{"nr": "0{number + 1}"}}, '
        f'"geometry": {{"type": "Polygon", "coordinates": [[{ring}]]}}}}'
    )


GEO = "indicators/geo/bezirke.geojson"
_RANKED = """\
id: sozialindex
name: Sozialindex
level: bezirk
methods:
  - version: "2025-1"
    components: [{indicator: kinderarmut}]
    standardise: {method: rank}
    classes: {quantiles: {names: [gering, hoch], definition: linear}}
"""
_BORDERS = f"""\
boundaries:
  - {{path: {GEO}, level: bezirk, property: nr, crs: "EPSG:4326", boundary: 2020-01-01, licence: CC0, source: Stadt}}
"""
