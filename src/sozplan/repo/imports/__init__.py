"""Statistics exports to observations: read by a profile, checked, and written beside what is there."""

from __future__ import annotations

from sozplan.repo.imports.run import Wishes, run_import

__all__ = ("Wishes", "run_import")
