"""What the reader of pages sees in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.how_to.reading import Call, Filling, Sample, agrees, put, steps
from tests.how_to.running import Terminal, command

PAGE = """\
# Eine Seite

```console
$ sozplan check
1 Datei
$ cd planung
```

1. In einer Liste:

   <!-- ends with 1 -->
   ```console
   $ sozplan check --strict
   ```

<!-- plans/a.yaml: goals -->
```yaml
  - id: a
```

<!-- plans/a.yaml -->
```diff
-alt
+neu
```

```yaml
nur: gezeigt
```

<!-- build/a.xlsx -->

| Zeile | Spalte | Eintrag |
|---|---|---|
| `m1` | Stand | läuft |
"""


def test_steps_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(PAGE, encoding="utf-8")
    assert list(steps(page)) == [
        Call("sozplan check", "1 Datei\n", 0, 4),
        Call("cd planung", "", 0, 4),
        Call("sozplan check --strict", "", 1, 13),
        Sample("plans/a.yaml", "goals", "yaml", "  - id: a\n"),
        Sample("plans/a.yaml", "", "diff", "-alt\n+neu\n"),
        Filling("build/a.xlsx", (("m1", "Stand", "läuft"),)),
    ]


@pytest.mark.parametrize(
    ("said", "shown", "agreed"),
    [
        ("a\nb\nc\n", "a\n…\n", True),
        ("a\nb\nc\n", "…\nc\n", True),
        ("Stand 1.10.: 0 Fehler\n", "Stand …: 0 Fehler\n", True),
        ("29,0\u00a0%\n", "29,0 %\n", True),
        ("a\nb\n", "a\n", False),
        ("Stand 1.10.: 1 Fehler\n", "Stand …: 0 Fehler\n", False),
        ("a\nb\n", "a…\n", False),
    ],
)
def test_what_is_shown_is_compared(said: str, shown: str, agreed: bool) -> None:
    assert agrees(said, shown) is agreed


def test_changes_of_files(tmp_path: Path) -> None:
    put(tmp_path, Sample("a.yaml", "", "yaml", "goals:\n  - id: b\n"))
    put(tmp_path, Sample("a.yaml", "goals", "yaml", "  - id: a\n"))
    put(tmp_path, Sample("a.yaml", "rows", "yaml", "ende: 1\n"))
    put(tmp_path, Sample("a.yaml", "", "diff", "-  - id: b\n+  - id: c\n"))
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "goals:\n  - id: a\n  - id: c\nende: 1\n"


@pytest.mark.parametrize(
    "sample",
    [
        Sample("a.yaml", "", "yaml", "noch: einmal\n"),
        Sample("b.yaml", "rows", "yaml", "ende: 1\n"),
        Sample("a.yaml", "needs", "yaml", "  - id: a\n"),
        Sample("a.yaml", "", "diff", "-fehlt\n+neu\n"),
    ],
)
def test_a_change_that_does_not_fit_is_seen(sample: Sample, tmp_path: Path) -> None:
    put(tmp_path, Sample("a.yaml", "", "yaml", "goals:\n"))
    with pytest.raises(AssertionError):
        put(tmp_path, sample)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (Call("sozplan checkk", "", 0, 7), "ended with 2, not 0"),
        (Call("sozplan --version", "", 1, 7), "ended with 0, not 1"),
        (Call("sozplan --version", "etwas anderes\n", 0, 7), "the page shows:\netwas anderes"),
        (Call("rm -rf plans", "", 0, 7), "rm is no command of these pages"),
    ],
)
def test_a_page_that_says_something_else_is_seen(call: Call, message: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError) as caught:
        Terminal(tmp_path, tmp_path).do(call)
    assert message in str(caught.value)


def test_the_day_of_the_pages() -> None:
    assert command("sozplan", ["check"])[-2:] == ["--as-of", "2026-10-01"]
    assert command("sozplan", ["check", "--as-of", "2030-01-01"])[-1] == "2030-01-01"
