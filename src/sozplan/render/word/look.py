"""How a stretch of text looks, and the runs that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sozplan.render.word.markup import Element, ink, run, w, words


@dataclass(frozen=True, slots=True)
class Look:
    bold: bool = False
    italic: bool = False
    struck: bool = False
    underlined: bool = False
    style: str | None = None
    """Id of a character style."""
    colour: str | None = None
    """`#rrggbb`."""
    half_points: int | None = None
    position: str | None = None
    """`superscript` or `subscript`."""

    def properties(self) -> dict[str, Element]:
        """Made anew for every run, since an element has one place only."""
        found = {
            "rStyle": self.style and w("rStyle", val=self.style),
            "b": self.bold and w("b"),
            "i": self.italic and w("i"),
            "strike": self.struck and w("strike"),
            "color": self.colour and w("color", val=ink(self.colour)),
            "sz": self.half_points and w("sz", val=self.half_points),
            "szCs": self.half_points and w("szCs", val=self.half_points),
            "u": self.underlined and w("u", val="single"),
            "vertAlign": self.position and w("vertAlign", val=self.position),
        }
        return {name: element for name, element in found.items() if element not in (None, False)}


PLAIN = Look()


def shown(text: str, look: Look = PLAIN) -> Element:
    return run(look.properties(), *words(text))


def field(instruction: str, result: str, look: Look = PLAIN) -> Iterator[Element]:
    """A field whose instruction is ours alone, with the result that stands until it is computed anew."""
    instruct = w("instrText")
    instruct.text = f" {instruction} "
    for content in (w("fldChar", fldCharType="begin"), instruct, w("fldChar", fldCharType="separate")):
        yield run(look.properties(), content)
    yield shown(result, look)
    yield run(look.properties(), w("fldChar", fldCharType="end"))
