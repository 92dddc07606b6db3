"""A mail server as bare as it can be: `python -m hue.config.bench.mailbox PORT`.

It takes any letter. On the port above it says, to whoever connects, to how many different people
letters came, and how many letters.
"""

import asyncio
import contextlib
import sys

ANSWERS = {
    b"EHLO": b"250-bench\r\n250-8BITMIME\r\n250 PIPELINING\r\n",
    b"QUIT": b"221 bye\r\n",
}


class Mailbox:
    def __init__(self) -> None:
        self._to: set[bytes] = set()
        self._letters = 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 bench\r\n")
        to = b""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    writer.write(b"354 go on\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                    self._to.add(to)
                    self._letters += 1
                elif verb == b"RCPT":
                    to = line.strip()
                writer.write(ANSWERS.get(verb, b"250 ok\r\n"))
        writer.close()

    async def tell(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{len(self._to)} {self._letters}\n".encode())
        await writer.drain()
        writer.close()


async def main(port: int) -> None:
    box = Mailbox()
    await asyncio.start_server(box.take, "127.0.0.1", port)
    await asyncio.start_server(box.tell, "127.0.0.1", port + 1)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
