"""The search of a page that somebody opens in a browser: one script within the page, allowed by its hash alone.

The script is ours and the same in every page. It reads what the page shows and writes text, never markup; the policy
beside it forbids every other script and every request, so that a page works from a memory stick and tells nobody.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

_FILE = "templates/handbook/search.js"


@dataclass(frozen=True, slots=True)
class Script:
    """The code as it stands in the page, and the policy that lets nothing else run."""

    code: Markup
    policy: str


def script() -> Script:
    code = (files("sozplan") / _FILE).read_text(encoding="utf-8")
    digest = b64encode(sha256(code.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return Script(Markup(code), policy)  # noqa: S704
