"""Errors that services raise and that the edges (pages, API, commands) know how to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


class Problem(str):
    """A sentence that knows which of the values sent it is about: `Problem(text, "cameras.3.zone")`.

    `code` is for programs; blank, it is that of the refusal. `alone` is the sentence for a place that names the value
    already, the label before an input for example.
    """

    path: str
    code: str
    alone: str

    def __new__(cls, text: object, path: str, code: str = "", *, alone: object = None) -> "Problem":
        problem = super().__new__(cls, str(text))
        problem.path, problem.code, problem.alone = path, code, str(text if alone is None else alone)
        return problem


class Refused(Exception):
    """A service declined an act; `problems` are sentences in the language of the person, all at once.

    A problem of one value is a Problem, which says where it is.
    """

    code = "refused"

    def __init__(self, *problems: object) -> None:
        self.problems: Sequence[str] = [p if isinstance(p, Problem) else str(p) for p in problems]
        super().__init__(" ".join(self.problems))


class Conflict(Refused):
    """Well asked, but the thing is not in a state that allows it (any more): 409."""

    code = "conflict"


class Invalid(Refused):
    """What was sent cannot be right in any state: 400 in the API, 422 on a page."""

    code = "invalid"


@dataclass(frozen=True)
class Difference:
    """A field that another person changed meanwhile: its name in code and in words, both values in words."""

    field: str
    label: str
    was: str
    became: str
    by: str
    at: datetime


class Outdated(Conflict):
    """The person saw an older version. Nothing was written; `differences` say what is different now: 412, or 409."""

    code = "outdated"

    def __init__(self, problem: object, *, version: int, differences: Sequence[Difference]) -> None:
        super().__init__(problem)
        self.version = version
        self.differences = differences
