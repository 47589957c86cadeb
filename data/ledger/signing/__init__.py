"""Sign-in lists of activities, read into attendance: who came, when, and who is not known."""
