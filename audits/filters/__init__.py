"""The one vocabulary for narrowing lists: page, API, map and export use the same."""

from audits.filters.audits import AuditFilterSet, compared_query
from audits.filters.schools import BEHIND, OF_VIOLATIONS, SchoolFilterSet, knows_violations, matching, query_behind
from audits.filters.violations import ViolationFilterSet

__all__ = [
    "BEHIND",
    "OF_VIOLATIONS",
    "AuditFilterSet",
    "SchoolFilterSet",
    "ViolationFilterSet",
    "compared_query",
    "knows_violations",
    "matching",
    "query_behind",
]
