"""What it means: metric definitions beside their SELECTs, a module per domain."""
