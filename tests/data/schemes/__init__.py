"""Evaluation schemes: what reading one takes and what it refuses."""
