"""Errors that services raise and that the edges (pages, API, commands) know how to say."""

from collections.abc import Sequence


class Refused(Exception):
    """A service declined an act; `problems` are sentences in the language of the person, all at once."""

    code = "refused"

    def __init__(self, *problems: object) -> None:
        self.problems: Sequence[str] = [str(problem) for problem in problems]
        super().__init__(" ".join(self.problems))


class Conflict(Refused):
    """Well asked, but the thing is not in a state that allows it (any more): 409."""

    code = "conflict"


class Invalid(Refused):
    """What was sent cannot be right in any state: 400 in the API, 422 on a page."""

    code = "invalid"
