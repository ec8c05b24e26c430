"""What `report` and `handbook` share: the stamp, the pictures, the templates, and the file in the end."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sozplan import __version__
from sozplan.cli.options import Refusal, Request
from sozplan.diagnostics import text
from sozplan.render.document import Html, Stamp
from sozplan.render.html import TemplateRefused
from sozplan.render.resources import Resources, image
from sozplan.repo.output import write

if TYPE_CHECKING:
    from sozplan.render.word.document import Sheet

_TEMPLATES = "templates/"


@dataclass(frozen=True, slots=True)
class Press:
    """Makes files of documents, all from the same state of the repository."""

    request: Request
    force: bool
    stamp: Stamp
    made: date

    def overrides(self, trusted: bool) -> dict[str, str] | None:
        """The municipality's own templates, and only where the user trusts them."""
        if not trusted:
            return None
        found = self.request.folder(_TEMPLATES)
        sources = {path.removeprefix(_TEMPLATES): data for path, data in found.items() if path.endswith(".j2")}
        return {name: _decoded(name, data) for name, data in sources.items()}

    def office_template(self, trusted: bool) -> bytes | None:
        """The municipality's own template of Word, on the same condition."""
        return self.request.file(f"{_TEMPLATES}report.docx") if trusted else None

    def put_word(self, document: Html, path: Path, sheet: Sheet) -> None:
        """Writes the document for Word, and beside it what a PDF has inside: the table of its figures."""
        from sozplan.render.word.document import docx

        made = docx(document, sheet, created=self.made, resources=self._resources(document))
        self._write(path, made)
        for each in document.attachments:
            table = path.parent / each.name
            write(table, each.content, root=self.request.root, force=self.force, like=each.content.partition(b"\n")[0])

    def put(self, document: Html, path: Path) -> None:
        """Writes the document as PDF or, by the ending, as HTML."""
        self._write(path, self._bytes(document, path))

    def _write(self, path: Path, content: bytes) -> None:
        write(path, content, root=self.request.root, force=self.force)

    def _bytes(self, document: Html, path: Path) -> bytes:
        resources = self._resources(document)
        if path.suffix == ".html":
            from sozplan.render.resources import embedded

            return embedded(document.text, resources).encode()
        from sozplan.render.pdf import pdf

        return pdf(
            document.text,
            title=document.title,
            lang=document.lang,
            created=self.made,
            resources=resources,
            attachments=document.attachments,
        )

    def _resources(self, document: Html) -> Resources:
        return Resources({Path(path).name: image(Path(path).name, self._picture(path)) for path in document.pictures})

    def _picture(self, path: str) -> bytes:
        found = self.request.file(path)
        if found is None:
            raise Refusal(
                text(
                    de=f"Das Bild „{path}“ gibt es im Repository nicht, oder es ist keine lesbare Datei.",
                    en=f"There is no picture “{path}” in the repository, or it is no readable file.",
                ),
                code=1,
            )
        return found


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TemplateRefused(name, line, text(de="sie ist nicht in UTF-8.", en="it is not UTF-8.")) from None


def press(request: Request, *, force: bool) -> Press:
    """Looks up the commit; a paper's own date is that of its as-of day, so that it can be made again."""
    from sozplan.repo.git import resolve
    from sozplan.repo.provenance import provenance

    commit = resolve(request.root, request.rev, os.environ) if request.rev else None
    found = provenance(request.root, commit, os.environ)
    stamp = Stamp(
        as_of=request.as_of,
        commit=found.commit[:10] if found else None,
        dirty=found.is_modified if found else False,
        version=__version__,
    )
    return Press(request, force, stamp, request.as_of)
