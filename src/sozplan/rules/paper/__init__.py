"""Rules of council papers: what a session can't do without, and what would look wrong in print."""

from __future__ import annotations

from sozplan.rules.paper import content, head, markup

RULES = (*head.RULES, *content.RULES, *markup.RULES)
