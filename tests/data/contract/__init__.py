"""The contract, compared with databases that keep it and databases that do not."""
