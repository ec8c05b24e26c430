"""What people read before they fill in a field."""

from __future__ import annotations

from pathlib import Path

from sozplan.model.measures import Measure
from sozplan.render.offers import described, short
from sozplan.repo import WorkTree, load
from sozplan.repo.edit.typed import kind_of

PLAN = load(WorkTree(Path(__file__).resolve().parents[1] / "examples/base")).plan


def test_ids_are_offered_with_what_they_name() -> None:
    said = described(PLAN, Measure, "programmes", (), kind_of(Measure, "programmes").choices, "de")
    assert said.startswith("Förderprogramme (programmes): die in Frage kommen.\nJetzt: –\nMöglich:\n  land-kita  ")


def test_free_text_has_nothing_to_choose_from() -> None:
    assert described(PLAN, Measure, "title", "Lotsen", {}, "en") == (
        "Title (title): what the measure is called.\nNow: “Lotsen”\n"
    )


def test_in_short() -> None:
    assert short(PLAN, Measure, "duty", kind_of(Measure, "duty").choices, "de") == (
        ": mandatory-in-kind (pflichtig dem Grunde nach), mandatory-in-amount (pflichtig der Höhe nach), "
        "voluntary (freiwillig)"
    )
    assert short(PLAN, Measure, "title", {}, "de") == ""
