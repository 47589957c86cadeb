"""Ledgers (台账): Excel and CSV in, checked whole, written whole or not at all."""
