"""Hundreds of ledgers as colleges write them, clean or with faults whose place is known."""
