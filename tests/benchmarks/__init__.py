"""How fast, how large: measured and reported, never judged."""
