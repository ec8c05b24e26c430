"""`sozplan resolve`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from sozplan.analysis import stamping
from sozplan.analysis.rulings import is_adopted, rulings
from sozplan.analysis.stamping import Slip
from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import Diagnostic, Severity, Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Entity, id_of, walk
from sozplan.model.resolutions import Resolution
from sozplan.model.stamps import STAMPS, EvidenceStamp, Stamp
from sozplan.repo import Loaded
from sozplan.rules import check
from sozplan.rules.words import day

HELP = both(
    "Hält fest, was ein Beschluss entschieden hat. Danach meldet „check“ jede Änderung daran, bis ein zuständiger "
    "neuer Beschluss sie deckt.\n\n"
    "Gestempelt wird nur, worüber der Beschluss entscheiden konnte; wer was entscheidet, steht in sozplan.yaml unter "
    "„authorities“. Mit --reason und --role wird ein Schreibversehen berichtigt.",
    "Records what a resolution decided. From then on “check” reports every change of it until a competent new "
    "resolution covers it.\n\n"
    "Stamped is only what the resolution could decide; who decides what stands in sozplan.yaml at “authorities”. With "
    "--reason and --role a slip of the pen is put right.",
)


def run(
    ctx: typer.Context,
    resolution: Annotated[
        str, typer.Argument(metavar="RESOLUTION", help=both("Kennung des Beschlusses.", "Id of the resolution."))
    ],
    entities: Annotated[
        list[str],
        typer.Argument(
            metavar="ENTITY", help=both("Kennungen dessen, was beschlossen ist.", "Ids of what is decided.")
        ),
    ],
    with_children: Annotated[
        bool | None,
        typer.Option(
            "--with-children/--without-children",
            help=both(
                "Auch alles, was darin steht; bei Plänen ohnehin, dort schaltet es --without-children ab.",
                "All that stands in it as well; with plans anyway, where --without-children turns it off.",
            ),
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=both("Warum es nur ein Versehen war.", "Why it was a slip only.")),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(metavar="ID", help=both("Stelle, die es verantwortet.", "Office that answers for it.")),
    ] = None,
) -> int:
    from sozplan.repo.planning import writing

    request: Request = ctx.obj
    _usage(request, reason, role)
    with writing(request.root):
        case, loaded = request.case()
        desk = _Desk(request, case, loaded, _resolution(case, resolution))
        slip = Slip(request.as_of, reason, _role(case, role)) if reason and role else None
        sys.stdout.write(desk.stamp(entities, with_children, slip).say(request.lang))
    return 0


def _usage(request: Request, reason: str | None, role: str | None) -> None:
    if request.rev is not None:
        raise Refusal(
            text(
                de="--rev: Gestempelt wird nur der Arbeitsstand.",
                en="--rev: only the work tree can be stamped.",
            ),
            2,
        )
    if bool(reason) != bool(role):
        raise Refusal(
            text(
                de="Eine Berichtigung braucht beides: --reason und --role.",
                en="A correction needs both: --reason and --role.",
            ),
            2,
        )


def _resolution(case: Case, id: str) -> Resolution:
    found = case.plan.find(id, Resolution)
    if found is None:
        raise Refusal(
            text(
                de=f"Den Beschluss „{id}“ gibt es nicht. Tragen Sie ihn zuerst unter plans/resolutions/ ein.",
                en=f"There is no resolution “{id}”. Enter it below plans/resolutions/ first.",
            ),
            2,
        )
    if not is_adopted(found) or found.date > case.as_of:
        what = found.outcome.label if found.date <= case.as_of else _AHEAD
        raise Refusal(
            text(
                de=f"Durch „{id}“ vom {day(found.date).de} ist nichts entschieden ({what.de}).",
                en=f"By “{id}” of {day(found.date).en} nothing is decided ({what.en}).",
            ),
            1,
        )
    return found


_AHEAD = text(de="der Tag ist noch nicht gekommen", en="that day has not come yet")


def _role(case: Case, role: str) -> str:
    if role not in {each.id for each in (*case.plan.actors, *case.plan.bodies)}:
        raise Refusal(
            text(de=f"--role: Die Stelle „{role}“ gibt es nicht.", en=f"--role: there is no office “{role}”."), 2
        )
    return role


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one resolution's stamps are made."""

    request: Request
    case: Case
    loaded: Loaded
    resolution: Resolution

    @property
    def path(self) -> str:
        """Of the file that holds its stamps already, else of a new one."""
        known = stamping.stamped(self.case.plan, self.resolution.id)
        return known.origin.file if known else f"{STAMPS}{self.resolution.id}.yaml"

    def stamp(self, ids: Sequence[str], with_children: bool | None, slip: Slip | None) -> Text:
        from sozplan.render.stamps import as_yaml
        from sozplan.repo.planning import put_planning, read_planning

        before = read_planning(self.request.root, self.path)
        found = (entity for id in ids for entity in self._subjects(id, with_children))
        chosen = list({id_of(entity): entity for entity in found}.values())
        findings = check(self.case, self.loaded.diagnostics).open
        self._faultless(chosen, findings)
        struck = [Stamp(entity=id, v=1) for id in ids if self.case.plan.get(id) is None]
        made = [*(stamping.stamp_of(self.case.plan, self.resolution, e) for e in chosen), *struck]
        former = stamping.stamped(self.case.plan, self.resolution.id)
        merged = stamping.merged(former, self.resolution.id, made, self._evidence(chosen))
        stamps = merged.stamps
        if merged.clash:
            stamps = stamps.model_copy(update={"stamps": self._corrections(stamps.stamps, made, merged.clash, slip)})
        put_planning(self.request.root, self.path, as_yaml(stamps).encode(), before=before)
        return self._told(made, findings)

    def _subjects(self, id: str, with_children: bool | None) -> Iterator[Entity]:
        plan = self.case.plan
        entity = plan.get(id)
        if entity is None:
            if not (id in rulings(plan) and id not in plan.muted and stamping.may_strike(plan, self.resolution, id)):
                raise Refusal(self._unknown(id), 2)
            return
        whole = isinstance(entity, AreaPlan) if with_children is None else with_children
        found = stamping.subjects(entity, whole)
        wrong = stamping.undecided(plan, self.resolution, (entity,) if entity in found else ())
        if wrong or len(stamping.undecided(plan, self.resolution, found)) == len(found):
            raise Refusal(self._incompetent(id), 1)
        if not stamping.was_put_before(plan, self.resolution, id):
            raise Refusal(self._not_named(id), 1)
        if (status := stamping.is_pending(plan, entity)) is not None:
            raise Refusal(
                text(
                    de=f"„{id}“ hat den Status „{status.label.de}“. Setzen Sie ihn auf „resolved“ und nennen Sie den "
                    "Beschluss, dann stempeln Sie.",
                    en=f"“{id}” has the status “{status.label.en}”. Set it to “resolved” and name the resolution, then "
                    "stamp.",
                ),
                1,
            )
        undecided = stamping.undecided(plan, self.resolution, found)
        yield from (each for each in found if id_of(each) not in undecided)

    def _unknown(self, id: str) -> Text:
        return text(
            de=f"„{id}“ gibt es nicht (oder die Datei dazu ist fehlerhaft: „sozplan check“).",
            en=f"There is no “{id}” (or its file is faulty: “sozplan check”).",
        )

    def _incompetent(self, id: str) -> Text:
        made = self.resolution
        return text(
            de=f"Der Beschluss „{made.id}“ ({made.kind.label.de}, „{made.body}“) kann über „{id}“ nichts entscheiden. "
            "Wer wofür zuständig ist, steht in sozplan.yaml unter „authorities“.",
            en=f"The resolution “{made.id}” ({made.kind.label.en}, “{made.body}”) can't decide anything on “{id}”. Who "
            "is competent for what stands in sozplan.yaml at “authorities”.",
        )

    def _not_named(self, id: str) -> Text:
        return text(
            de=f"Der Beschluss „{self.resolution.id}“ nennt „{id}“ nicht unter „subjects“. Ergänzen Sie es dort, wenn "
            "er darüber entschieden hat.",
            en=f"The resolution “{self.resolution.id}” doesn't name “{id}” at “subjects”. Add it there if it decided "
            "on it.",
        )

    def _faultless(self, chosen: Sequence[Entity], findings: Sequence[Diagnostic]) -> None:
        """What is stamped must be free of errors, but for the changes that the stamp is about to cover."""
        ids = {id for entity in chosen for each in walk(entity) if (id := id_of(each)) is not None}
        errors = [
            f for f in findings if f.severity is Severity.ERROR and f.entity in ids and f.code.id != "dec.changed"
        ]
        if errors:
            first = errors[0]
            more = len(errors) - 1
            where = f"{first.at.file}:{first.at.line}: {first.code.id}"
            raise Refusal(
                text(
                    de=f"Es gibt noch Fehler darin; gestempelt wird erst ohne. {where} {first.say('de')}"
                    + (f" Und {more} weitere: „sozplan check“." if more else ""),
                    en=f"There are still errors in it; it is stamped without them only. {where} {first.say('en')}"
                    + (f" And {more} more: “sozplan check”." if more else ""),
                ),
                1,
            )

    def _evidence(self, chosen: Sequence[Entity]) -> list[EvidenceStamp]:
        from sozplan.repo.digest import digest

        found = (
            stamping.evidence_of(self.case, entity, lambda path: digest(self.request.root / path)) for entity in chosen
        )
        return [each for each in found if each is not None]

    def _corrections(
        self, stamps: Sequence[Stamp], made: Sequence[Stamp], clash: Sequence[str], slip: Slip | None
    ) -> tuple[Stamp, ...]:
        now = {stamp.entity: stamp for stamp in made}
        if slip is None:
            raise Refusal(self._twice(clash), 1)
        for stamp in stamps:
            entity = self.case.plan.get(stamp.entity) if stamp.entity in clash else None
            wrong = stamping.uncorrectable(self.case.plan, stamp, now[stamp.entity], entity) if entity else ()
            if wrong or (stamp.entity in clash and entity is None):
                raise Refusal(self._no_slip(stamp.entity, wrong[0] if wrong else "id"), 1)
        return tuple(stamping.corrected(s, now[s.entity], slip) if s.entity in clash else s for s in stamps)

    def _twice(self, clash: Sequence[str]) -> Text:
        named = ", ".join(clash[:5]) + (" …" if len(clash) > 5 else "")
        return text(
            de=f"„{self.resolution.id}“ hat schon anders entschieden über: {named}. Was sich seither geändert hat, "
            "braucht einen neuen Beschluss; ein Schreibversehen berichtigen --reason und --role.",
            en=f"“{self.resolution.id}” has decided otherwise already on: {named}. What changed since needs a new "
            "resolution; a slip of the pen is put right by --reason and --role.",
        )

    def _no_slip(self, id: str, path: str) -> Text:
        return text(
            de=f"„{id}“: „{path}“ ist kein Schreibversehen. Zahlen, Tage, Verweise und Einträge ändert nur ein "
            f"Beschluss; war der erste Stempel falsch, löschen Sie ihn in {self.path} und stempeln neu.",
            en=f"“{id}”: “{path}” is no slip of the pen. Numbers, days, references and entries are changed by a "
            f"resolution only; if the first stamp was wrong, delete it in {self.path} and stamp anew.",
        )

    def _told(self, made: Sequence[Stamp], findings: Sequence[Diagnostic]) -> Text:
        """What was stamped, and what of it is new against what counted before."""
        german, english = [], []
        title = self.resolution.title
        german.append(f"{self.resolution.id}, {day(self.resolution.date).de}, {self.resolution.body}: {title}")
        english.append(f"{self.resolution.id}, {day(self.resolution.date).en}, {self.resolution.body}: {title}")
        for stamp in made:
            german.append(f"  {stamp.entity}: {_size(stamp).de}")
            english.append(f"  {stamp.entity}: {_size(stamp).en}")
            for finding in findings:
                change = finding.args.get("change")
                if finding.code.id == "dec.changed" and finding.args["subject"] == stamp.entity:
                    german.append(f"    {change.de if isinstance(change, Text) else change}")
                    english.append(f"    {change.en if isinstance(change, Text) else change}")
        german.append(f"{len(made)} {'Eintrag' if len(made) == 1 else 'Einträge'} gestempelt: {self.path}")
        english.append(f"{len(made)} {'entry' if len(made) == 1 else 'entries'} stamped: {self.path}")
        return Text("\n".join(german) + "\n", "\n".join(english) + "\n")


def _size(stamp: Stamp) -> Text:
    if not stamp.fields and not stamp.children:
        return text(de="gestrichen", en="struck out")
    fields, children = len(stamp.fields), len(stamp.children)
    de, en = f"{fields} {'Angabe' if fields == 1 else 'Angaben'}", f"{fields} {'field' if fields == 1 else 'fields'}"
    if children:
        de += f", {children} {'Bestandteil' if children == 1 else 'Bestandteile'}"
        en += f", {children} {'child' if children == 1 else 'children'}"
    return Text(de, en)
