"""The same blocks as files; writers take frames that are already filtered and authorised."""
