"""Steps become nodes: what a step leaves unsaid is said by a node of its own."""

from __future__ import annotations

import pytest

from sozplan.model.processes import Process
from sozplan.render.swimlane.graph import Graph, graph


def process(*steps: str, **more: str) -> Process:
    """`a task amt-1 > b, c=ja`: name, kind, who does it, and the ways on with their answers."""
    made = []
    for step in steps:
        head, _, onward = step.partition(">")
        name, kind, *who = head.split()
        ways = [way.strip().partition("=") for way in onward.split(",") if way.strip()]
        made.append(
            {
                "step": name,
                "kind": kind,
                "name": name.upper(),
                "accountable": who[0] if who else None,
                "next": [to for to, is_exit, _ in ways if not is_exit],
                "exits": [{"to": to, "label": label} for to, is_exit, label in ways if is_exit],
            }
        )
    return Process.model_validate({"id": "p", "name": "P", "kind": "core", "steps": made, **more})


def said(found: Graph) -> list[str]:
    names = [f"{node.mark.value}:{node.id.removeprefix('step_')}" for node in found.nodes]
    return sorted(
        f"{names[link.source]} > {names[link.target]}{f' ({link.label})' * bool(link.label)}" for link in found.links
    )


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (("s event > a", "a task > e", "e event"), ["start:s > task:a", "task:a > end:e"]),
        # no beginning, no end
        (("a task",), ["start:before_step_a_ > task:a", "task:a > end:after_step_a"]),
        # a loop back to the first step
        (
            ("a task > d", "d decision > a=nein, e=ja", "e event"),
            [
                "choice:d > end:e (ja)",
                "choice:d > meeting:before_step_a (nein)",
                "meeting:before_step_a > task:a",
                "start:before_step_a_ > meeting:before_step_a",
                "task:a > choice:d",
            ],
        ),
        # several ways on from a task are gone at once; several ways to an end meet before it
        (
            ("s event > a", "a task > b, c", "b task > e", "c task > e", "e event"),
            [
                "fork:after_step_a > task:b",
                "fork:after_step_a > task:c",
                "meeting:before_step_e > end:e",
                "start:s > task:a",
                "task:a > fork:after_step_a",
                "task:b > meeting:before_step_e",
                "task:c > meeting:before_step_e",
            ],
        ),
        # gateways with one way in and one out are none
        (
            ("s event > f", "f fork > j", "j join > d", "d decision > e=ja", "e event"),
            ["between:f > between:j", "between:j > task:d", "start:s > between:f", "task:d > end:e"],
        ),
        # two answers to one place
        (
            ("s event > d", "d decision > a=ja, a=nein, e=nie", "a task > e", "e event"),
            [
                "choice:d > meeting:before_step_e (nie)",
                "choice:d > task:a (ja; nein)",
                "meeting:before_step_e > end:e",
                "start:s > choice:d",
                "task:a > meeting:before_step_e",
            ],
        ),
        # a join that splits again, and answers on a task
        (
            ("s event > f", "f fork > a, b", "a task > j", "b task > j", "j join > e=ja, g=nein", "e event", "g event"),
            [
                "choice:after_step_j > end:e (ja)",
                "choice:after_step_j > end:g (nein)",
                "fork:f > task:a",
                "fork:f > task:b",
                "join:j > choice:after_step_j",
                "start:s > fork:f",
                "task:a > join:j",
                "task:b > join:j",
            ],
        ),
        # a name that no step has
        (("s event > a", "a task > e, nowhere", "e event"), ["start:s > task:a", "task:a > end:e"]),
    ],
)
def test_ways(steps: tuple[str, ...], expected: list[str]) -> None:
    assert said(graph(process(*steps))) == expected


def test_beginnings_and_ends_that_are_not_steps_are_named_after_the_process() -> None:
    found = graph(process("a task", trigger="Antrag geht ein", result="Bescheid ist erteilt"))
    assert [node.name for node in found.nodes] == ["A", "Bescheid ist erteilt", "Antrag geht ein"]
    assert [node.name for node in graph(process("a task"), "en").nodes] == ["A", "End", "Start"]


def test_lanes_follow_the_work() -> None:
    """Events and gateways stand with the work before them, or with what follows."""
    found = graph(
        process("s event > a", "a task amt-1 > f", "f fork > b, c", "b task amt-2 > e", "c task amt-1 > e", "e event")
    )
    assert {node.id: node.lane for node in found.nodes} == {
        "step_s": "amt-1",
        "step_a": "amt-1",
        "step_f": "amt-1",
        "step_b": "amt-2",
        "step_c": "amt-1",
        "step_e": "amt-2",
        "before_step_e": "amt-2",
    }
    assert found.lanes == ("amt-1", "amt-2")


def test_a_step_stands_in_its_body_or_with_the_only_office_that_does_it() -> None:
    steps = [
        {"step": "a", "name": "A", "accountable": "dez-3", "executing": ["amt-50"], "body": "rat", "next": ["b"]},
        {"step": "b", "name": "B", "accountable": "dez-3", "executing": ["amt-50"], "next": ["c"]},
        {"step": "c", "name": "C", "accountable": "dez-3", "executing": ["amt-50", "amt-51"], "next": ["d"]},
        {"step": "d", "name": "D", "executing": ["amt-51", "amt-50"]},
    ]
    found = graph(Process.model_validate({"id": "p", "name": "P", "kind": "core", "steps": steps}))
    assert [node.lane for node in found.nodes[:4]] == ["rat", "amt-50", "dez-3", "amt-51"]
