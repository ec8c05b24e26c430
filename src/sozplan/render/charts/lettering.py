"""How much room words take, measured in the packaged font: the same on every machine, whatever fonts it has."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

SMALL = 8.0
"""The smallest letters on paper, in points."""
PLAIN = 8.5
_EM = 1000
_FACES = {False: "SourceSansPro-Regular.ttf", True: "SourceSansPro-Semibold.ttf"}


def width(words: str, size: float, *, bold: bool = False) -> float:
    return float(_face(bold).getlength(words)) / _EM * size


def lines(words: str, room: float, size: float, *, most: int = 2, bold: bool = False) -> list[str]:
    """The words in lines no wider than `room`; what doesn't fit into the last one ends in an ellipsis."""
    broken: list[str] = []
    for word in filter(None, words.split(" ")):
        if broken and width(f"{broken[-1]} {word}", size, bold=bold) <= room:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    if len(broken) > most:
        broken[most - 1 :] = [" ".join(broken[most - 1 :])]
    return [_shortened(line, room, size, bold=bold) for line in broken]


def _shortened(line: str, room: float, size: float, *, bold: bool) -> str:
    if width(line, size, bold=bold) <= room:
        return line
    while line and width(f"{line}…", size, bold=bold) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


@lru_cache(maxsize=2)
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    content = (files("font_source_sans_pro") / "files" / _FACES[bold]).read_bytes()
    return ImageFont.truetype(BytesIO(content), _EM, layout_engine=ImageFont.Layout.BASIC)
