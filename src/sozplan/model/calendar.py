"""The calendar, waivers and the register of retired ids."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from sozplan.model.entity import Date, Entity, Id, Line, Money, RefTo, Whole, doc
from sozplan.model.shared import BodyRef, HolderRef, Record, ResolutionRef
from sozplan.model.terms import BudgetState, CalendarKind


class Appointment(Record):
    """A dated event of the year."""

    title: Line = doc("Titel: des Termins.", "Title: of the appointment.")
    kind: CalendarKind = doc(
        "Art: Sitzung, Haushalt, Bericht, Daten, Planung.", "Kind: session, budget, reporting, data, planning."
    )
    date: Date = doc("Tag: des Termins, oder der erste.", "Date: the day, or the first.")
    end: Date | None = doc("Bis: letzter Tag.", "End: last day.", default=None)
    body: BodyRef | None = doc("Gremium: das tagt.", "Body: that meets.", default=None)
    who: HolderRef | None = doc("Zuständig: Stelle.", "Who: office in charge.", default=None)


class BudgetYear(Entity):
    """How a budget year stands."""

    year: Annotated[Whole, Field(ge=1990, le=2100)] = doc("Jahr: Haushaltsjahr.", "Year: budget year.")
    state: BudgetState = doc(
        "Stand: Entwurf, beschlossen, vorläufig, Sicherung.", "State: draft, adopted, provisional, consolidation."
    )
    resolution: ResolutionRef | None = doc("Haushaltssatzung: Beschluss.", "Budget statute: resolution.", default=None)
    start: Date | None = doc(
        "Von: erster Tag dieses Standes.", "From: first day of this state.", alias="from", default=None
    )
    end: Date | None = doc("Bis: letzter Tag dieses Standes.", "To: last day of this state.", alias="to", default=None)
    social_budget: Money | None = doc("Sozialetat: Euro im Jahr.", "Social budget: euro in the year.", default=None)


class Calendar(Entity):
    """`plans/calendar.yaml`."""

    appointments: tuple[Appointment, ...] = doc(
        "Termine: des Planungsjahres.", "Appointments: of the planning year.", default=()
    )
    budgets: tuple[BudgetYear, ...] = doc(
        "Haushaltsjahre: und ihr Stand.", "Budget years: and their state.", default=()
    )


class Waiver(Record):
    """That a finding is accepted for a time, and why; it is printed."""

    rule: Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9-]+$")] = doc(
        "Regel: deren Befund hingenommen wird.", "Rule: whose finding is accepted."
    )
    entity: Annotated[Id, RefTo()] = doc("Gegenstand: um den es geht.", "Entity: that it is about.")
    reason: Line = doc("Begründung: warum er hingenommen wird.", "Reason: why it is accepted.")
    role: HolderRef = doc("Funktion: die ihn verantwortet.", "Role: that answers for it.")
    expires: Date = doc("Endet: letzter Tag.", "Expires: last day.")


class Waivers(Entity):
    """`plans/waivers.yaml`."""

    waivers: tuple[Waiver, ...] = doc("Ausnahmen: mit Grund und Frist.", "Waivers: with reason and expiry.", default=())


class Retired(Entity):
    """An id that was used once and must not be used again."""

    id: Id = doc("Kennung: die nicht wieder vergeben wird.", "Id: not to be used again.")
    kind: Line | None = doc("Art: was sie bezeichnete.", "Kind: what it named.", default=None)
    date: Date = doc("Seit: Tag der Außerdienststellung.", "Since: day of retirement.")
    reason: Line | None = doc("Grund: warum.", "Reason: why.", default=None)
    became: Annotated[Id, RefTo()] | None = doc(
        "Heißt jetzt: die Kennung, die an ihre Stelle getreten ist; `rename` trägt sie ein, und `history` folgt ihr.",
        "Became: the id that took its place; `rename` writes it, and `history` follows it.",
        default=None,
    )


class RetiredIds(Entity):
    """`plans/retired.yaml`."""

    retired: tuple[Retired, ...] = doc("Stillgelegt: frühere Kennungen.", "Retired: former ids.", default=())
