"""How wide text runs: thousandths of the type size that a sign takes in Arial, in which the packaged template is set.

Offices set in other faces; the common ones are known by how much wider or narrower they run.
"""

from __future__ import annotations

from collections.abc import Mapping

TWIPS_PER_POINT = 20
LINE = 1.15
"""Height of a line of Arial, of its type size."""
_REGULAR = {
    191: "'", 222: "ijl‚‘’", 260: "|", 278: " \u00a0\u202f!,./:;I[\\]ftíî·", 333: "()-\u2011`r²³„“”", 334: "{}",
    350: "•", 355: '"', 389: "*", 400: "°", 469: "^", 500: "Jcksvxyzç↑↓\u2002", 549: "±≤≥≈", 584: "+<=>~×−", 604: "●■○",
    611: "FTZß", 667: "&ABEKPSVXYÄÉ", 722: "CDHNRUwÜ", 778: "GOQÖ", 833: "Mm", 889: "%", 944: "W", 990: "▲",
    1000: "—…←→‰", 1015: "@",
}  # fmt: skip
_BOLD = {
    238: "'", 278: " \u00a0\u202f,./I\\ijlíî·‚‘’", 280: "|", 333: "!()-\u2011:;[]`ft²³", 350: "•", 389: "*r{}",
    400: "°", 474: '"', 500: "z„“”↑↓\u2002", 549: "±≤≥≈", 584: "+<=>^~×−", 604: "●■○", 611: "?FLTZbdghnopquöüßóôúñ",
    667: "EPSVXYÉ", 722: "&ABCDHKNRUÄÜ", 778: "GOQwÖ", 833: "M", 889: "%m", 944: "W", 975: "@", 990: "▲",
    1000: "—…←→‰",
}  # fmt: skip
_OTHER, _OTHER_BOLD = 556, 600
"""Figures and most small letters; for signs that aren't listed a fair guess."""
_WIDE = 1000
"""Of signs beyond those of European languages, and of pictograms."""
_RUNS: Mapping[str, float] = {
    "aptos": 0.99, "bookman old style": 1.1, "calibri": 0.91, "cambria": 0.97, "candara": 0.95, "century gothic": 1.08,
    "franklin gothic book": 0.96, "garamond": 0.86, "georgia": 1.03, "lucida sans unicode": 1.1, "open sans": 1.07,
    "segoe ui": 1.02, "times new roman": 0.9, "trebuchet ms": 1.0, "verdana": 1.19,
}  # fmt: skip
"""Of the width of Arial, at the same size."""


def _signs(groups: Mapping[int, str]) -> Mapping[str, int]:
    return {sign: width for width, signs in groups.items() for sign in signs} | {"\u00ad": 0}


_WIDTHS = _signs(_REGULAR), _signs(_BOLD)


def measured(text: str, points: float, *, bold: bool = False) -> float:
    """Twips of a line of Arial in that size."""
    known, other = _WIDTHS[bold], _OTHER_BOLD if bold else _OTHER
    thousandths = sum(known.get(sign) or (other if sign < "\u2100" else _WIDE) for sign in text if sign != "\u00ad")
    return thousandths * points * TWIPS_PER_POINT / 1000


def runs(family: str) -> float:
    """How wide a face runs beside Arial; one that isn't known is taken to run like it."""
    return _RUNS.get(family.lower(), 1.0)
