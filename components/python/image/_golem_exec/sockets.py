"""The reason why there is no network, in the error of everything that would use it."""

import socket
from errno import EACCES

_REASON = "Permission denied: programs have no network here"
_Socket = socket.socket
_make = _Socket.__init__
_resolve = socket.getaddrinfo


def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
    try:
        return _make(self, family, type, proto, fileno)
    except PermissionError:
        pass
    raise PermissionError(EACCES, _REASON)


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    try:
        return _resolve(host, port, family, type, proto, flags)
    except PermissionError:
        pass
    raise PermissionError(EACCES, _REASON)


def install():
    __init__.__qualname__ = "socket.__init__"
    for function in (__init__, getaddrinfo):
        function.__module__ = "socket"
    _Socket.__init__ = __init__
    socket.getaddrinfo = getaddrinfo
