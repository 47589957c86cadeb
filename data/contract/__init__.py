"""The contract compared with a real database, and written out as documentation."""
