"""Who decides what: for each kind of entity the authority that each of its fields belongs to.

The table is the default; `sozplan.yaml` may say otherwise, field by field.
What the table doesn't name, nobody decides: it is a fact, a forecast or the administration's own working note.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import create_model

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaGoal, AreaPlan, Need
from sozplan.model.entity import Entity, Note, doc, note
from sozplan.model.funding import Application
from sozplan.model.handbook import Handbook, HandbookRule
from sozplan.model.indices import Index
from sozplan.model.inventory import Recommendation
from sozplan.model.measures import Measure
from sozplan.model.organisation import Body, Contract, Duty
from sozplan.model.processes import Process
from sozplan.model.shared import ActorRef, BodyRef
from sozplan.model.strategy import Goal
from sozplan.model.targets import Change, Corridor, Gap, Maintain, Milestones
from sozplan.model.terms import Term
from sozplan.model.territory import Designation, SocialArea


class Authority(Term):
    """In order of rank: what a higher one resolves also counts for the fields of a lower one."""

    COUNCIL = "council", "Vertretung (Rat, Kreistag)", "council"
    COMMITTEE = "committee", "beschließender Ausschuss", "deciding committee"
    HEAD = "head", "Verwaltungsleitung", "head of administration"
    TREASURER = "treasurer", "Kämmerei", "treasurer"
    NOBODY = "nobody", "niemand", "nobody"

    @property
    def rank(self) -> int:
        """0 for the highest."""
        return _RANKS[self]

    def covers(self, other: Authority) -> bool:
        """Whether its resolution counts for a field of the other."""
        return other is not Authority.NOBODY and self.rank <= other.rank


_RANKS = {authority: rank for rank, authority in enumerate(Authority)}

FRAME, ACCOUNTS = "frame", "accounts"
DERIVED: Mapping[str, Text] = MappingProxyType(
    {
        FRAME: text(de="Finanzrahmen", en="Financial frame"),
        ACCOUNTS: text(de="Kontierung", en="Accounts"),
    }
)
"""Decided parts of a measure's budget: what it costs in each year, and where that is booked."""

_DESCRIBED: Mapping[str, Note] = MappingProxyType(
    {
        FRAME: Note(
            DERIVED[FRAME],
            text(
                de="je Jahr Ansatz, eigene Mittel, Verpflichtungsermächtigung und Stellen.",
                en="by year planned sum, own funds, commitment authorisation and staff.",
            ),
        ),
        ACCOUNTS: Note(
            DERIVED[ACCOUNTS],
            text(
                de="Produkt, Kostenstelle, Sachkonto und Finanzierungsquellen.",
                en="product, cost centre, account and sources.",
            ),
        ),
    }
)
_BUDGET: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "measure": frozenset((FRAME, ACCOUNTS, "budget_reservation", "follow_up_financing", "follow_up_costs")),
        "area_plan": frozenset(("resources",)),
        "contract": frozenset(("amount",)),
    }
)
"""What a budget statute or a supplementary grant decides."""

KINDS: Mapping[type[Entity], str] = MappingProxyType(
    {
        Goal: "goal",
        AreaPlan: "area_plan",
        Need: "need",
        AreaGoal: "area_goal",
        Change: "target",
        Maintain: "target",
        Corridor: "target",
        Gap: "target",
        Milestones: "target",
        Measure: "measure",
        Designation: "designation",
        SocialArea: "social_area",
        Index: "index",
        Body: "body",
        Duty: "duty",
        Contract: "contract",
        Application: "application",
        Recommendation: "recommendation",
        Process: "process",
        Handbook: "handbook",
        HandbookRule: "handbook_rule",
    }
)
"""What is decided on, by its class, and what sozplan.yaml calls it."""

_COUNCIL: Mapping[str, str] = {
    "goal": "level statement title parent also_serves theme weight targets valid_from valid_to",
    "area_plan": "area title predecessor period valid_from valid_to needs goals measures resources reporting",
    "need": "statement theme target_groups priority deferred",
    "area_goal": "statement title serves also_serves needs weight targets",
    "target": "kind indicator area reference baseline target path lower upper tolerance until milestones weight",
    "measure": "title description goals theme target_groups reach duty sovereign commitment budget_reservation "
    "planned allocation follow_up_financing follow_up_costs frame",
    "designation": "area date designated index indicators local_experience deviation next_review valid_from valid_to",
    "social_area": "name kind key parts valid_from valid_to",
    "index": "name level methods",
    "body": "name kind mandate unit youth_committee chair members quorum majority casting_vote rhythm "
    "tie invitation_days minutes_days public reports_to escalates_to conflict_rule valid_from valid_to",
    "recommendation": "advice statement",
}
_COMMITTEE: Mapping[str, str] = {
    "contract": "title kind parties term notice_months amount outcome_clause measures",
}
_HEAD: Mapping[str, str] = {
    "goal": "owner",
    "area_goal": "owner",
    "measure": "responsible executing partners assignments milestones",
    "duty": "title kind holder counterparty trigger deadline basis route contract",
    "application": "title programme applicant measures areas requested",
    "process": "name kind state replaces purpose trigger result owner phases version forms steps",
    "handbook": "title subtitle version effective signatory next_review chapters terms forms legal",
    "handbook_rule": "chapter force addressees statement subject deadline owner basis route version effective "
    "supersedes",
}
_TREASURER: Mapping[str, str] = {
    "measure": "accounts",
}


def _defaults() -> Mapping[str, Mapping[str, Authority]]:
    found: dict[str, dict[str, Authority]] = {kind: {} for kind in KINDS.values()}
    tables = (_COUNCIL, _COMMITTEE, _HEAD, _TREASURER)
    for authority, table in zip(Authority, tables, strict=False):
        for kind, fields in table.items():
            found[kind] |= dict.fromkeys(fields.split(), authority)
    return {kind: found[kind] | dict.fromkeys(_undecided(kind, found[kind]), Authority.NOBODY) for kind in found}


_NEVER = frozenset(("origin", "id", "status", "resolution", "order", "budget"))
"""Not to be decided on as fields: the status follows from the resolution, the budget has parts of its own."""


def _undecided(kind: str, decided: Mapping[str, Authority]) -> list[str]:
    fields = dict.fromkeys(name for cls in classes(kind) for name in cls.model_fields)
    return [name for name in fields if name not in decided and name not in _NEVER]


def classes(kind: str) -> tuple[type[Entity], ...]:
    return tuple(cls for cls, name in KINDS.items() if name == kind)


@cache
def field_note(kind: str, field: str) -> Note:
    """Label and description of a decided field, as its own section of the reference has them."""
    if field in _DESCRIBED:
        return _DESCRIBED[field]
    owner = next(cls for cls in classes(kind) if field in cls.model_fields)
    found = note(owner.model_fields[field])
    if found is None:
        raise ValueError(f"{kind}.{field} is not described")
    return found


def _described(kind: str, field: str, authority: Authority) -> Any:
    label = field_note(kind, field).label
    return doc(f"{label.de}: wer darüber beschließt.", f"{label.en}: who decides on it.", default=authority)


def _section(kind: str, fields: Mapping[str, Authority]) -> type[Entity]:
    """A class whose keys are the kind's fields, so that a mistyped one is found as everywhere."""
    members: dict[str, Any] = {name: (Authority, _described(kind, name, each)) for name, each in fields.items()}
    title = "".join(part.capitalize() for part in kind.split("_"))
    made: type[Entity] = create_model(f"{title}Authorities", __base__=Entity, __module__=__name__, **members)
    made.__doc__ = f"Who decides the fields of {kind}."
    return made


DEFAULTS: Mapping[str, Mapping[str, Authority]] = MappingProxyType(dict(_defaults()))
_WORDS: Mapping[str, Text] = {
    "goal": text(de="Strategisches Ziel", en="Strategic goal"),
    "area_plan": text(de="Gebietsplan", en="Area plan"),
    "need": text(de="Bedarf", en="Need"),
    "area_goal": text(de="Handlungsziel", en="Area goal"),
    "target": text(de="Zielwert", en="Target"),
    "measure": text(de="Maßnahme", en="Measure"),
    "designation": text(de="Gebietsfestlegung", en="Designation"),
    "social_area": text(de="Sozialraumgebiet", en="Social area"),
    "index": text(de="Sozialindex", en="Social index"),
    "body": text(de="Gremium", en="Body"),
    "duty": text(de="Recht oder Pflicht", en="Right or duty"),
    "contract": text(de="Vertrag", en="Contract"),
    "application": text(de="Förderantrag", en="Application"),
    "recommendation": text(de="Empfehlung", en="Recommendation"),
    "process": text(de="Prozess", en="Process"),
    "handbook": text(de="Handbuch", en="Handbook"),
    "handbook_rule": text(de="Handbuchregel", en="Handbook rule"),
}


def _fields_class() -> type[Entity]:
    members: dict[str, Any] = {}
    for kind, fields in DEFAULTS.items():
        section = _section(kind, fields)
        word = _WORDS[kind]
        described = doc(
            f"{word.de}: wer welche Angabe beschließt.",
            f"{word.en}: who decides which statement.",
            default_factory=section,
        )
        members[kind] = (section, described)
    made: type[Entity] = create_model("DecidedFields", __base__=Entity, __module__=__name__, **members)
    made.__doc__ = "Who decides which field; what is left out stays as it is."
    return made


DecidedFields = _fields_class()


class Authorities(Entity):
    """Which bodies and offices stand for which authority, and which authority decides which field."""

    council: tuple[BodyRef, ...] = doc(
        "Vertretung: Gremien; sonst die entscheidenden, die niemandem berichten.",
        "Council: bodies; else the deciding ones that report to nobody.",
        default=(),
    )
    committee: tuple[BodyRef, ...] = doc(
        "Beschließende Ausschüsse: Gremien; sonst die übrigen entscheidenden.",
        "Deciding committees: bodies; else the other deciding ones.",
        default=(),
    )
    head: tuple[ActorRef, ...] = doc(
        "Verwaltungsleitung: Stellen; sonst die der Art „head-of-administration“.",
        "Head of administration: offices; else those of kind “head-of-administration”.",
        default=(),
    )
    treasurer: tuple[ActorRef, ...] = doc("Kämmerei: Stellen.", "Treasurer: offices.", default=())
    fields: DecidedFields = doc(  # type: ignore[valid-type]
        "Angaben: wer welche beschließt; was fehlt, bleibt bei der Voreinstellung.",
        "Fields: who decides which; what is left out keeps its default.",
        default_factory=DecidedFields,
    )

    def of(self, kind: str, field: str) -> Authority:
        """Who decides that field of entities of that kind."""
        section = getattr(self.fields, kind)
        found: Authority = getattr(section, field, Authority.NOBODY)
        return found


@cache
def decided_fields(cls: type[Entity]) -> tuple[str, ...]:
    """The fields of a class that somebody may decide, in the order of the model; derived ones last."""
    kind = KINDS.get(cls)
    if kind is None:
        return ()
    derived = (name for name in DERIVED if cls is Measure)
    return (*(name for name in cls.model_fields if name not in _NEVER), *derived)


def is_budget_field(kind: str, field: str) -> bool:
    return field in _BUDGET.get(kind, ())
