"""That a file isn't changed, and why."""

from __future__ import annotations

from sozplan.diagnostics import Text, text


class EditRefused(Exception):
    """The file stays as it is; `text` says why."""

    def __init__(self, message: Text, code: int = 1) -> None:
        super().__init__(message.en)
        self.text, self.code = message, code


NOT_UNDERSTOOD = text(
    de="So, wie die Stelle geschrieben ist, lässt sie sich nicht sicher ändern; die Datei blieb, wie sie war. Ändern "
    "Sie die Stelle im Editor.",
    en="The way the place is written, it can't be changed safely; the file stayed as it was. Change it in an editor.",
)
