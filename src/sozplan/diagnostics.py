"""What sozplan has to say about a planning repository, as frozen values.

Everything else imports this module; it imports nothing of ours.
A finding is data until `render` makes a sentence of it: place, code, arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import Literal, NamedTuple

Lang = Literal["de", "en"]


class Text(NamedTuple):
    """A text in both languages; German comes first."""

    de: str
    en: str

    def say(self, lang: Lang) -> str:
        return self.de if lang == "de" else self.en


def text(*, de: str, en: str) -> Text:
    return Text(de, en)


class Location(NamedTuple):
    """A place in a file of the repository: path with `/`, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting puts errors first."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of fault: its permanent name, its sentence, and its page in the catalogue.

    `message` has `{fields}` that a diagnostic's arguments fill; both languages name the same.
    `bad` and `good` are excerpts of planning files. A line `# path` starts a file;
    its top-level keys stand instead of those of the base example.
    A line that ends in `# <- id` is where the fault is reported.
    """

    id: str
    severity: Severity
    message: Text
    title: Text
    why: Text
    bad: str
    good: str
    environment: bool = False
    """The fault lies in the machine, not in the content (unreadable file): exit 3."""

    def __post_init__(self) -> None:
        fields = {lang: set(_fields(self.message.say(lang))) for lang in _LANGS}
        if fields["de"] != fields["en"]:
            raise ValueError(f"{self.id}: German and English messages name different fields")

    @property
    def group(self) -> str:
        return self.id.partition(".")[0]


_LANGS: tuple[Lang, Lang] = ("de", "en")


def _fields(template: str) -> Iterator[str]:
    for _, name, _, _ in Formatter().parse(template):
        if name is not None:
            yield name


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault at one place. `args` holds plain values or `Text`; `entity` the nearest id."""

    at: Location
    code: Code
    args: Mapping[str, object] = field(default_factory=dict)
    entity: str | None = None
    severity: Severity = Severity.ERROR

    def say(self, lang: Lang) -> str:
        """The sentence in one language, on one line."""
        args = {k: v.say(lang) if isinstance(v, Text) else v for k, v in self.args.items()}
        return self.code.message.say(lang).format_map(args)

    @property
    def order(self) -> tuple[Location, int, str, str]:
        """By place, then gravity, then rule, then sentence: the same on every machine."""
        return self.at, self.severity.rank, self.code.id, self.say("de")


def diagnostic(
    code: Code, at: Location, *, entity: str | None = None, severity: Severity | None = None, **args: object
) -> Diagnostic:
    """A diagnostic of the code's own severity unless another is given."""
    return Diagnostic(at, code, args, entity, severity or code.severity)
