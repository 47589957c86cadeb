"""What the numbers mean, worked out by hand."""
