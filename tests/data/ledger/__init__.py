"""Tests of data/ledger."""
