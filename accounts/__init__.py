"""People and their roles. Knows nothing of schools."""
