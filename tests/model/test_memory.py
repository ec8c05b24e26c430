"""An answer is worked out once for each question, and for nobody but whom it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sozplan.model.case import Case
from sozplan.model.figures import Figures
from sozplan.model.memory import once
from sozplan.repo import WorkTree, load

BASE = Path(__file__).parents[1] / "examples" / "base"


@pytest.fixture
def case() -> Case:
    return Case(load(WorkTree(BASE)).plan, Figures(), date(2026, 10, 1))


def test_each_question_is_answered_once(case: Case) -> None:
    asked: list[tuple[date, str, int]] = []

    @once
    def answer(about: Case, what: str, times: int = 1) -> str:
        asked.append((about.as_of, what, times))
        return what * times

    for _ in range(2):
        assert (answer(case, "a"), answer(case, "b"), answer(case, "a", times=2)) == ("a", "b", "aa")
    assert asked == [(case.as_of, "a", 1), (case.as_of, "b", 1), (case.as_of, "a", 2)]


def test_another_day_is_another_case(case: Case) -> None:
    @once
    def day(about: Case) -> date:
        return about.as_of

    assert day(case) == date(2026, 10, 1)
    assert day(replace(case, as_of=date(2020, 1, 1))) == date(2020, 1, 1)
    assert day(case) == date(2026, 10, 1)


def test_two_questions_in_the_same_words_stay_apart(case: Case) -> None:
    first, second = (once(lambda about, n=n: (about.as_of.year, n)) for n in (1, 2))
    assert (first(case), second(case), first(case)) == ((2026, 1), (2026, 2), (2026, 1))


def test_what_failed_is_asked_again(case: Case) -> None:
    answers = iter((KeyError("not yet"), "now"))

    @once
    def answer(about: Case) -> str:
        found = next(answers)
        if isinstance(found, KeyError):
            raise found
        return f"{found} {about.as_of.year}"

    with pytest.raises(KeyError, match="not yet"):
        answer(case)
    assert answer(case) == "now 2026"
