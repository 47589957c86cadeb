"""Cells to rows: which ledger a sheet is, and what its headings, dates and names mean."""
