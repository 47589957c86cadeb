"""Sealed evaluations: their one byte form, how they are kept, and how they are verified."""
