"""What many ask of the same plan or case, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Remembering(Protocol):
    """What doesn't change, so that an answer about it stays true."""

    @property
    def memory(self) -> dict[object, Any]: ...


R = TypeVar("R", bound=Remembering)
P = ParamSpec("P")
T = TypeVar("T")


def once(answer: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Keeps each answer with what it is about; the same arguments are never worked out twice.

    For answers that nobody changes, on arguments that are quickly compared: ids rather than entities.
    """

    @wraps(answer)
    def remembered(about: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
        memory = about.memory
        question = (answer, args, *kwargs.items())
        try:
            found: T = memory[question]
        except KeyError:
            found = memory[question] = answer(about, *args, **kwargs)
        return found

    return remembered
