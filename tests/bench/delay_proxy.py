#!/usr/bin/python3
"""A TCP proxy on loopback that adds latency and nothing else: bytes that came in leave after DELAY ms,
in order, however many are on their way. usage: delay_proxy.py TARGET-PORT DELAY-MS; prints its port."""
import asyncio
import collections
import contextlib
import sys

IN_FLIGHT = 64 * 1024 * 1024  # bytes on their way in one direction: far above 30 ms of loopback


class Wire:
    """One direction of a connection."""

    def __init__(self, reader, writer, delay):
        self.reader, self.writer, self.delay = reader, writer, delay
        self.pieces = collections.deque()
        self.bytes = 0
        self.changed = asyncio.Condition()

    async def take(self):
        while True:
            try:
                data = await self.reader.read(256 * 1024)
            except OSError:
                data = b""
            async with self.changed:
                await self.changed.wait_for(lambda: self.bytes < IN_FLIGHT)
                self.pieces.append((asyncio.get_running_loop().time() + self.delay, data))
                self.bytes += len(data)
                self.changed.notify_all()
            if not data:
                return

    async def give(self):
        loop = asyncio.get_running_loop()
        while True:
            async with self.changed:
                await self.changed.wait_for(lambda: self.pieces)
                due, data = self.pieces.popleft()
                self.bytes -= len(data)
                self.changed.notify_all()
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            if not data:
                self.writer.close()
                return
            self.writer.write(data)
            await self.writer.drain()


async def serve(target, delay):
    async def connection(reader, writer):
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", target)
        wires = (Wire(reader, there_writer, delay), Wire(there_reader, writer, delay))
        with contextlib.suppress(OSError):
            await asyncio.gather(*(w.take() for w in wires), *(w.give() for w in wires))
        for end in (writer, there_writer):
            end.close()

    server = await asyncio.start_server(connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
