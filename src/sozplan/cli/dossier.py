"""What `index` writes into files: the dossier of an area, and the map."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from sozplan.analysis.ground import Territory
from sozplan.cli.options import Refusal, Request
from sozplan.cli.papers import Order, press
from sozplan.diagnostics import text
from sozplan.model.case import Case
from sozplan.render.colours import Design
from sozplan.render.dossier import dossier
from sozplan.render.index import View
from sozplan.render.index_pictures import area_map, outline
from sozplan.repo.output import write


def print_dossier(request: Request, case: Case, view: View, about: Territory, out: Path, *, force: bool) -> int:
    """The exit code."""
    if out.suffix not in {".pdf", ".html"}:
        raise Refusal(
            text(
                de=f"--out: Ein Dossier wird .pdf oder .html, nicht „{out.suffix or out.name}“.",
                en=f"--out: a dossier becomes .pdf or .html, not “{out.suffix or out.name}”.",
            ),
            code=2,
        )
    printing = press(request, force=force)
    atlas, code = request.atlas(case.plan, view.result.index.level, view.result.period.end)
    fill_in = partial(
        dossier, case, view, about, atlas, lang=request.lang, audience=request.audience, stamp=printing.stamp
    )
    return max(code, printing.all([Order(out.name, out, fill_in)]))


def draw(request: Request, case: Case, view: View, path: Path, *, force: bool) -> int:
    """The map alone, with the social areas that are designated; the exit code."""
    index = view.result.index
    atlas, code = request.atlas(case.plan, index.level, view.result.period.end)
    chosen = {id for areas in view.designated.values() for id in areas}
    design = Design(primary=case.plan.settings.design.primary, accent=case.plan.settings.design.accent)
    outlines = [outline(view, area) for area in case.plan.social_areas if area.id in chosen]
    picture = area_map(view, atlas, request.lang, outlines=outlines, design=design) if atlas else None
    if picture is None:
        raise Refusal(
            text(
                de=f"Eine Karte von „{index.id}“ gibt es nicht: Für die Ebene „{index.level}“ fehlen Grenzen "
                "(„boundaries“ in plans/territory/*.yaml) oder sind fehlerhaft, oder der Index bildet keine Klassen.",
                en=f"There is no map of “{index.id}”: borders of the level “{index.level}” are missing (“boundaries” "
                "in plans/territory/*.yaml) or faulty, or the index has no classes.",
            ),
            code=1,
        )
    write(path, picture.svg.encode(), root=request.root, force=force)
    sys.stdout.write(f"{picture.title}\n{path}\n")
    return code
