"""A document as text: what stands around its content, and what goes with it into the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang
from sozplan.model.settings import Settings
from sozplan.render.colours import Design
from sozplan.render.html import Paper
from sozplan.render.pdf import Attachment
from sozplan.render.phrases import INTERNAL


@dataclass(frozen=True, slots=True)
class Stamp:
    """From which state of the repository, seen on which day, a document was made."""

    as_of: date
    commit: str | None = None
    """Abbreviated; None outside git."""
    dirty: bool = False
    version: str = ""
    """Of sozplan."""


@dataclass(frozen=True, slots=True)
class Html:
    """A finished document; `pictures` are paths of the repository, named in it by their last part."""

    text: str
    title: str
    lang: Lang
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[str, ...] = ()


def frame(
    settings: Settings, stamp: Stamp, title: str, *, draft: bool, audience: Audience, subtitle: str | None = None
) -> Paper:
    """What every page says: the municipality in its own colours, the day and the commit."""
    design = settings.design
    logo = PurePosixPath(design.logo).name if design.logo else None
    return Paper(
        title=title,
        subtitle=subtitle,
        municipality=settings.municipality.name,
        as_of=stamp.as_of,
        commit=stamp.commit,
        unsaved=stamp.dirty,
        draft=draft,
        restricted=INTERNAL if audience is Audience.INTERNAL else None,
        logo_alt=design.logo_alt,
        design=Design(primary=design.primary, accent=design.accent, logo=logo),
    )


def pictures(settings: Settings) -> tuple[str, ...]:
    return (settings.design.logo,) if settings.design.logo else ()
