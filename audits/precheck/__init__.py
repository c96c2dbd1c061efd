"""What the inventory alone lets expect of the requirements of an edition. A hint before a visit, never an answer.

Three values throughout: an unknown input gives `unknown`, never a pass; one input that fails gives `not met`, even
where others are unknown. So whoever leaves something out of the inventory never gains by it.
"""

from audits.precheck.expectations import Expected, Gap, Report, expectations, expectations_of, gaps, report
from audits.precheck.frozen import expected_in, freeze
from audits.precheck.inventory import Inventory, inventory_of

__all__ = [
    "Expected",
    "Gap",
    "Inventory",
    "Report",
    "expectations",
    "expectations_of",
    "expected_in",
    "freeze",
    "gaps",
    "inventory_of",
    "report",
]
