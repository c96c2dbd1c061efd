"""The roll: regions, districts, schools, where each school was placed when, and who serves which area."""
