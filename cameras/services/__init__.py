"""Acts on the inventory. Each is in the history of the register and tells the areas whose figures it touches.

Who may: the school itself and its department; inspectors report conditions only. Days people state may lie in the past,
never in the future. Figures follow from the day of the act on: those of past days stay as they were.

Every act that changes one thing takes `expects`, the version the person saw: Outdated if it is another by now.
"""

from cameras.services.cameras import correct, install
from cameras.services.conditions import report_condition, report_conditions
from cameras.services.connections import connect, disconnect
from cameras.services.moves import relocate, remove, replace
from cameras.services.systems import correct_system, decommission, install_system

__all__ = [
    "connect",
    "correct",
    "correct_system",
    "decommission",
    "disconnect",
    "install",
    "install_system",
    "relocate",
    "remove",
    "replace",
    "report_condition",
    "report_conditions",
]
