"""Tests of data/ledger/changes."""
