"""What is new: by rule, entry and sentence, wherever it stands."""

from __future__ import annotations

from sozplan.diagnostics import Code, Diagnostic, Location, Severity, text
from sozplan.rules import Checked
from sozplan.rules.since import brought, since

AREA, MOVED = "plans/areas/hafen.yaml", "plans/areas/alter-hafen.yaml"


def code(id: str = "ref.unknown", *, environment: bool = False) -> Code:
    page = text(de="Seite", en="page")
    return Code(id, Severity.ERROR, text(de="Da ist {what}.", en="There is {what}."), page, page, "", "", environment)


def finding(
    what: str = "etwas", *, file: str = AREA, line: int = 4, entity: str | None = None, of: Code | None = None
) -> Diagnostic:
    return Diagnostic(Location(file, line), of or code(), {"what": what}, entity)


def test_lines_move_without_a_new_finding() -> None:
    old = [finding("dasselbe in plans/b.yaml:3:1 und Zeile 12", line=4)]
    new = [finding("dasselbe in plans/b.yaml:9:1 und Zeile 40", line=400)]
    assert since(old, new) == ((), ())


def test_another_sentence_entry_or_rule_is_new() -> None:
    old = [finding(entity="g1")]
    for new in (finding("mehr", entity="g1"), finding(entity="g2"), finding(entity="g1", of=code("ref.need-open"))):
        assert since(old, [new]) == ((new,), tuple(old))


def test_numbers_of_the_plan_are_no_lines() -> None:
    old, new = finding("2028: 40 statt 50"), finding("2028: 40 statt 60")
    assert since([old], [new]).brought == (new,)


def test_the_second_of_the_same_is_new() -> None:
    first, second = finding(line=4), finding(line=9)
    assert since([first], [first, second]).brought == (second,)


def test_an_entry_takes_its_findings_along() -> None:
    assert since([finding(entity="g1")], [finding(entity="g1", file=MOVED)]).brought == ()


def test_a_moved_file_takes_its_findings_along() -> None:
    old = [finding(f"wie in {AREA}, Zeile 3")]
    new = [finding(f"wie in {MOVED}, Zeile 5", file=MOVED)]
    assert since(old, new).brought == tuple(new)
    assert since(old, new, {MOVED: AREA}).brought == ()


def test_open_and_waived_are_told_apart() -> None:
    one, other = finding(entity="g1"), finding(entity="g2")
    old = Checked((one,), (other,))
    assert brought(old, Checked((one,), (other,)), {}) == Checked((), ())
    assert brought(old, Checked((other,), (one,)), {}) == Checked((other,), (one,))


def test_an_unread_file_is_always_told() -> None:
    unread = finding(of=code("file.unreadable", environment=True))
    both = Checked((unread, finding()), ())
    assert brought(both, both, {}) == Checked((unread,), ())
