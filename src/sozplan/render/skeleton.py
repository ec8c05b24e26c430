"""A fresh planning repository: one commented example of everything, in the words of the municipality.

The examples are drafts, so nothing of them is taken for decided.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sozplan.diagnostics import Lang, text

LANDS = (
    "SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH",
)  # fmt: skip
"""In the order of the first two digits of an official key, 01 to 16."""
_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß .()/–-]*[\wÄÖÜäöüß.)]")
_WORDS = ("true", "false", "null", "yes", "no", "on", "off")


class Service(StrEnum):
    """Where changes are proposed, and so where they are checked."""

    github = "github"
    gitlab = "gitlab"
    gitea = "gitea"
    none = "none"


CI_FILES = {
    Service.github: ".github/workflows/sozplan.yml",
    Service.gitlab: ".gitlab-ci.yml",
    Service.gitea: ".gitea/workflows/sozplan.yml",
}


@dataclass(frozen=True, slots=True)
class Municipality:
    """What a new repository is told of the municipality; `key` has 8 digits, or 5 for a county."""

    name: str
    key: str
    kind: str
    land: str


def land_of(key: str) -> str | None:
    """The Land that an official key begins with."""
    number = int(key[:2]) if re.fullmatch(r"\d{5}|\d{8}", key) else 0
    return LANDS[number - 1] if 1 <= number <= len(LANDS) else None


def kind_of(key: str, lang: Lang) -> str:
    """What a key says of the kind of municipality."""
    if len(key) == 5:
        return text(de="Kreis", en="county").say(lang)
    if key.endswith("000"):
        return text(de="kreisfreie Stadt", en="city").say(lang)
    return text(de="Gemeinde", en="municipality").say(lang)


def files(about: Municipality, lang: Lang, as_of: date) -> Iterator[tuple[str, str]]:
    """Path and content of each file; its years follow the day, so that nothing of it is overdue at once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(  # noqa: S701 -- YAML and Markdown; what is told of the municipality is quoted
        loader=PackageLoader("sozplan", "skeleton"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters["yaml"] = scalar
    words = {
        "t": lambda de, en: text(de=de, en=en).say(lang),
        "v": lambda de, en: scalar(text(de=de, en=en).say(lang)),
        "name": about.name,
        "key": about.key,
        "kind": about.kind,
        "land": about.land,
        "language": lang,
        "today": as_of.isoformat(),
        "year": as_of.year,
        # the newest year whose figures are due: half a year later they should be there
        "last": as_of.year - (1 if as_of.month > 6 else 2),
    }
    for name in environment.list_templates(extensions=["j2"]):
        yield name.removesuffix(".j2"), environment.get_template(name).render(words)


def scalar(value: str) -> str:
    """A text as YAML takes it: quoted where it would be something else without."""
    is_plain = _PLAIN.fullmatch(value) and value.casefold() not in _WORDS
    return value if is_plain else json.dumps(value, ensure_ascii=False)
