"""Tables that come in and go out: imports with a dry run and an undo, exports made by a worker."""
