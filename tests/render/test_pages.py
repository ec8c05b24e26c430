"""The page of a rule reads on the web and on the terminal."""

from __future__ import annotations

import pytest

from sozplan.diagnostics import Code, Severity, text
from sozplan.render.pages import GROUPS, page, sentence, statement
from sozplan.repo import CODES
from sozplan.rules import RULES

CODE = Code(
    id="ref.gone",
    severity=Severity.ERROR,
    message=text(de="„{id}“ fehlt.{hint}", en="“{id}” is missing.{hint}"),
    title=text(de="Alles ist da", en="All is there"),
    why=text(de="Sonst fehlt etwas.", en="Else something is missing."),
    bad="# plans/strategy.yaml\ngoals: [a]  # <- ref.gone\n",
    good="plans/strategy.yaml\n",
)


def test_a_page_in_german() -> None:
    assert (
        page(CODE, "de", softens=True)
        == """\
# Alles ist da

`ref.gone` · Schwere: Fehler (im Entwurf nur Warnung) · Gruppe: Verweise

Sonst fehlt etwas.

Meldung:

> „…“ fehlt.…

## So nicht

```yaml
# plans/strategy.yaml
goals: [a]  # <- ref.gone
```

## Sondern so

```text
plans/strategy.yaml
```
"""
    )


def test_the_statement_in_english() -> None:
    assert (
        statement(CODE, "en", level=2)
        == """\
## All is there

`ref.gone` · Severity: error · Group: references

Else something is missing.

Message:

> “…” is missing.…
"""
    )


@pytest.mark.parametrize("code", [*CODES, *(rule.code for rule in RULES)], ids=lambda code: code.id)
def test_each_group_has_a_name_and_each_message_reads_without_its_fields(code: Code) -> None:
    assert code.group in GROUPS
    for lang in ("de", "en"):
        assert "{" not in sentence(code, lang).replace("{}", "")
