"""Writes the generated pages from the program: reference, rules, command line; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from docs.reference import reference  # noqa: E402 -- reached only by the line above
from sozplan.cli import app  # noqa: E402
from sozplan.cli.help import help_of  # noqa: E402
from sozplan.diagnostics import Code, Lang, Text, text  # noqa: E402
from sozplan.render.pages import GROUPS, SEVERITIES, page, statement  # noqa: E402
from sozplan.repo import CODES  # noqa: E402
from sozplan.rules import RULES  # noqa: E402

SOFTENED = frozenset(rule.id for rule in RULES if rule.softens)
CATALOGUE: tuple[Code, ...] = (*CODES, *(rule.code for rule in RULES))
RULE_FOLDER = "rules"

_RULES_HEAD = """\
# Regeln und Befunde

Jeder Befund von `sozplan check` trägt den Namen einer Regel; ihre Seite sagt, warum es sie gibt und was zu tun ist.
Diese Seiten entstehen aus dem Programm (`make docs`).
Wie man einen Befund liest, steht in [Befunde verstehen](../how-to/befunde-verstehen.md).

*Each page ends with an English part.*
"""
_CLI_HEAD = """\
# Befehle

Diese Seite entsteht aus `sozplan --help` (`make docs`).
Die Optionen `-C`, `--rev`, `--as-of`, `--lang`, `--audience`, `--no-cache` und `--debug` hat jeder Befehl; sie dürfen
auch vor ihm stehen.

*English help: [below](#in-english), or `sozplan --help --lang en`.*
"""


def pages() -> dict[str, str]:
    """Path below docs/ to content."""
    rules = {f"{RULE_FOLDER}/{code.id}.md": rule_page(code) for code in CATALOGUE}
    return {
        "referenz.md": reference("de"),
        "en/reference.md": reference("en"),
        "cli.md": cli_page(),
        f"{RULE_FOLDER}/README.md": rule_index(),
        **rules,
    }


def rule_page(code: Code) -> str:
    """German with the examples, then English."""
    softens = code.id in SOFTENED
    english = statement(code, "en", softens=softens, level=2)
    return f"{page(code, 'de', softens=softens)}\n---\n\n{english}\n[Alle Regeln](README.md)\n"


def rule_index() -> str:
    return _RULES_HEAD + "".join(_group(group, title) for group, title in GROUPS.items())


def _group(group: str, title: Text) -> str:
    rows = "".join(
        f"| [`{code.id}`]({code.id}.md) | {SEVERITIES[code.severity].de} | {code.title.de} | {code.title.en} |\n"
        for code in CATALOGUE
        if code.group == group
    )
    return f"\n## {title.de}\n\n| Regel | Schwere | Titel | in English |\n|---|---|---|---|\n{rows}"


def cli_page() -> str:
    german, english = ("".join(_helps(lang)) for lang in _LANGS)
    return f"{_CLI_HEAD}\n{german}\n# In English\n\n{english}"


_LANGS: tuple[Lang, Lang] = ("de", "en")
_OVERVIEW = text(de="Überblick", en="Overview")


def _helps(lang: Lang) -> Iterator[str]:
    summaries = {name: import_module(f"sozplan.cli.{name}").HELP for name in app.COMMANDS}
    yield f"## {_OVERVIEW.say(lang)}\n\n```text\n{help_of(lang, summaries)}```\n"
    for name in app.COMMANDS:
        yield f"\n## sozplan {name}\n\n```text\n{help_of(lang, {}, name, app.command(name))}```\n"


def drift(wanted: Mapping[str, str]) -> list[str]:
    """The pages that differ from what the program says, that are missing, or that nobody generates any more."""
    folder = HERE / RULE_FOLDER
    leftover = [f"{RULE_FOLDER}/{path.name}" for path in sorted(folder.glob("*.md"))]
    changed = [path for path, content in wanted.items() if _current(path) != content]
    return changed + [path for path in leftover if path not in wanted]


def _current(path: str) -> str | None:
    place = HERE / path
    return place.read_text(encoding="utf-8") if place.exists() else None


def write(wanted: Mapping[str, str]) -> None:
    for path in drift(wanted):
        place = HERE / path
        if path in wanted:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            place.unlink()


def main(arguments: list[str]) -> int:
    wanted = pages()
    if arguments != ["--check"]:
        write(wanted)
        return 0
    changed = drift(wanted)
    for path in changed:
        print(f"docs/{path} is not what the program says; run `make docs`", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
