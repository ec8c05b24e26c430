from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.model.shared import OfficeDeadline
from sozplan.render.views.names import Names, deadline
from tests.render.documents import laid


@pytest.mark.parametrize(
    ("days", "working", "de", "en"),
    [
        (20, True, "T + 20 Werktage", "T + 20 working days"),
        (1, False, "T + 1 Tag", "T + 1 day"),
        (-14, False, "T − 14 Tage", "T − 14 days"),
        (-1, True, "T − 1 Werktag", "T − 1 working day"),
        (0, True, "am Tag T", "on day T"),
    ],
)
def test_deadlines_count_from_t(days: int, working: bool, de: str, en: str) -> None:
    said = deadline(OfficeDeadline(days=days, working_days=working))
    assert (said.de.replace("\xa0", " "), said.en.replace("\xa0", " ")) == (de, en)


def test_names_are_short_in_tables_and_an_unknown_id_stays_visible(tmp_path: Path) -> None:
    names = Names(laid(tmp_path).plan, {"regel-bericht": "Regel 2.1"})
    assert names.short("amt-51") == "Amt\xa051"
    assert names.full("amt-51") == "Amt für Kinder und Jugend"
    assert names.list(["rat", "regel-bericht", "niemand"]) == "Rat, Regel\xa02.1, niemand"
    assert names.knows("rat")
    assert not names.knows("niemand")
