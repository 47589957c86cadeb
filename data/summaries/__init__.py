"""Small tables that pages read, rebuilt beside the ones being served."""
