"""What the environment says of the database in which somebody else keeps observations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

PERMITTED, USER, PASSWORD = "SOZPLAN_WAREHOUSE", "SOZPLAN_WAREHOUSE_USER", "SOZPLAN_WAREHOUSE_PASSWORD"
"""What the environment says; nothing of it stands in a repository."""


class Access(NamedTuple):
    """The one address that may be opened, and as whom.

    A repository names an address too; only where both agree is anything opened, so that a proposed change can't have
    the credentials of the machine that checks it sent elsewhere.
    """

    permitted: str | None = None
    user: str | None = None
    password: str | None = None

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Access:
        return cls(*(environ.get(name) or None for name in (PERMITTED, USER, PASSWORD)))


NOWHERE = Access()
