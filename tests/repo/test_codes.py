"""The catalogue of file faults: every page is whole, every id stands once."""

from __future__ import annotations

import pytest

from sozplan.diagnostics import Code
from sozplan.repo.codes import CODES

each_code = pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)


def test_ids_are_unique() -> None:
    assert len({code.id for code in CODES}) == len(CODES)


@each_code
def test_page_is_whole_in_both_languages(code: Code) -> None:
    for part in (code.message, code.title, code.why):
        assert part.de.strip()
        assert part.en.strip()
        assert part.de != part.en
        assert "\n" not in part.de + part.en
    assert code.bad.strip()
    assert code.good.strip()
    assert code.bad != code.good
