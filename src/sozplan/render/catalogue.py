"""The catalogue of rules and faults: as a list for people, as JSON for programs, as Markdown for documents."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence

from sozplan.diagnostics import Code, Lang
from sozplan.render.pages import GROUPS, SEVERITIES, page


def as_text(codes: Sequence[Code], lang: Lang) -> str:
    """A line a code, by group."""
    width = max(len(code.id) for code in codes)
    grade = max(len(word.say(lang)) for word in SEVERITIES.values())
    return "\n".join(
        f"{title}\n"
        + "".join(
            f"  {code.id:<{width}}  {SEVERITIES[code.severity].say(lang):<{grade}}  {code.title.say(lang)}\n"
            for code in group
        )
        for title, group in _grouped(codes, lang)
    )


def as_json(codes: Sequence[Code], lang: Lang) -> str:
    document = [
        {
            "rule": code.id,
            "group": code.group,
            "severity": code.severity.value,
            "title": code.title.say(lang),
            "why": code.why.say(lang),
            "bad": code.bad,
            "good": code.good,
        }
        for code in codes
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_markdown(codes: Sequence[Code], lang: Lang, softened: Container[str]) -> str:
    """Every page, one after the other, in the order of the groups."""
    pages = (page(code, lang, softens=code.id in softened) for _, group in _grouped(codes, lang) for code in group)
    return "\n".join(pages)


def _grouped(codes: Sequence[Code], lang: Lang) -> Iterator[tuple[str, list[Code]]]:
    """Title and codes of each group; a group without title would be lost unsaid, so it fails."""
    for name in dict.fromkeys((*GROUPS, *(code.group for code in codes))):
        group = [code for code in codes if code.group == name]
        if group:
            yield GROUPS[name].say(lang), group
