"""Tests of data/ledger/files."""
