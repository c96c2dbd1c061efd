"""Acts on the register of schools. Nothing that was counted is deleted; each act is kept in the history.

Every act may be given `expects`, the version the person saw: Outdated if the record was changed since.
"""

from schools.services.moves import cancel_move, move
from schools.services.record import confirm, correct, rename
from schools.services.registration import register
from schools.services.roll import cancel_closing, close, merge

__all__ = ["cancel_closing", "cancel_move", "close", "confirm", "correct", "merge", "move", "register", "rename"]
