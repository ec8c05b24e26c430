"""`sozplan add`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any

import typer

from sozplan.cli.bench import DRY_RUN, FORCE, Bench, Wishes, editing
from sozplan.cli.options import Refusal, Request, both
from sozplan.cli.questions import Answer, Questions, can_ask, kept
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaGoal, Need
from sozplan.model.devices import is_device
from sozplan.model.entity import Entity
from sozplan.model.indicators import Indicator
from sozplan.model.measures import Measure
from sozplan.model.organisation import Body
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.strategy import Goal
from sozplan.repo.edit import entries
from sozplan.repo.edit.blocks import Name
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.sections import assignments, built, order, ordered
from sozplan.repo.edit.typed import Kind, is_id, kind_of
from sozplan.rules.ind.sheets import lacking

HELP = both(
    "Legt einen Eintrag an: Bedarf, Ziel, Maßnahme, Gremium, Prozess, Kennzahl oder Beschluss.\n\n"
    "Angaben stehen als SCHLÜSSEL=WERT dahinter, nach innen mit Punkten (planned.from=01.01.2027), Listen mit Kommas. "
    "Was fehlt, wird im Terminal gefragt; anderswo nennt der Befehl, was fehlt und was möglich ist. Die Kennung wird "
    "vorgeschlagen, in einem beschlossenen Plan ist Neues ein Entwurf.",
    "Makes an entry: need, goal, measure, body, process, indicator or resolution.\n\n"
    "Fields follow as KEY=VALUE, inwards with points (planned.from=2027-01-01), lists with commas. What is missing is "
    "asked in a terminal; elsewhere the command names what is missing and what is possible. The id is proposed, and in "
    "a resolved plan what is new is a draft.",
)


class EntryKind(StrEnum):
    need = "need"
    goal = "goal"
    measure = "measure"
    body = "body"
    process = "process"
    indicator = "indicator"
    resolution = "resolution"


FIELDS = Annotated[
    list[str] | None,
    typer.Argument(metavar="KEY=VALUE", help=both("Angaben, z. B. title=Lesepaten.", "Fields, title=Mentors say.")),
]


def run(
    ctx: typer.Context,
    kind: Annotated[EntryKind, typer.Argument(metavar="KIND", help=both("Was angelegt wird.", "What is made."))],
    fields: FIELDS = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="PLAN",
            help=both(
                "Gebietsplan für Bedarf, Ziel, Maßnahme; „strategy“ für die ganze Kommune.",
                "Area plan of a need, goal, measure; “strategy” for the whole municipality.",
            ),
        ),
    ] = None,
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help=both("Kennung; sonst wird eine gewählt.", "Id; else one is chosen.")),
    ] = None,
    dry_run: DRY_RUN = False,
    force: FORCE = False,
) -> int:
    request: Request = ctx.obj
    said = assignments(fields or ())
    new = _New(kind.value, to, id, Wishes(dry_run, force))
    with editing(request) as bench:
        plan = bench.plan
        is_asked = can_ask() and (new.is_homeless(plan) or bool(new.lacking(plan, said)))
        if not is_asked:
            if lacking := new.lacking(plan, said):
                raise Refusal(_lacking(plan, new.cls(plan, said), lacking), 2)
            return new.enter(bench, said)
    Questions(plan, request.lang).begin()
    new = new.housed(plan, request.lang)
    answers, chosen = new.asked(plan, said, request.lang)
    with kept(request.lang, new.command(said, answers, chosen)), editing(request) as bench:
        return replace(new, id=chosen).enter(bench, [*said, *answers])


_HABITUAL = ("commitment", "budget_reservation")
_LEFT = ("id", "steps", *_HABITUAL)
_FURTHER: Mapping[type[Entity], Sequence[str]] = {
    Need: ("theme", "priority"),
    AreaGoal: ("serves", "needs", "owner"),
    Goal: ("parent", "theme", "owner"),
    Measure: ("goals", "responsible", "executing", "planned.from", "planned.to"),
    Indicator: ("source", "licence"),
    Resolution: ("number", "kind", "outcome"),
}


def _demanded(plan: Plan, cls: type[Entity], made: Mapping[str, object]) -> list[str]:
    """What the form allows to be left out and `check` calls an error without."""
    return list(lacking(made, plan.settings.indicators.required)) if cls is Indicator else []


_INSIDE = {"mandate": "mandate.statement", "rhythm": "rhythm.every"}


def _further(plan: Plan, cls: type[Entity]) -> Sequence[str]:
    """What an entry may lack, though `check` asks for it."""
    if cls is Body:
        return [*(_INSIDE.get(field, field) for field in plan.settings.organisation.charter), "escalates_to"]
    return _FURTHER.get(cls, ())


@dataclass(frozen=True, slots=True)
class _New:
    """What is to be made."""

    kind: str
    to: str | None
    id: str | None
    wishes: Wishes

    def cls(self, plan: Plan, said: Sequence[Answer]) -> type[Entity]:
        return self._home(plan, said).cls

    def is_homeless(self, plan: Plan) -> bool:
        """Whether several plans could take it and none is named."""
        return self.to is None and self.kind in ("need", "goal", "measure") and len(plan.area_plans) > 1

    def housed(self, plan: Plan, lang: Lang) -> _New:
        if not self.is_homeless(plan):
            return self
        choices = {each.id: each.title for each in plan.area_plans}
        if self.kind != "need":
            choices[entries.STRATEGY] = _WHOLE.say(lang)
        return replace(self, to=Questions(plan, lang).chosen(_WHERE, choices))

    def lacking(self, plan: Plan, said: Sequence[Answer]) -> list[tuple[str, Kind]]:
        """What nobody has said yet and nothing stands in for."""
        cls = self.cls(plan, said)
        made = built(cls, said)
        lacking = [(key, kind) for key, kind in entries.missing(cls, made) if key not in _LEFT]
        named = {key for key, _ in lacking}
        return lacking + [(key, kind_of(cls, key)) for key in _demanded(plan, cls, made) if key not in named]

    def asked(self, plan: Plan, said: Sequence[Answer], lang: Lang) -> tuple[list[Answer], str | None]:
        """What was answered, and the id if it isn't the proposed one, which may be another by then."""
        cls, lacking = self.cls(plan, said), [key for key, _ in self.lacking(plan, said)]
        if not lacking:
            return [], self.id
        questions = Questions(plan, lang)
        answers = [questions.required(cls, key) for key in lacking]
        # Whether it is a rate, say, is known by its unit only.
        later = [key for key in _demanded(plan, cls, built(cls, [*said, *answers])) if key not in lacking]
        answers += [questions.required(cls, key) for key in later]
        known = {key.replace("/", ".") for key, _ in said}
        answers += questions.optional(cls, [field for field in _further(plan, cls) if field not in known])
        if self.id is not None:
            return answers, self.id
        where = self._home(plan, [*said, *answers])
        proposal = entries.id_for(plan, where, built(cls, [*said, *answers]))
        chosen = questions.proposed(cls, "id", proposal, lambda id: refuse_taken(plan, id))
        return answers, None if chosen == proposal else chosen

    def enter(self, bench: Bench, said: Sequence[Answer]) -> int:
        where = self._home(bench.plan, said)
        made: dict[str, Any] = built(where.cls, said)
        if self.id is not None:
            refuse_taken(bench.plan, self.id)
        made["id"] = Name(self.id or entries.id_for(bench.plan, where, made))
        entry = ordered(entries.with_habits(bench.plan, where, made), where.cls)
        file = put_entry(bench, where, entry)
        label = entries.label(self.kind)
        done = text(
            de=f"{label.de} „{made['id']}“ angelegt in {file}.", en=f"{label.en} “{made['id']}” made in {file}."
        )
        return bench.settle(self.wishes, done)

    def command(self, said: Sequence[Answer], answers: Sequence[Answer], id: str | None) -> list[str]:
        options = [*(("--to", self.to) if self.to else ()), *(("--id", id) if id else ())]
        return ["add", self.kind, *options, *(f"{key}={value}" for key, value in (*said, *answers))]

    def _home(self, plan: Plan, said: Sequence[Answer]) -> entries.Home:
        return entries.home(plan, self.kind, self.to, dict(said))


_WHERE = text(de="Plan", en="Plan")
_WHOLE = text(de="Strategie der ganzen Kommune", en="strategy of the whole municipality")


def _lacking(plan: Plan, cls: type[Entity], lacking: Sequence[tuple[str, Kind]]) -> Any:
    from sozplan.render.offers import short

    german = "".join(
        f"\n  {key}=…  {kind.label.de}{short(plan, cls, key, kind.choices, 'de')}" for key, kind in lacking
    )
    english = "".join(
        f"\n  {key}=…  {kind.label.en}{short(plan, cls, key, kind.choices, 'en')}" for key, kind in lacking
    )
    return text(de=f"Es fehlt noch:{german}", en=f"Still missing:{english}")


def refuse_taken(plan: Plan, id: str) -> None:
    """An id is well formed, free, and was never used before."""
    if not is_id(id):
        raise Refusal(
            text(
                de=f"„{id}“ ist keine Kennung: Kleinbuchstaben, Ziffern und Bindestriche, vorn ein Buchstabe.",
                en=f"“{id}” is no id: lower-case letters, digits and hyphens are allowed, a letter first.",
            ),
            2,
        )
    if is_device(id):
        raise Refusal(
            text(
                de=f"„{id}“ ist unter Windows ein Gerät und taugt nicht als Dateiname; nehmen Sie eine andere Kennung.",
                en=f"“{id}” is a device on Windows and no name for a file; take another id.",
            ),
            2,
        )
    if plan.get(id) is not None or id in {each.id for each in plan.retired}:
        raise Refusal(
            text(
                de=f"Die Kennung „{id}“ ist oder war schon vergeben und wird nicht wieder verwendet.",
                en=f"The id “{id}” is or was taken and is not used again.",
            ),
            2,
        )


def put_entry(bench: Bench, where: entries.Home, entry: dict[str, Any]) -> str:
    file = where.file if where.key else f"{where.file}{entry['id']}.yaml"
    if bench.read(file) is None:
        from sozplan.repo.edit import blocks

        lines = blocks.mapping({where.key: [entry]} if where.key else entry, 0)
        bench.replace(file, ("\n".join(lines) + "\n").encode())
        return file
    page = bench.page(file)
    append(page, where.key or "", entry, order(type(bench.plan.roots[file])) if file in bench.plan.roots else ())
    return file


def append(page: Page, key: str, entry: dict[str, Any], keys: Sequence[str]) -> None:
    """As the last of a list of the file, which may not be there yet."""
    if page.at((key,)) is None:
        page.insert((key,), [entry], keys)
    elif page.value((key,)) is None:
        page.set((key,), [entry])
    else:
        page.append((key,), entry)
