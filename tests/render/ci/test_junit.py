"""JUnit as junitparser reads it."""

from __future__ import annotations

from junitparser import JUnitXml, TestCase, TestSuite
from junitparser.junitparser import SystemOut

from sozplan.diagnostics import Severity
from sozplan.render.ci import Run
from sozplan.render.ci.junit import suites
from tests.render.ci.runs import CODES, EACH, SINCE, SUMMARY, UNKNOWN, UNREAD, WAIVED, all_kinds, finding, run

TestCase.__test__ = TestSuite.__test__ = False  # not tests of ours


def suite(of: Run) -> TestSuite:
    (found,) = JUnitXml.fromstring(suites(of, "de").encode())
    return found


def output(of: TestSuite) -> str:
    return str(of.child(SystemOut).text)  # type: ignore[no-untyped-call]


def cases(of: Run) -> dict[str, TestCase]:
    return {case.name.split(" ")[0]: case for case in suite(of)}


def results(of: Run) -> dict[str, list[str]]:
    return {rule: [type(each).__name__ for each in case.result] for rule, case in cases(of).items() if case.result}


def test_a_case_a_rule() -> None:
    found = suite(all_kinds())
    assert [case.name for case in found] == [f"{code.id} – {code.title.de}" for code in CODES]
    assert [case.classname for case in found] == [f"sozplan.{code.group}" for code in CODES]
    assert (found.tests, found.failures, found.errors, found.skipped) == (5, 1, 0, 1)
    assert output(found) == SUMMARY


def test_the_failure_lists_every_place() -> None:
    found = cases(run(finding(UNKNOWN, 4), finding(UNKNOWN, 9)))["ref.unknown"]
    (failure,) = found.result
    assert (failure.message, failure.type) == ("2 Befunde", "error")
    assert failure.text == (
        "plans/areas/hafen.yaml:4:3: Fehler ref.unknown Hier fehlt etwas.\n"
        "plans/areas/hafen.yaml:9:3: Fehler ref.unknown Hier fehlt etwas."
    )
    (alone,) = cases(all_kinds())["ref.unknown"].result
    assert alone.message == "Hier fehlt etwas."


def test_what_fails_is_what_makes_the_exit_code() -> None:
    assert results(run(*EACH)) == {"ref.unknown": ["Failure"]}
    strict = run(*EACH, fail_on=Severity.WARNING)
    assert results(strict) == {"ref.unknown": ["Failure"], "time.order": ["Failure"]}
    assert cases(run(*EACH))["time.order"].system_out == (
        "plans/areas/hafen.yaml:9:3: Warnung time.order Hier fehlt etwas."
    )


def test_waived_is_skipped_with_its_reason() -> None:
    found = cases(run(waived=WAIVED))["time.plan-gap"]
    (skipped,) = found.result
    assert (type(skipped).__name__, skipped.message) == ("Skipped", "ausgenommen: Der neue Plan kommt im Mai.")
    assert found.system_out == "plans/areas/hafen.yaml:2:3: ausgenommen time.plan-gap Hier fehlt etwas."


def test_an_unread_file_is_an_error() -> None:
    assert results(run(finding(UNREAD))) == {"file.unreadable": ["Error"]}


def test_a_rule_that_was_not_asked_still_shows_what_it_found() -> None:
    of = run(finding(UNREAD))
    assert list(cases(Run(of.result, (), Severity.ERROR))) == ["file.unreadable"]


def test_hostile_text_stays_text() -> None:
    hostile = "]]><failure/>&\x0b\x00\ufffe\ud800"
    (failure,) = cases(run(finding(UNKNOWN, what=hostile)))["ref.unknown"].result
    assert failure.message == "Hier fehlt ]]><failure/>& \\x00\\ufffe\\ud800."


def test_older_findings_are_counted() -> None:
    assert output(suite(run(older=SINCE))).endswith("12 ältere Befunde weggelassen.")
