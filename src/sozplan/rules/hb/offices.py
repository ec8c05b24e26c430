"""Names in running text that sound like an office, and those by which the data know them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sozplan.diagnostics import Severity, text
from sozplan.model.case import Case
from sozplan.rules.hb.texts import Chapter
from sozplan.rules.rule import Finding
from sozplan.rules.words import brief


class Offices:
    """The names by which offices and bodies are known, and what looks like one in running text."""

    def __init__(self, case: Case) -> None:
        plan = case.plan
        named = [*(a.name for a in plan.actors), *(b.name for b in plan.bodies), *(r.name for r in plan.roles)]
        named += [name for holder in (*plan.actors, *plan.bodies) if (name := getattr(holder, "short", None))]
        self.known = {plain(name) for name in named}
        words = "|".join(re.escape(word) for word in plan.settings.handbook.office_words)
        number = r"(?:\d{1,3}|[IVX]{1,5})"
        title = r"(?:für\s+|of\s+|for\s+)?[A-ZÄÖÜ][\wäöüß-]+(?:(?:,\s+|\s+und\s+|\s+and\s+)[A-ZÄÖÜ][\wäöüß-]+)*"
        is_read = not plan.muted or (plan.actors and plan.bodies)
        self.pattern = re.compile(rf"\b({words})(?:es|s)?\s+({number}\b|{title})") if words and is_read else None
        self.heads = {head for name in self.known for head in _heads(name)}

    def unknown_in(self, chapter: Chapter) -> Iterator[Finding]:
        for match in self.pattern.finditer(chapter.text) if self.pattern else ():
            name = plain(f"{match[1]} {match[2]}")
            if name not in self.heads and not self._begins_with_known(name):
                yield Finding(chapter.at(match.start()), _hint(brief(match[0])), Severity.INFO)

    def _begins_with_known(self, name: str) -> bool:
        """„Stabsstelle Sozialplanung und Amt“ goes on with the next office."""
        words = name.split()
        return any(" ".join(words[:n]).rstrip(",") in self.known for n in range(2, len(words) + 1))


def _hint(name: str) -> dict[str, object]:
    return {
        "what": text(
            de=f"„{name}“ klingt nach einer Stelle, die so in den Daten nicht vorkommt.",
            en=f"“{name}” sounds like an office that the data don't know by that name.",
        ),
        "advice": text(
            de="Verweisen Sie mit [[Kennung]] auf sie; dann bleibt der Name richtig.",
            en="Refer to it by [[id]]; then the name stays right.",
        ),
    }


def plain(name: str) -> str:
    """On one line: running text breaks names."""
    return " ".join(name.split())


def _heads(name: str) -> Iterator[str]:
    """The name cut behind any of its words: running text needn't say all of it."""
    words = name.split()
    yield from (" ".join(words[:n]).rstrip(",") for n in range(2, len(words)))
