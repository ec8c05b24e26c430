"""The whole of a planning repository, with its look-ups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from sozplan.model.areas import AreaGoal, AreaPlan, Need, Review
from sozplan.model.calendar import Calendar, Retired, RetiredIds, Waiver, Waivers
from sozplan.model.entity import Entity, Reference, children, holds_entities, id_of, reference_fields, references
from sozplan.model.funding import Application, Programme
from sozplan.model.handbook import Chapter, Handbook, HandbookRule
from sozplan.model.indicators import DataPackage, Indicator
from sozplan.model.indices import Index
from sozplan.model.inventory import InventoryItem
from sozplan.model.measures import OWN, THIRD_PARTY, Measure
from sozplan.model.organisation import Actor, Body, Contract, Duty, Organisation, Product, Role
from sozplan.model.processes import Process
from sozplan.model.resolutions import Resolution
from sozplan.model.settings import Settings
from sozplan.model.strategy import Goal, TargetGroup, Theme
from sozplan.model.targets import TargetFields
from sozplan.model.terms import Status
from sozplan.model.territory import (
    Boundaries,
    BoundaryChange,
    Designation,
    Growths,
    SocialArea,
    Succession,
    Territory,
    Unit,
    boundary_changes,
    growths,
)

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True)
class Plan:
    """All files of a repository, read and valid each by itself.

    `roots` maps path to content, in the order of the paths.
    `muted` are ids of files that could not be read: references to them are nobody's fault.
    """

    settings: Settings
    roots: Mapping[str, Entity] = field(default_factory=dict)
    muted: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    """The Markdown chapters, by path."""

    @cached_property
    def memory(self) -> dict[object, Any]:
        """What `once` keeps."""
        return {}

    @cached_property
    def placed(self) -> tuple[tuple[Entity, str | None], ...]:
        """Every entity with the nearest id at or above it, file by file, parents first."""
        return tuple(chain.from_iterable(self._placed_by_root))

    @cached_property
    def _placed_by_root(self) -> tuple[list[tuple[Entity, str | None]], ...]:
        return tuple(_placed(root) for root in self.roots.values())

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Every entity, file by file, parents first."""
        return tuple(entity for entity, _ in self.placed)

    @cached_property
    def placed_by_class(self) -> Mapping[type[Entity], list[tuple[Entity, str | None]]]:
        """The same, class by class."""
        found: dict[type[Entity], list[tuple[Entity, str | None]]] = {}
        for pair in self.placed:
            found.setdefault(type(pair[0]), []).append(pair)
        return found

    @cached_property
    def _by_class(self) -> Mapping[type[Entity], tuple[Entity, ...]]:
        return {cls: tuple(entity for entity, _ in placed) for cls, placed in self.placed_by_class.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        """The first entity of each id; `ref.duplicate-id` reports the others."""
        found: dict[str, Entity] = {}
        for name, entity in self._named:
            found.setdefault(name, entity)
        return found

    @cached_property
    def _named(self) -> list[tuple[str, Entity]]:
        """What has an id in use."""
        kinds = {cls for cls in self.placed_by_class if "id" in cls.model_fields and cls is not Retired}
        return [(name, entity) for entity, name in self.placed if name is not None and entity.__class__ in kinds]

    @cached_property
    def repeated(self) -> tuple[Entity, ...]:
        """Those whose id another entity has before them."""
        if len(self._named) == len(self.by_id):
            return ()
        return tuple(entity for name, entity in self._named if self.by_id[name] is not entity)

    @cached_property
    def _owners(self) -> Mapping[str, AreaPlan]:
        files = zip(self.roots.values(), self._placed_by_root, strict=True)
        plans = sorted(((root, placed) for root, placed in files if isinstance(root, AreaPlan)), key=lambda p: p[0].id)
        return {name: plan for plan, placed in plans for _, name in placed if name is not None}

    def without(self, files: Collection[str]) -> Plan:
        """The same plan, of which these files are passed over by whoever goes through it; ids lead to all of it."""
        return _Part(self, frozenset(files))

    @cached_property
    def knotted(self) -> frozenset[str]:
        """The files of area plans that name what another area plan holds or nobody does, and of those named."""
        files = zip(self.roots.values(), self._placed_by_root, strict=True)
        plans = ((root, placed) for root, placed in files if isinstance(root, AreaPlan))
        pairs = ((root, other) for root, placed in plans for other in self._named_beyond(root, placed))
        return frozenset(each.origin.file for pair in pairs for each in pair if each is not None)

    def _named_beyond(self, home: AreaPlan, placed: Iterable[tuple[Entity, str | None]]) -> Iterator[AreaPlan | None]:
        """The other area plans that one names something of; None for what nobody knows."""
        for entity, _ in placed:
            values = entity.__dict__
            for named in map(values.__getitem__, reference_fields(entity.__class__)):
                for id in (named,) if named.__class__ is str else named or ():
                    other = self._owners.get(id)
                    if other is None and id not in self.by_id and id not in (OWN, THIRD_PARTY):
                        yield None
                    elif other is not None and other is not home:
                        yield other

    def all(self, cls: type[E]) -> tuple[E, ...]:
        """The entities of exactly that class, in the order of the files."""
        return self._by_class.get(cls, ())  # type: ignore[return-value]

    def placed_as(self, *classes: type[E]) -> Iterator[tuple[E, str | None]]:
        """The entities of these classes and those below them as in `placed`, but class by class."""
        for cls, placed in self.placed_by_class.items():
            if issubclass(cls, classes):
                yield from placed  # type: ignore[misc]

    def references(self, known: Known = lambda _: frozenset()) -> Iterator[tuple[Reference, str | None]]:
        """Every reference, with the nearest id at or above the entity that holds it, class by class.

        Entities that name nothing but what is `known`, by the kinds that a field asks for, are passed over.
        """
        for cls, placed in self.placed_by_class.items():
            every, fields = self._by_class[cls], reference_fields(cls).items()
            naming = {i for field, kinds in fields for i in _naming(every, field, known(kinds))}
            for entity, owner in (placed[i] for i in sorted(naming)):
                yield from ((reference, owner) for reference in references(entity))

    def find(self, id: str | None, cls: type[E]) -> E | None:
        """The entity of that id if it is of that class or one below it."""
        found = self.by_id.get(id or "")
        return found if isinstance(found, cls) else None

    def get(self, id: str) -> Entity | None:
        return self.by_id.get(id)

    @property
    def ids(self) -> Collection[str]:
        """Every id in use."""
        return self.by_id.keys()

    def owner(self, id: str) -> AreaPlan | None:
        """The area plan that an entity of that id stands in."""
        return self._owners.get(id)

    def status(self, file: str) -> Status:
        """The status of what a file holds: that of its plan or handbook, else resolved."""
        root = self.roots.get(file)
        if isinstance(root, Handbook):
            return root.status
        status = getattr(root, "status", None)
        return status if isinstance(status, Status) else Status.RESOLVED

    @cached_property
    def area_plans(self) -> tuple[AreaPlan, ...]:
        return tuple(sorted(self.all(AreaPlan), key=lambda p: p.id))

    @property
    def goals(self) -> tuple[Goal, ...]:
        return self.all(Goal)

    @property
    def area_goals(self) -> tuple[AreaGoal, ...]:
        return self.all(AreaGoal)

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.all(Need)

    @property
    def measures(self) -> tuple[Measure, ...]:
        return self.all(Measure)

    @property
    def reviews(self) -> tuple[Review, ...]:
        return self.all(Review)

    def targets(self) -> Iterator[tuple[TargetFields, Goal | AreaGoal]]:
        """Every target with its goal."""
        for goal in self.goals:
            yield from ((target, goal) for target in goal.targets)
        for area_goal in self.area_goals:
            yield from ((target, area_goal) for target in area_goal.targets)

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.all(Unit)

    @property
    def successions(self) -> tuple[Succession, ...]:
        return self.all(Succession)

    @cached_property
    def boundary_changes(self) -> tuple[BoundaryChange, ...]:
        return boundary_changes(self.successions, self.growths)

    @cached_property
    def growths(self) -> Growths:
        """The days on which units took others in without becoming others."""
        return growths(self.units, self.successions)

    @property
    def social_areas(self) -> tuple[SocialArea, ...]:
        return self.all(SocialArea)

    def area_of_key(self, key: str) -> SocialArea | None:
        """The social area that has observations of its own under that key."""
        return self._areas_by_key.get(key)

    @cached_property
    def _areas_by_key(self) -> Mapping[str, SocialArea]:
        return {area.key: area for area in self.social_areas if area.key is not None}

    @property
    def designations(self) -> tuple[Designation, ...]:
        return self.all(Designation)

    @property
    def boundaries(self) -> tuple[Boundaries, ...]:
        return self.all(Boundaries)

    @property
    def territories(self) -> tuple[Territory, ...]:
        return self.all(Territory)

    def units_of_key(self, key: str, day: date) -> tuple[Unit, ...]:
        """The units that have that key on that day; more than one is a fault of the data."""
        return tuple(u for u in self._units_by_key.get(key, ()) if u.in_force(day))

    @cached_property
    def _units_by_key(self) -> Mapping[str, tuple[Unit, ...]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.key, []).append(unit)
        return {key: tuple(units) for key, units in found.items()}

    def units_below(self, id: str) -> tuple[Unit, ...]:
        """The units that name it as their parent, of all times."""
        return self._units_by_parent.get(id, ())

    @property
    def parents(self) -> Iterable[str]:
        """The ids that units name as their parent."""
        return self._units_by_parent.keys()

    @cached_property
    def _units_by_parent(self) -> Mapping[str, tuple[Unit, ...]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.parent is not None:
                found.setdefault(unit.parent, []).append(unit)
        return {parent: tuple(units) for parent, units in found.items()}

    @cached_property
    def whole(self) -> Unit | None:
        """The unit of the whole municipality: of the top level and the municipality's key."""
        top = self.settings.levels[0].id
        return next((u for u in self.units if u.level == top and u.key == self.settings.municipality.key), None)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.all(Indicator)

    @property
    def indices(self) -> tuple[Index, ...]:
        return self.all(Index)

    @property
    def packages(self) -> tuple[DataPackage, ...]:
        return self.all(DataPackage)

    @property
    def actors(self) -> tuple[Actor, ...]:
        return self.all(Actor)

    @property
    def bodies(self) -> tuple[Body, ...]:
        return self.all(Body)

    @property
    def contracts(self) -> tuple[Contract, ...]:
        return self.all(Contract)

    @property
    def roles(self) -> tuple[Role, ...]:
        return self.all(Role)

    @property
    def duties(self) -> tuple[Duty, ...]:
        return self.all(Duty)

    @property
    def products(self) -> tuple[Product, ...]:
        return self.all(Product)

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        return self.all(Organisation)

    @property
    def processes(self) -> tuple[Process, ...]:
        return self.all(Process)

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        return self.all(Resolution)

    @property
    def inventory(self) -> tuple[InventoryItem, ...]:
        return self.all(InventoryItem)

    @property
    def programmes(self) -> tuple[Programme, ...]:
        return self.all(Programme)

    @property
    def applications(self) -> tuple[Application, ...]:
        return self.all(Application)

    @property
    def handbook(self) -> Handbook | None:
        return next(iter(self.all(Handbook)), None)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return self.handbook.chapters if self.handbook else ()

    @property
    def handbook_rules(self) -> tuple[HandbookRule, ...]:
        return self.all(HandbookRule)

    @property
    def calendar(self) -> Calendar:
        return next(iter(self.all(Calendar)), None) or Calendar()

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        return tuple(w for file in self.all(Waivers) for w in file.waivers)

    @property
    def retired(self) -> tuple[Retired, ...]:
        return tuple(r for file in self.all(RetiredIds) for r in file.retired)

    def names(self, id: str) -> tuple[str, ...]:
        """The id that an entry has by now, and before it the ones that became it, this one among them."""
        became = {each.id: each.became for each in self.retired if each.became is not None}
        line = [id]
        while (later := became.get(line[-1])) is not None and later not in line:
            line.append(later)
        for name in (names := [line[-1]]):
            names.extend(former for former, later in became.items() if later == name and former not in names)
        return tuple(names)

    @property
    def themes(self) -> tuple[Theme, ...]:
        return self.all(Theme)

    @property
    def target_groups(self) -> tuple[TargetGroup, ...]:
        return self.all(TargetGroup)


class _Part(Plan):
    """A plan some of whose files nobody goes through, though their ids lead there."""

    def __init__(self, full: Plan, passed_over: frozenset[str]) -> None:
        roots = {path: root for path, root in full.roots.items() if path not in passed_over}
        super().__init__(full.settings, roots, full.muted, full.texts)
        placed = zip(full.roots, full._placed_by_root, strict=True)
        by_root = tuple(each for path, each in placed if path not in passed_over)
        self.__dict__.update(
            _full=full, _placed_by_root=by_root, by_id=full.by_id, repeated=full.repeated, _owners=full._owners
        )

    def status(self, file: str) -> Status:
        full: Plan = self.__dict__["_full"]
        return full.status(file)


Known = Callable[[tuple[str, ...]], frozenset[str]]


def _naming(entities: Sequence[Entity], field: str, known: frozenset[str]) -> list[int]:
    """The numbers of those that name something else in the field; hardly ever one does, so all are asked at once."""
    held = [entity.__dict__[field] for entity in entities]
    several = [ids for ids in held if ids and ids.__class__ is not str]
    if known.issuperset(chain.from_iterable(several) if several else filter(None, held)):
        return []
    return [i for i, ids in enumerate(held) if ids and not known.issuperset((ids,) if ids.__class__ is str else ids)]


def _placed(root: Entity) -> list[tuple[Entity, str | None]]:
    found: list[tuple[Entity, str | None]] = []
    _place(root, None, found)
    return found


def _place(entity: Entity, above: str | None, found: list[tuple[Entity, str | None]]) -> None:
    """Notes an entity with the nearest id, then all below it; they nest no deeper than the types do."""
    nearest = id_of(entity) or above
    found.append((entity, nearest))
    for child in children(entity):
        if holds_entities(child.__class__):
            _place(child, nearest, found)
        else:
            found.append((child, child.__dict__.get("id") or nearest))
