"""Rows to the database: what would change, whether it may, writing it, and taking it back."""
