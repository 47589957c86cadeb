"""Tests of data/ledger/giving."""
