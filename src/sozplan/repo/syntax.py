"""What the parser says in its own words, told to people who have never heard of a block mapping."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from yaml import MarkedYAMLError, YAMLError

from sozplan.diagnostics import Code, Diagnostic, Location, diagnostic, text
from sozplan.repo.codes import syntax as codes
from sozplan.repo.codes import yaml as yaml_codes
from sozplan.repo.events import MAPPING, MAPPING_END, SCALAR, SEQUENCE, SEQUENCE_END, event_source
from sozplan.repo.shown import shown

_COLON = re.compile(r":(?:\s|$)")
_STARTS = (MAPPING, SEQUENCE)
_ENDS = (MAPPING_END, SEQUENCE_END)


def explain(content: str, error: YAMLError, file: str) -> Diagnostic:
    """One fault in our words, where its cause stands rather than where the parser gave up."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return diagnostic(codes.SYNTAX, Location(file))
    return _Stumble(content, error, file).explain()


class _Stumble:
    """The place where the parser gave up, what it was in, and what it had read last."""

    def __init__(self, content: str, error: MarkedYAMLError, file: str) -> None:
        self.file = file
        self.content = content
        self.lines = re.split("\r\n|\r|\n", content)
        self.problem = error.problem or ""
        self.context = error.context or ""
        self.mark: Any = error.problem_mark
        self.start: Any = error.context_mark or error.problem_mark
        self.last, self.open_brackets = _trail(content)

    def explain(self) -> Diagnostic:
        if sign := self._foreign_indentation():
            return self.at(codes.TAB, self.mark.line, 0, character=INDENTED_BY[sign])
        for problem, cause in _CAUSES.items():
            if problem in self.problem:
                return cause(self)
        return self.at(codes.SYNTAX, self.mark.line, self.mark.column)

    def _foreign_indentation(self) -> str | None:
        line = self.line(self.mark.line)
        indentation = line[: len(line) - len(line.lstrip())]
        return next((sign for sign in INDENTED_BY if sign in indentation), None)

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def character(self) -> str:
        return self.content[self.mark.index : self.mark.index + 1]

    def at(self, code: Code, line: int, column: int, /, **args: object) -> Diagnostic:
        return Diagnostic(Location(self.file, line + 1, column + 1), code, args)

    def at_line(self, code: Code, number: int) -> Diagnostic:
        line = self.line(number)
        return self.at(code, number, len(line) - len(line.lstrip()), line=shown(line.strip(), 40))


INDENTED_BY: Final = {
    "\t": text(de="einem Tabulator", en="a tab"),
    "\u00a0": text(de="einem geschützten Leerzeichen", en="a no-break space"),
}


def _trail(content: str) -> tuple[Any, list[Any]]:
    """The last event before the parser gave up, and the brackets open there."""
    last: Any = None
    nodes: list[Any] = []
    next_event = event_source(content)
    try:
        while True:
            last = next_event()
            if isinstance(last, _STARTS):
                nodes.append(last)
            elif isinstance(last, _ENDS):
                nodes.pop()
    except YAMLError:
        return last, [node.start_mark for node in nodes if node.flow_style]


def _colon_in_text_or_indentation(stumble: _Stumble) -> Diagnostic:
    """`mapping values are not allowed`: the parser met a colon after what it took for a text."""
    number, column = stumble.mark.line, stumble.mark.column
    if _COLON.search(stumble.line(number)[:column]):
        return stumble.at(codes.COLON_IN_TEXT, number, column)
    last = stumble.last
    start = last.start_mark
    if isinstance(last, SCALAR) and start.line < number and not _COLON.search(stumble.line(start.line)[: start.column]):
        return stumble.at_line(codes.COLON_MISSING, start.line)
    return stumble.at_line(codes.INDENTATION, number)


def _no_colon(stumble: _Stumble) -> Diagnostic:
    source = stumble.content[stumble.start.index :]
    if source.startswith("-"):
        return stumble.at(codes.DASH, stumble.start.line, stumble.start.column)
    return stumble.at_line(codes.COLON_MISSING, stumble.start.line)


def _no_key(stumble: _Stumble) -> Diagnostic:
    """`did not find expected key`: a value had ended, or a line stands in no column of its own."""
    last = stumble.last
    if stumble.character() == ":":
        return stumble.at(codes.SYNTAX, stumble.mark.line, stumble.mark.column)
    if last.end_mark.line != stumble.mark.line:
        return stumble.at_line(codes.INDENTATION, stumble.mark.line)
    sign = stumble.content[last.end_mark.index - 1]
    if last.start_mark.line < last.end_mark.line and sign in "\"'":
        return _quote_open(stumble, last.start_mark)
    if sign in "\"']}":
        rest = stumble.line(stumble.mark.line)[last.end_mark.column :]
        return stumble.at(
            codes.TEXT_AFTER_END, stumble.mark.line, stumble.mark.column, sign=sign, rest=shown(rest.strip(), 30)
        )
    return stumble.at_line(codes.INDENTATION, stumble.mark.line)


def _quote_open(stumble: _Stumble, mark: Any = None) -> Diagnostic:
    mark = mark or stumble.start
    return stumble.at(codes.QUOTE_OPEN, mark.line, mark.column, sign=stumble.content[mark.index])


def _bracket(stumble: _Stumble) -> Diagnostic:
    """The bracket is closed in its line: only a comma is missing. Else it is open."""
    mark = stumble.open_brackets[-1] if stumble.open_brackets else stumble.start
    sign = stumble.content[mark.index]
    rest = stumble.line(mark.line)[mark.column :]
    if stumble.mark.line == mark.line and _CLOSING.get(sign, "\0") in rest:
        return stumble.at(codes.COMMA, stumble.mark.line, stumble.mark.column)
    return stumble.at(codes.BRACKET_OPEN, mark.line, mark.column, sign=sign)


_CLOSING: Final = {"[": "]", "{": "}"}


def _no_value(stumble: _Stumble) -> Diagnostic:
    return _bracket(stumble) if stumble.open_brackets else _reserved(stumble)


def _reserved(stumble: _Stumble) -> Diagnostic:
    sign, line, column = stumble.character(), stumble.mark.line, stumble.mark.column
    if sign in INDENTED_BY:  # behind the dash of an item
        return stumble.at(codes.TAB, line, column, character=INDENTED_BY[sign])
    return stumble.at(codes.RESERVED_CHARACTER, line, column, character=shown(sign) or "?")


def _escape(stumble: _Stumble) -> Diagnostic:
    start = stumble.content.rfind("\\", 0, stumble.mark.index + 1)
    column = stumble.mark.column - (stumble.mark.index - start)
    return stumble.at(codes.ESCAPE, stumble.mark.line, column, escape=shown(stumble.content[start : start + 2]))


def _dash(stumble: _Stumble) -> Diagnostic:
    return stumble.at(codes.DASH, stumble.mark.line, stumble.mark.column)


def _block_text(stumble: _Stumble) -> Diagnostic:
    return stumble.at(codes.BLOCK_TEXT, stumble.mark.line, stumble.mark.column)


def _indentation(stumble: _Stumble) -> Diagnostic:
    return stumble.at_line(codes.INDENTATION, stumble.mark.line)


def _second_document(stumble: _Stumble) -> Diagnostic:
    """A line too far to the left ends the document as well, without anybody having meant it."""
    before = "\n".join(stumble.lines[: stumble.mark.line + 1])
    if re.search(r"^\.\.\.", before, re.MULTILINE):
        return stumble.at(yaml_codes.SECOND_DOCUMENT, stumble.mark.line, stumble.mark.column)
    return _indentation(stumble)


def _tag(stumble: _Stumble) -> Diagnostic:
    source = stumble.content[stumble.start.index :].split(maxsplit=1)
    return stumble.at(yaml_codes.TAG, stumble.start.line, stumble.start.column, tag=shown(source[0], 30))


def _alias(stumble: _Stumble) -> Diagnostic:
    sign = stumble.content[stumble.start.index]
    return stumble.at(yaml_codes.ALIAS, stumble.start.line, stumble.start.column, sign=sign)


def _directive(stumble: _Stumble) -> Diagnostic:
    line = stumble.line(stumble.start.line)
    return stumble.at(yaml_codes.DIRECTIVE, stumble.start.line, 0, line=shown(line.strip()))


_CAUSES: Final[dict[str, Callable[[_Stumble], Diagnostic]]] = {
    "mapping values are not allowed": _colon_in_text_or_indentation,
    "could not find expected ':'": _no_colon,
    "did not find expected key": _no_key,
    "found unexpected end of stream": _quote_open,
    "found unexpected document indicator": _quote_open,
    "did not find expected ',' or": _bracket,
    "did not find expected node content": _no_value,
    "found character that cannot start any token": _reserved,
    "mapping keys are not allowed": _reserved,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "block sequence entries are not allowed": _dash,
    "did not find expected '-' indicator": _indentation,
    "did not find expected comment or line break": _block_text,
    "found an indentation indicator equal to 0": _block_text,
    "did not find expected <document start>": _second_document,
    "did not find expected tag URI": _tag,
    "did not find expected whitespace or line break": _tag,
    "found undefined tag handle": _tag,
    "did not find expected '!'": _tag,
    "did not find expected alphabetic or numeric character": _alias,
    "found unknown directive name": _directive,
    "found incompatible YAML document": _directive,
    "directive": _directive,
}
"""What libyaml says, and what lies behind it; first match."""
