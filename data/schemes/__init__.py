"""Evaluation schemes: versioned TOML files, and what they say once they are read."""
