"""What `report` and `handbook` share: stamp, pictures and templates, the processes, and the file in the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sozplan import __version__
from sozplan.cli.bounds import within
from sozplan.cli.failures import Failure, complain, failure_of
from sozplan.cli.options import Refusal, Request
from sozplan.cli.progress import progress
from sozplan.cli.workers import Call, Workers, cores
from sozplan.diagnostics import Text, text
from sozplan.render.document import Html, Stamp
from sozplan.render.footnotes import gathered
from sozplan.render.html import TemplateRefused
from sozplan.render.resources import Resources, embedded, image
from sozplan.repo.limits import LIMITS
from sozplan.repo.output import write

if TYPE_CHECKING:
    from sozplan.render.pdf import Attachment
    from sozplan.render.word.document import Sheet

_TEMPLATES = "templates/"


class Order(NamedTuple):
    """A document to make: what people call it, where it goes, and who fills it in."""

    name: str
    target: Path
    make: Callable[[], Html]
    sheet: Sheet | None = None
    """What a file of Word needs besides."""


class _Made(NamedTuple):
    """A finished file, with the tables that lie beside it where they can't lie in it."""

    content: bytes
    beside: tuple[Attachment, ...] = ()


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

    def all(self, orders: Sequence[Order], jobs: int | None = None) -> int:
        """Makes every document that can be made and names the others; the exit code.

        They are filled in here, one after the other, while `jobs` processes typeset those that are filled in already.
        The files appear in the order of the orders, so that nobody sees how many processes there were.
        """
        count = max(1, min(jobs or cores(), len(orders)))
        failed: list[tuple[str, Failure]] = []
        with Workers(count) as workers, progress(len(orders)) as step:
            answers = [self._begun(workers, order) for order in orders]
            for order, answer in zip(orders, answers, strict=True):
                made = answer()
                failure = made if isinstance(made, Failure) else self._written(order, made)
                step(order.name)
                if failure is not None:
                    failed.append((order.name, failure))
                else:
                    sys.stdout.write(f"{order.target}\n")
        return self._told(failed, alone=len(failed) == len(orders))

    def _begun(self, workers: Workers, order: Order) -> Callable[[], _Made | Failure]:
        try:
            document = within(LIMITS, order.make)
            if order.target.suffix == ".html":
                page = gathered(embedded(document.text, self._resources(document))).encode()
                return lambda: _Made(page, document.attachments)
            answer = workers.submit(self._typesetting(document, order.sheet))
        except Exception as error:
            return partial(failure_of, error)
        beside = document.attachments if order.sheet is not None else ()

        def made() -> _Made | Failure:
            found = answer.result()
            return found if isinstance(found, Failure) else _Made(found, beside)

        return made

    def _written(self, order: Order, made: _Made) -> Failure | None:
        root, force = self.request.root, self.force
        try:
            write(order.target, made.content, root=root, force=force)
            for each in made.beside:
                table = order.target.parent / each.name
                write(table, each.content, root=root, force=force, like=each.content.partition(b"\n")[0])
        except Exception as error:
            return failure_of(error)
        return None

    def _typesetting(self, document: Html, sheet: Sheet | None) -> Call:
        if sheet is not None:
            from sozplan.render.word.document import docx

            return partial(docx, document, sheet, created=self.made, resources=self._resources(document))
        from sozplan.render.pdf import pdf

        return partial(
            pdf,
            document.text,
            title=document.title,
            lang=document.lang,
            created=self.made,
            resources=self._resources(document),
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

    def _told(self, failed: Sequence[tuple[str, Failure]], *, alone: bool) -> int:
        """Says what failed, with its name; what hindered all of them is said once."""
        for message in _messages(failed, alone=alone):
            complain(message, self.request.lang, 0)
        if self.request.debug:
            sys.stderr.writelines(each.trace for _, each in failed)
        return max((each.code for _, each in failed), default=0)


def _messages(failed: Sequence[tuple[str, Failure]], *, alone: bool) -> Iterator[Text]:
    if alone and len({each.message for _, each in failed}) == 1:
        yield failed[0][1].message
        return
    for name, each in failed:
        yield text(de=f"{name}: {each.message.de}", en=f"{name}: {each.message.en}")


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
