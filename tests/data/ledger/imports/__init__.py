"""Tests of data/ledger/imports."""
