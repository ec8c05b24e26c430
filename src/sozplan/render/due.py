"""What falls due, for the terminal by office, as JSON, and as a calendar that mail programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sozplan.analysis.due import Agenda, Due
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.plan import Plan
from sozplan.render.numbers import day
from sozplan.render.terminal import WIDTH, Page
from sozplan.render.views.names import Names

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Told:
    """An agenda with what tells it: names, the day it was made, the last day it looks at."""

    plan: Plan
    agenda: Agenda
    as_of: date
    until: date


_NOBODY = text(de="Ohne zuständige Stelle", en="Nobody named")
_OVERDUE = text(de="überfällig", en="overdue")
_STALE = text(de="Ohne Bewegung", en="Nothing has moved")
_NEVER = text(de="noch nie", en="never yet")
_UNOWNED = text(de="Maßnahmen, für die niemand verantwortlich ist", en="Measures that nobody answers for")
_NOTHING = text(de="Nichts fällig.", en="Nothing is due.")


def as_text(told: Told, lang: Lang, *, colour: bool = False, width: int = WIDTH) -> str:
    """What stands still first, then a table an office, the overdue on top of each."""
    page = Page(colour=colour, width=width)
    out, names = page.console, Names(told.plan)
    for line in _above(told, lang):
        out.print(line, highlight=False)
    for office, items in _by_office(told.agenda):
        name = names.full(office) if office is not None else _NOBODY.say(lang)
        out.print(name, highlight=False, style="bold")
        out.print(_table(items, told.as_of, lang))
    out.print(_sum(told, lang), highlight=False)
    return page.text


def _above(told: Told, lang: Lang) -> Iterator[str]:
    agenda = told.agenda
    if agenda.stale:
        yield f"{_STALE.say(lang)}:"
        for each in agenda.stale:
            since = (
                _NEVER.say(lang)
                if each.since is None
                else text(de=f"seit {day(each.since, 'de')}", en=f"since {day(each.since, 'en')}").say(lang)
            )
            yield f"  {each.plan.title} ({each.plan.id}): {since}"
        yield ""
    if agenda.unowned:
        yield f"{_UNOWNED.say(lang)}:"
        yield from (f"  {measure.title} ({measure.id})" for measure in agenda.unowned)
        yield ""


def _by_office(agenda: Agenda) -> Iterator[tuple[str | None, list[Due]]]:
    """In the order in which each first has something to do; what nobody is named for stands on top."""
    found: dict[str | None, list[Due]] = {}
    for each in agenda.items:
        found.setdefault(each.office, []).append(each)
    return iter(sorted(found.items(), key=lambda pair: pair[0] is not None))


def _table(items: list[Due], as_of: date, lang: Lang) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in items:
        late = _OVERDUE.say(lang) if each.day < as_of else ""
        entity = f" ({each.entity})" if each.entity else ""
        table.add_row(f"  {day(each.day, lang)}", late, f"{each.kind.label.say(lang)}: {each.title.say(lang)}{entity}")
    table.add_row("")
    return table


def _sum(told: Told, lang: Lang) -> str:
    items = told.agenda.items
    if not items:
        return _NOTHING.say(lang)
    late = sum(each.day < told.as_of for each in items)
    dates = text(de="Termin" if len(items) == 1 else "Termine", en="date" if len(items) == 1 else "dates")
    until, as_of = (Text(day(each, "de"), day(each, "en")) for each in (told.until, told.as_of))
    return text(
        de=f"{len(items)} {dates.de} bis {until.de}, davon {late} überfällig. Stand {as_of.de}.",
        en=f"{len(items)} {dates.en} up to {until.en}, {late} of them overdue. As of {as_of.en}.",
    ).say(lang)


def as_json(told: Told, lang: Lang) -> str:
    """The contract of `due --format json`."""
    agenda = told.agenda
    document = {
        "version": 1,
        "as_of": told.as_of.isoformat(),
        "until": told.until.isoformat(),
        "items": [item(each, told.as_of, lang) for each in agenda.items],
        "stale": [
            {"plan": each.plan.id, "since": None if each.since is None else each.since.isoformat()}
            for each in agenda.stale
        ],
        "unowned": [measure.id for measure in agenda.unowned],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def item(each: Due, as_of: date, lang: Lang) -> dict[str, Any]:
    """One date, as every list of dates has it."""
    at = each.place.location
    return {
        "date": each.day.isoformat(),
        "kind": each.kind.value,
        "title": each.title.say(lang),
        "entity": each.entity,
        "office": each.office,
        "overdue": each.day < as_of,
        "phase": each.phase.value if each.phase is not None else None,
        "file": at.file,
        "line": at.line,
    }


def as_ics(told: Told, lang: Lang) -> bytes:
    """Events of a day each; whoever subscribes again gets the same event, moved where its day has moved."""
    from icalendar import Calendar, Event

    names = Names(told.plan)
    calendar = Calendar()
    calendar.add("prodid", "-//sozplan//due//DE")
    calendar.add("version", "2.0")
    for each in told.agenda.items:
        event = Event()
        event.add("uid", f"{_key(each)}@{told.plan.settings.municipality.key}.sozplan")
        event.add("dtstamp", _stamp(told.as_of))
        event.add("dtstart", each.day)
        event.add("summary", f"{each.kind.label.say(lang)}: {each.title.say(lang)}")
        event.add("categories", [each.kind.label.say(lang)])
        office = names.full(each.office) if each.office is not None else _NOBODY.say(lang)
        event.add("description", f"{office}\n{each.place.location.file}:{each.place.location.line}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _key(each: Due) -> str:
    """What is due is told apart by what it is of; of resolutions with several tasks, by the task too."""
    from hashlib import sha256

    name = f"{each.kind.value}\n{each.entity}\n{each.title.de}"
    return f"{each.kind.value}-{sha256(name.encode()).hexdigest()[:20]}"


def _stamp(day: date) -> Any:
    from datetime import UTC, datetime

    return datetime(day.year, day.month, day.day, tzinfo=UTC)
