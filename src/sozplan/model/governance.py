"""Policies of `sozplan.yaml` on bodies, offices and the protection of persons."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field

from sozplan.model.entity import Entity, Line, Number, doc
from sozplan.model.shared import Count

CharterPart = Literal[
    "mandate",
    "chair",
    "office",
    "members",
    "quorum",
    "majority",
    "rhythm",
    "invitation_days",
    "minutes_days",
    "public",
    "reports_to",
    "conflict_rule",
    "founded_by",
]
"""Keys of a body that a municipality may hold to be the least of a charter."""

CHARTER: tuple[CharterPart, ...] = get_args(CharterPart)


class Governance(Entity):
    """Policies of the rules on bodies and offices."""

    charter: tuple[CharterPart, ...] = doc(
        "Geschäftsordnung: was jedes Gremium mindestens angibt.",
        "Charter: what each body states at least.",
        default=CHARTER,
    )
    idle_factor: Annotated[Number, Field(gt=0)] = doc(
        "Sitzungspause: Vielfaches des Rhythmus, ab dem nachgefragt wird.",
        "Idle: multiple of the rhythm from which it is queried.",
        default=Decimal("1.5"),
    )
    works_council_basis: Line | None = doc(
        "Personalrat: Rechtsgrundlage seiner Beteiligung, mit Fassung.",
        "Works council: legal basis of its participation, with version.",
        default=None,
    )
    session_slack_days: Count = doc(
        "Sitzungsspielraum: Tage, um die eine Sitzung neben der Frist eines Schrittes liegen darf.",
        "Session slack: days by which a session may miss the deadline of a step.",
        default=7,
    )


class Privacy(Entity):
    """What the search for personal data takes for private, and what for an office."""

    private_domains: tuple[Line, ...] = doc(
        "Private Postfächer: weitere Domänen neben den bekannten Anbietern.",
        "Private mailboxes: further domains beside the known providers.",
        default=(),
    )
    allowed: tuple[Line, ...] = doc(
        "Zugelassen: Adressen und Nummern, die einer Funktion gehören.",
        "Allowed: addresses and numbers that belong to a function.",
        default=(),
    )
