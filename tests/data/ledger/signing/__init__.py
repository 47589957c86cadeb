"""Sign-in lists of activities: each kind of list, each kind of row that does not fit."""
