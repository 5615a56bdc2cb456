"""gRPC calls over a bare socket: one at a time, or one that stays unfinished."""

import socket
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS, PING = 0, 1, 4, 6
ACK, END_STREAM, END_HEADERS = 0x1, 0x1, 0x4


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


def connect(address):
    host, port = address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), timeout=60)


def call(address, path, message):
    """One call over a connection of its own: the answer's message, and the headers that end it.

    The headers are HPACK as gRPC's server writes it: names and values of literals stand as they are.
    """
    with connect(address) as connection, connection.makefile("rb") as received:
        grpc_message = struct.pack(">BI", 0, len(message)) + message
        connection.sendall(PREFACE + frame(SETTINGS, 0, 0, b"")
                           + frame(HEADERS, END_HEADERS, 1, headers_of(path))
                           + frame(DATA, END_STREAM, 1, grpc_message))
        data = headers = b""
        flags = 0
        while not (headers and flags & END_STREAM):
            length, kind, flags, _ = struct.unpack(">IBBI", b"\0" + received.read(9))
            payload = received.read(length)
            if kind == DATA:
                data += payload
            elif kind == HEADERS:
                headers = payload
            else:
                flags = 0
    return data[5:], headers


class UnfinishedCall:
    """Once constructed, the server has read the headers. Ends with the `with` block."""

    def __init__(self, address, path):
        self.socket = connect(address)
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
