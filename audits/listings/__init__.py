"""The lists of this app as they leave it: on a page, on the map and as files, always the same rows."""

from audits.listings.areas import AreaListing
from audits.listings.audits import AuditListing
from audits.listings.schools import SchoolListing, with_words
from audits.listings.violations import ViolationListing

__all__ = ["AreaListing", "AuditListing", "SchoolListing", "ViolationListing", "with_words"]
