"""The lists of this app as they leave it: on a page, on the map and as files, always the same rows."""

from audits.listings.schools import SchoolListing, in_words, with_words

__all__ = ["SchoolListing", "in_words", "with_words"]
