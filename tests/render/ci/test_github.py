"""Annotations for GitHub Actions."""

from __future__ import annotations

import re

import pytest

from sozplan.render.ci.github import LIMIT, commands
from tests.render.ci.runs import AMBITION, ORDER, SINCE, UNKNOWN, all_kinds, finding, run


def test_each_kind() -> None:
    place = "file=plans/areas/hafen.yaml,line={},col=3,title={}"
    assert commands(all_kinds(), "de").splitlines()[:-1] == [
        f"::error {place.format(4, 'ref.unknown')}::Hier fehlt etwas.",
        f"::warning {place.format(9, 'time.order')}::Hier fehlt etwas.",
        f"::notice {place.format(12, 'target.ambition')}::Hier fehlt etwas.",
        "plans/areas/hafen.yaml:2:3: ausgenommen time.plan-gap Hier fehlt etwas.",
    ]


def read(command: str) -> tuple[str, dict[str, str], str]:
    """As GitHub's runner takes a command apart."""
    level, properties, data = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", command).groups()  # type: ignore[union-attr]
    pairs = dict(each.split("=", 1) for each in properties.split(","))

    def unescaped(said: str) -> str:
        for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            said = said.replace(escape, sign)
        return said

    return level, {name: unescaped(value) for name, value in pairs.items()}, unescaped(data)


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        ("25 %", "25 %"),
        ("%0A::error::x", "%0A::error::x"),
        ("a\n::add-mask::b", "a ::add-mask::b"),
        ("a\r::stop-commands::b", "a ::stop-commands::b"),
        ("a, b: c", "a, b: c"),
        ("##[error]x", "# #[error]x"),
        ("\x1b[31m", "\\x1b[31m"),
    ],
)
def test_what_is_said_is_never_a_command(what: str, shown: str) -> None:
    (command, _) = commands(run(finding(UNKNOWN, what=what)), "de").splitlines()
    assert read(command)[2] == f"Hier fehlt {shown}."


def test_a_path_stays_one_property() -> None:
    path = "plans/areas/a,line=1%::b.yaml"
    (command, _) = commands(run(finding(UNKNOWN, file=path)), "de").splitlines()
    assert command.startswith("::error file=plans/areas/a%2Cline=1%25%3A%3Ab.yaml,line=4,")
    assert read(command)[1] == {"file": path, "line": "4", "col": "3", "title": "ref.unknown"}


def test_what_github_would_drop_stands_in_the_log() -> None:
    found = [finding(UNKNOWN, line) for line in range(1, LIMIT + 3)]
    lines = commands(run(*found, finding(ORDER)), "de").splitlines()
    assert [line[:8] for line in lines[:LIMIT]] == ["::error "] * LIMIT
    assert lines[LIMIT : LIMIT + 3] == [
        "plans/areas/hafen.yaml:11:3: Fehler ref.unknown Hier fehlt etwas.",
        "plans/areas/hafen.yaml:12:3: Fehler ref.unknown Hier fehlt etwas.",
        "::warning file=plans/areas/hafen.yaml,line=4,col=3,title=time.order::Hier fehlt etwas.",
    ]
    assert lines[-1] == (
        "GitHub zeigt je Schwere höchstens 10 Anmerkungen; die übrigen Befunde stehen nur hier im Protokoll."
    )


def test_a_full_count_is_no_cut() -> None:
    found = [finding(AMBITION, line) for line in range(1, LIMIT + 1)]
    assert "höchstens" not in commands(run(*found), "de")


def test_older_findings_are_counted() -> None:
    said = commands(run(older=SINCE), "en").splitlines()
    assert said[-1] == "Only what came since main (0123456789); 12 older findings left out."
