"""Building footprints: reading, repair, matching and import."""
