"""Models, access, summaries, imports."""
