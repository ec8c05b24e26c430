from __future__ import annotations

from dataclasses import replace

from sozplan.render.charts.ranks import ranks
from tests.render.charts.pictures import DISTRICTS, ranked
from tests.render.charts.town import STATUS
from tests.render.charts.words import shown


def test_the_finding_names_rank_and_span() -> None:
    area = replace(ranked(24)[2], low=2, high=5)
    areas = [area if found.unit == area.unit else found for found in ranked(24)]
    say = [ranks(areas, STATUS, lang, chosen={"u002"}, runs=1000).title for lang in ("de", "en")]
    assert say == [
        "Nordhafen: Rang 3 von 24 (sehr hoch), in 1.000 Rechenvarianten zwischen Rang 2 und 5.",
        "Nordhafen: rank 3 of 24 (sehr hoch), between rank 2 and 5 in 1,000 variants.",
    ]
    sure = [replace(found, low=found.rank, high=found.rank) for found in ranked(24)]
    assert ranks(sure, STATUS, "de", chosen={"u002"}, runs=9).title == (
        "Nordhafen: Rang 3 von 24 (sehr hoch), derselbe Rang in allen 9 Rechenvarianten."
    )
    assert ranks(ranked(24), STATUS, "de", units=DISTRICTS).title == "Ränge der 24 bewerteten Bezirke."


def test_without_runs_there_are_no_spans() -> None:
    bare = [replace(found, low=None, high=None) for found in ranked(24)]
    picture = ranks(bare, STATUS, "de", chosen={"u002"})
    assert picture.title == "Nordhafen: Rang 3 von 24 (sehr hoch)."
    assert 'stroke-opacity="0.55"' not in picture.svg
    assert 'stroke-opacity="0.55"' in ranks(ranked(24), STATUS, "de").svg


def test_of_many_areas_the_neighbourhood_and_the_bounds_are_shown() -> None:
    picture = ranks(ranked(542), STATUS, "de", chosen={"u047", "u300"}, runs=1000)
    expected = [*range(45, 52), 55, 56, 109, 110, *range(298, 305), 434, 435]
    assert [row[0] for row in picture.rows] == expected
    names = [word for word in shown(picture.svg) if word.startswith("Planungsraum")]
    assert len(names) == len(expected)
    assert shown(picture.svg).count("…") == 4
    assert picture.note == (
        "Gezeigt sind die Nachbarn im Rang und die Gebiete an den Klassengrenzen; 522 weitere stehen nicht im Bild."
    )


def test_at_the_ends_of_the_list_there_are_fewer_neighbours() -> None:
    picture = ranks(ranked(100), STATUS, "de", chosen={"u000", "u099"})
    assert [row[0] for row in picture.rows] == [1, 2, 3, 4, 10, 11, 20, 21, 80, 81, 97, 98, 99, 100]


def test_every_class_is_named_over_its_ranks() -> None:
    assert set(STATUS.classes) <= set(shown(ranks(ranked(24), STATUS, "de").svg))


def test_equal_ranks_are_ordered_by_name() -> None:
    tied = [replace(found, rank=1) for found in ranked(3)]
    assert [row[1] for row in ranks(tied, STATUS, "de").rows] == ["Altstadt", "Hafenkopf", "Nordhafen"]
