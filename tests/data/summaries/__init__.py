"""Summaries appear whole or not at all, and say what the rows they came from say."""
