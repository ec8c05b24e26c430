"""`sozplan add`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from sozplan.cli.bench import DRY_RUN, FORCE, Bench, Wishes, editing
from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import text
from sozplan.model.entity import Entity
from sozplan.model.resolutions import Resolution
from sozplan.repo.edit import entries
from sozplan.repo.edit.blocks import Name
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.sections import assignments, built, field_at, order, ordered
from sozplan.repo.edit.typed import Kind, is_id, kind_of

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
    with editing(request) as bench:
        where = entries.home(bench.plan, kind.value, to, dict(said))
        made: dict[str, Any] = built(where.cls, said)
        complete(bench, where.cls, made, leave=("id", "steps", *_HABITUAL))
        if where.cls is Resolution:
            where = entries.home(bench.plan, kind.value, to, {"date": str(made["date"])})
        made["id"] = Name(_id(bench, id) or entries.id_for(bench.plan, where, made))
        entry = ordered(entries.with_habits(where, made), where.cls)
        file = put_entry(bench, where, entry)
        label = entries.label(kind.value)
        done = text(
            de=f"{label.de} „{made['id']}“ angelegt in {file}.", en=f"{label.en} “{made['id']}” made in {file}."
        )
        return bench.settle(Wishes(dry_run, force), done)


_HABITUAL = ("commitment", "budget_reservation")


def complete(bench: Bench, cls: type[Entity], made: dict[str, Any], leave: Sequence[str]) -> None:
    """Asks for what an entry must have; where nobody can answer, says what is missing."""
    lacking = [(key, kind) for key, kind in entries.missing(cls, made) if key not in leave]
    if not lacking:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refusal(_lacking(bench, cls, lacking), 2)
    for key, _ in lacking:
        made[key] = _asked(bench, cls, key)


def _asked(bench: Bench, cls: type[Entity], key: str) -> object:
    """An answer that the field takes; what it doesn't take is explained and asked for again."""
    while True:
        said = ask(bench, cls, key)
        try:
            return built(cls, [(key, said)])[key]
        except EditRefused as refused:
            sys.stdout.write(f"{refused.text.say(bench.request.lang)}\n")


def ask(bench: Bench, cls: type[Entity], field: str) -> str:
    """What somebody answers at the terminal, having been told what the field is for and what it takes."""
    from sozplan.render.offers import described

    around, key = field_at(cls, field)
    kind = kind_of(around, key)
    sys.stdout.write(described(bench.plan, around, key, None, kind.choices, bench.request.lang))
    said: str = typer.prompt(kind.label.say(bench.request.lang), default="", show_default=False)
    return said


def _lacking(bench: Bench, cls: type[Entity], lacking: Sequence[tuple[str, Kind]]) -> Any:
    from sozplan.render.offers import short

    german = "".join(
        f"\n  {key}=…  {kind.label.de}{short(bench.plan, cls, key, kind.choices, 'de')}" for key, kind in lacking
    )
    english = "".join(
        f"\n  {key}=…  {kind.label.en}{short(bench.plan, cls, key, kind.choices, 'en')}" for key, kind in lacking
    )
    return text(de=f"Es fehlt noch:{german}", en=f"Still missing:{english}")


def _id(bench: Bench, id: str | None) -> str | None:
    if id is not None:
        refuse_taken(bench, id)
    return id


def refuse_taken(bench: Bench, id: str) -> None:
    """An id is well formed, free, and was never used before."""
    if not is_id(id):
        raise Refusal(
            text(
                de=f"„{id}“ ist keine Kennung: Kleinbuchstaben, Ziffern und Bindestriche, vorn ein Buchstabe.",
                en=f"“{id}” is no id: lower-case letters, digits and hyphens are allowed, a letter first.",
            ),
            2,
        )
    if bench.plan.get(id) is not None or id in {each.id for each in bench.plan.retired}:
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
