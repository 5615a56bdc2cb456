"""A gRPC call that stays unfinished: its headers are sent, its message never is."""

import socket
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEADERS, SETTINGS, PING = 1, 4, 6
ACK, END_HEADERS = 0x1, 0x4


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def text(value):
    """A string of HPACK (RFC 7541, 5.2), shorter than 127 bytes."""
    return bytes([len(value)]) + value.encode()


def headers_of(path):
    """HPACK: `:method: POST` and `:scheme: http` of the static table, the others as literals."""
    return (b"\x83\x86" + b"\x04" + text(path) + b"\x01" + text("localhost")
            + b"\x00" + text("content-type") + text("application/grpc")
            + b"\x00" + text("te") + text("trailers"))


class UnfinishedCall:
    """Once constructed, the server has read the headers. Ends with the `with` block."""

    def __init__(self, address, path):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=60)
        self.socket.sendall(PREFACE + frame(SETTINGS, 0, 0, b"")
                            + frame(HEADERS, END_HEADERS, 1, headers_of(path))
                            + frame(PING, 0, 0, b"headers?"))
        # Frames are read in their order, so the answer to the ping stands for the headers, too.
        received = b""
        while frame(PING, ACK, 0, b"headers?") not in received:
            chunk = self.socket.recv(4096)
            if not chunk:
                raise AssertionError(f"the server has closed the connection after {received!r}")
            received += chunk

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
