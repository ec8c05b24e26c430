"""The one door to libyaml: its events, one call each, without PyYAML's construction behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from yaml import events
from yaml._yaml import CParser

# Kinds of events, to be compared with `event.__class__`. They are `Any`, as the events are:
# the stubs call every mark optional, though libyaml always gives one.
ALIAS: Final[Any] = events.AliasEvent
MAPPING: Final[Any] = events.MappingStartEvent
MAPPING_END: Final[Any] = events.MappingEndEvent
SCALAR: Final[Any] = events.ScalarEvent
SEQUENCE: Final[Any] = events.SequenceStartEvent
SEQUENCE_END: Final[Any] = events.SequenceEndEvent
STREAM_END: Final[Any] = events.StreamEndEvent


def event_source(content: str) -> Callable[[], Any]:
    """A function that gives the next event."""
    return cast(Callable[[], Any], CParser(content).get_event)
