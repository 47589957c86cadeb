"""Blocks that are real text and links on the page: cards, lists, floors, rooms."""
