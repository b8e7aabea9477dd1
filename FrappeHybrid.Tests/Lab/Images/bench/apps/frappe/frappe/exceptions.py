"""The errors whose names are part of the contract: they end tracebacks and name themselves in API answers."""
from werkzeug.exceptions import NotFound


class IncorrectSitePath(NotFound):
    def __init__(self, site):
        super().__init__(f"{site} does not exist")


class InvalidDatabaseFile(Exception):
    pass


class DuplicateEntryError(NameError):
    pass


class DoesNotExistError(ValueError):
    http_status = 404


class ValidationError(ValueError):
    http_status = 417


class AuthenticationError(Exception):
    http_status = 401


class PermissionError(Exception):
    http_status = 403


class SessionStopped(Exception):
    http_status = 503


class InReadOnlyMode(ValidationError):
    http_status = 503


class PatchError(Exception):
    pass
