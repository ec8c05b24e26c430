"""What somebody is asked at the terminal: what the field is for, what it takes, an example; nothing is lost by a slip.

Nobody else is kept waiting meanwhile: questions are asked without the lock, and what is answered is entered in the
planning as it is by then.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import typer

from sozplan.cli.options import Refusal, did_you_mean
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.entity import Entity, reference_fields
from sozplan.model.plan import Plan
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.sections import built, field_at, only_key
from sozplan.repo.edit.typed import kind_of

Answer = tuple[str, str]
_SHOWN = 20
"""Ids that are listed; more would push the question off the screen."""
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks in the words of the planning; raises `typer.Abort` at Ctrl-C and Ctrl-D, when nothing is written yet."""

    plan: Plan
    lang: Lang

    def begin(self) -> None:
        with suppress(ImportError):
            import readline  # noqa: F401 -- then the keys for moving and deleting work
        self._say(_BEGIN)

    def required(self, cls: type[Entity], field: str) -> Answer:
        return field, self._answered(cls, field, is_needed=True)

    def optional(self, cls: type[Entity], fields: Sequence[str]) -> list[Answer]:
        """Those that were answered."""
        return [(field, said) for field in fields if (said := self._answered(cls, field, is_needed=False))]

    def chosen(self, label: Text, choices: Mapping[str, str]) -> str:
        """One of these words."""
        self._say(text(de="\nIn welchen Plan gehört es?\nMöglich:", en="\nTo which plan does it belong?\nPossible:"))
        sys.stdout.write("".join(f"  {word}  {meaning}\n" for word, meaning in choices.items()))
        while (said := self._line(label.say(self.lang), "")) not in choices:
            hint = did_you_mean(said, choices)
            self._say(
                text(
                    de=f"„{said}“ ist keiner der Pläne.{hint.de} Schreiben Sie ein Wort aus der Liste.",
                    en=f"“{said}” is none of the plans.{hint.en} Write a word of the list.",
                )
                if said
                else _NEEDED
            )
        return said

    def proposed(self, cls: type[Entity], field: str, proposal: str, allow: Callable[[str], None]) -> str:
        """The proposal or another answer that is allowed."""
        self._explain(cls, field)
        while True:
            said = self._prompt(cls, field, proposal)
            try:
                built(cls, [(field, said)])
                allow(said)
            except (EditRefused, Refusal) as refused:
                self._say(refused.text)
            else:
                return said

    def _answered(self, cls: type[Entity], field: str, *, is_needed: bool) -> str:
        self._explain(cls, field)
        while True:
            said = self._prompt(cls, field, None if is_needed else "")
            if not said and not is_needed:
                return ""
            try:
                self._allow(cls, field, said)
            except EditRefused as refused:
                self._say(refused.text)
            else:
                return said

    def _allow(self, cls: type[Entity], field: str, said: str) -> None:
        """What isn't there can't be named; all else is judged by the check that follows."""
        if not said:
            raise EditRefused(_NEEDED, 2)
        built(cls, [(field, said)])
        around, key = field_at(cls, field)
        kinds = _references(*(only_key(kind_of(around, key)) or (around, key)))
        if kinds is None:
            return
        known = [id for id, entity in self.plan.by_id.items() if type(entity).__name__ in kinds]
        for id in [part.strip() for part in said.split(",") if part.strip()]:
            if id not in known and id not in self.plan.muted:
                hint = did_you_mean(id, known)
                message = text(
                    de=f"„{id}“ gibt es hier nicht.{hint.de} Schreiben Sie eine Kennung aus der Liste.",
                    en=f"There is no “{id}” here.{hint.en} Write an id of the list.",
                )
                raise EditRefused(message, 2)

    def _explain(self, cls: type[Entity], field: str) -> None:
        from sozplan.render.offers import asked

        around, key = field_at(cls, field)
        kind = kind_of(around, key)
        inside = only_key(kind)
        said = asked(self.plan, around, key, kind.choices, kind.example, self.lang, _SHOWN, inside=inside)
        sys.stdout.write(f"\n{said}")
        if kind.is_list and not kind.is_text:
            self._say(_SEVERAL)

    def _prompt(self, cls: type[Entity], field: str, proposal: str | None) -> str:
        """One line; None asks until there is one, an empty proposal may stay empty."""
        label = kind_of(*field_at(cls, field)).label.say(self.lang)
        hint = _MAY_BE_LEFT_OUT.say(self.lang) if proposal == "" else ""
        return self._line(f"{label}{hint}", proposal or "")

    def _line(self, question: str, proposal: str) -> str:
        while True:
            try:
                said: str = typer.prompt(question, default=proposal, show_default=bool(proposal))
            except typer.Abort:
                sys.stderr.write(f"\n{ABORTED.say(self.lang)}\n")
                raise
            if not _NO_TEXT.search(said):
                return said.strip()
            self._say(KEYS)

    def _say(self, said: Text) -> None:
        sys.stdout.write(f"{said.say(self.lang)}\n")


def _references(cls: type[Entity], key: str) -> tuple[str, ...] | None:
    name = next((each for each, field in cls.model_fields.items() if (field.alias or each) == key), key)
    found = reference_fields(cls).get(name)
    return tuple(found) if found else None


@contextmanager
def kept(lang: Lang, words: Sequence[str]) -> Iterator[None]:
    """Where it comes to nothing after all, the answers are there as a command that repeats them."""
    try:
        yield
    except Exception:
        command = subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
        sys.stderr.write(f"{_AGAIN.say(lang)}\n  sozplan {command}\n")
        raise


_BEGIN = text(
    de="Es fehlen noch Angaben. Nichts wird geschrieben, bevor alles beantwortet ist; Strg-C bricht ab.",
    en="Some fields are missing. Nothing is written before all is answered; Ctrl-C aborts.",
)
_MAY_BE_LEFT_OUT = text(de=" (Enter lässt es weg)", en=" (Enter leaves it out)")
_SEVERAL = text(de="Mehrere trennt ein Komma.", en="Several are separated by commas.")
_NEEDED = text(de="Das muss angegeben werden; Strg-C bricht ab.", en="This is needed; Ctrl-C aborts.")
ABORTED = text(de="Abgebrochen; nichts wurde geschrieben.", en="Aborted; nothing was written.")
KEYS = text(
    de="Darin ist ein Zeichen, das kein Text ist, vielleicht eine Pfeiltaste. Bitte noch einmal.",
    en="There is a sign in it that is no text, an arrow key maybe. Once more, please.",
)
_AGAIN = text(de="Ihre Antworten als Befehl:", en="Your answers as a command:")
