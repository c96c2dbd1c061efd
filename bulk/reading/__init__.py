"""From the file of a person to rows of a kind, with every problem that reading meets."""
