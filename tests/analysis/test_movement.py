from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.movement import Turn, moves
from sozplan.analysis.verdict import Method, Note, Reason, Report, TargetStatus
from sozplan.model.terms import Light


def status(
    light: Light, way: str | None = None, *notes: Note, reason: Reason | None = None, id: str = "t1"
) -> TargetStatus:
    return TargetStatus(
        target=id, goal="g1", plan="p1", area="a", indicator="i", kind="change", method=Method.LINEAR,
        light=light, attainment=None if way is None else Decimal(way), notes=notes, reason=reason,
    )  # fmt: skip


def report(*found: TargetStatus) -> Report:
    return Report(date(2026, 10, 1), Audience.PUBLIC, found, ())


@pytest.mark.parametrize(
    ("then", "now", "turn"),
    [
        (status(Light.GREEN, "50"), status(Light.YELLOW, "55"), Turn.WORSE),
        (status(Light.RED, "10"), status(Light.YELLOW, "40"), Turn.BETTER),
        (status(Light.GREEN, "50"), status(Light.GREEN, "60"), Turn.BETTER),
        (status(Light.GREEN, "60"), status(Light.GREEN, "50"), Turn.WORSE),
        (status(Light.GREEN, "50.2"), status(Light.GREEN, "49.6"), None),
        (status(Light.YELLOW, "80"), status(Light.GREEN, "100"), Turn.ACHIEVED),
        (status(Light.GREEN, "100"), status(Light.GREEN, "130", Note.EXCEEDED), Turn.BETTER),
        (status(Light.GREY), status(Light.GREEN, "100"), Turn.ACHIEVED),
        (status(Light.GREY), status(Light.YELLOW, "20"), Turn.RATED),
        (status(Light.GREEN, "20"), status(Light.GREY, reason=Reason.OUTDATED), Turn.UNRATED),
        (status(Light.GREY), status(Light.GREY), None),
    ],
)
def test_what_became_of_a_target(then: TargetStatus, now: TargetStatus, turn: Turn | None) -> None:
    assert [move.turn for move in moves(report(then), report(now), "p1")] == ([turn] if turn else [])


def test_what_is_secret_now_is_not_compared() -> None:
    then, now = status(Light.GREEN, "20"), status(Light.GREY, reason=Reason.SUPPRESSED)
    assert moves(report(then), report(now), "p1") == ()


def test_what_the_reader_may_not_see_of_the_past_stays_out() -> None:
    then, now = status(Light.GREEN, "20"), status(Light.RED, "5")
    assert moves(report(then), report(now), "p1", lambda _: False) == ()


def test_only_targets_of_the_plan_that_were_there_before() -> None:
    old, new = report(status(Light.GREEN, "20")), report(status(Light.RED, "5"), status(Light.RED, "5", id="t2"))
    assert [move.new.target for move in moves(old, new, "p1")] == ["t1"]
    assert moves(old, new, "p2") == ()
