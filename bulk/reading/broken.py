"""What may be wrong with a file as a whole."""

from bulk.kinds import Problem


class Broken(Exception):
    """The file cannot be read at all. The problems say why and what to do, in the language of the person."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problem.message for problem in problems))


def broken(message: str, row: int | None = None) -> Broken:
    return Broken(Problem(row, "", message))
