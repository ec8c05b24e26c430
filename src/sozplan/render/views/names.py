"""What people call the things that the files name by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import OfficeDeadline
from sozplan.render.cited import Cited, Worded, place_of

_FULL = ("name", "title", "term", "statement")


class Names:
    """Names by id; `numbered` are those that a document gives itself, such as the number of a rule."""

    def __init__(self, plan: Plan, numbered: Mapping[str, str] | None = None) -> None:
        self._plan = plan
        self._numbered = numbered or {}

    def short(self, id: str) -> str:
        """As in a table; an id that names nothing stays visible as it is."""
        found = self._plan.get(id)
        return _whole(self._numbered.get(id) or getattr(found, "short", None) or self.full(id))

    def full(self, id: str) -> str:
        found = self._plan.get(id)
        return self._numbered.get(id) or (id if found is None else name_of(found) or id)

    def list(self, ids: Iterable[str]) -> str:
        return ", ".join(self.short(id) for id in ids)

    def knows(self, id: str) -> bool:
        return id in self._numbered or self._plan.get(id) is not None

    def resolution(self, id: str | None) -> Resolution | None:
        return self._plan.find(id, Resolution)


def _whole(name: str) -> str:
    """`Amt 40` and `Dez. III` in one piece; longer names may break."""
    return name.replace(" ", "\u00a0") if len(name) <= _SHORT else name


_SHORT = 9


def name_of(entity: Entity) -> str | None:
    return next((str(value) for key in _FULL if (value := getattr(entity, key, None))), None)


def deadline(limit: OfficeDeadline) -> Text:
    """`T + 10 Werktage`, so that no grammar has to be guessed for what T is."""
    if limit.days == 0:
        return text(de="am Tag T", en="on day T")
    sign = "+" if limit.days > 0 else "\N{MINUS SIGN}"
    one = abs(limit.days) == 1
    count = Cited(str(abs(limit.days)), limit.days, place_of(limit, "days"))
    german = ("Werktag" if one else "Werktage") if limit.working_days else ("Tag" if one else "Tage")
    english = ("working " if limit.working_days else "") + ("day" if one else "days")
    start = f"T\u00a0{sign}\u00a0"
    return text(de=Worded(start, count, f"\u00a0{german}"), en=Worded(start, count, f"\u00a0{english}"))
