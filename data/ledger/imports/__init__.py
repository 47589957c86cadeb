"""One import from upload to undo: its state, its process, its command line."""
