"""The one vocabulary for narrowing lists: page, API, map and export use the same."""

from audits.filters.audits import AuditFilterSet
from audits.filters.schools import BEHIND, SchoolFilterSet, knows_violations, matching, query_behind
from audits.filters.violations import ViolationFilterSet

__all__ = [
    "BEHIND",
    "AuditFilterSet",
    "SchoolFilterSet",
    "ViolationFilterSet",
    "knows_violations",
    "matching",
    "query_behind",
]
