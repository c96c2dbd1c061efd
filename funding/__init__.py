"""Money spent on systems because of audits."""
