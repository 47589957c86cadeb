"""What must hold; the folders mirror the source."""
