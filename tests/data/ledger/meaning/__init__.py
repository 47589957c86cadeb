"""Tests of data/ledger/meaning."""
