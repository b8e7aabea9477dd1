"""The HTTP request that is being answered, with the user it comes from."""
from contextvars import ContextVar
from dataclasses import dataclass

_current = ContextVar("request")


@dataclass
class Call:
    http: object
    site: object
    sid: str
    user: str

    @property
    def address(self):
        return (self.http.headers.get("X-Forwarded-For") or self.http.remote_addr or "").split(",")[0].strip()


def request():
    return _current.get()


def make_current(call):
    return _current.set(call)
