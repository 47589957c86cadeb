"""Errors a user can act on; everything else is a bug and may crash."""


class DashboardError(Exception):
    """Base of every error whose message is safe to show on a page or a terminal."""


class InvalidFilter(DashboardError):
    """A URL asked for a slice that does not exist."""


class InvalidSetting(DashboardError):
    """The server was started with a configuration that cannot work."""


class NotAllowed(DashboardError):
    """The viewer asked for something outside their role or scope."""


class NoData(DashboardError):
    """The database is empty, or has never been refreshed."""


class RefreshBusy(DashboardError):
    """Another refresh holds the lease."""


class InvalidScheme(DashboardError):
    """A file with an evaluation scheme says something that cannot be carried out."""
