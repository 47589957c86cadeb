"""Who is asking, and which rows that lets them see."""
