"""What files may say of the roll: schools and their placements. One module, one kind of rows."""

from schools.imports import placements, schools

__all__ = ["placements", "schools"]
