"""Sign-in, sessions, and what an account may see."""
