"""Drawings and files."""
