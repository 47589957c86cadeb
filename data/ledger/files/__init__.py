"""Bytes to cells and back: what a spreadsheet file holds, and how to write one safely."""
