"""Tests of data/seals."""
