"""What files may say of equipment: systems and cameras. One module, one kind of rows."""

from cameras.imports import cameras, systems

__all__ = ["cameras", "systems"]
