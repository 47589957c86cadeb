"""The row checks that need more than one model to say, a module per domain."""
