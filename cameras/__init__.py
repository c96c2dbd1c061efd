"""What is installed: camera systems, their cameras, and the dated conditions of each camera."""
