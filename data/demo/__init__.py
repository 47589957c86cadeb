"""The demo campus: real places and colleges, everything else invented."""
