"""The peer of the fan-out: aiohttp alone posts one body to many hosts, nothing of ours around it.

`python -m hue.config.bench.posts BODY COUNT PORT …` says how many per CPU-second and per second.
"""

import asyncio
import sys
import time
from pathlib import Path

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from hue.config.bench.inboxes import HOSTS

AT_ONCE = 64


class _Here(AbstractResolver):
    async def resolve(self, host: str, port: int = 0, family: int = 2) -> list[ResolveResult]:
        found = {"hostname": host, "host": "127.0.0.1", "port": port}
        return [ResolveResult(**found, family=family, proto=0, flags=0)]  # type: ignore[typeddict-item]

    async def close(self) -> None: ...


async def main(body: bytes, count: int, ports: list[str]) -> None:
    free = asyncio.Semaphore(AT_ONCE)
    connector = aiohttp.TCPConnector(limit=0, resolver=_Here(), keepalive_timeout=2)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def post(number: int) -> None:
            url = f"https://b{number}.{HOSTS}:{ports[number % len(ports)]}/inbox"
            headers = {"Content-Type": "application/activity+json", "Digest": str(number)}
            async with free, session.post(url, data=body, headers=headers) as answer:
                assert answer.status == 202

        used, began = time.process_time(), time.monotonic()
        await asyncio.gather(*(post(number) for number in range(count)))
        print(count / (time.process_time() - used), count / (time.monotonic() - began))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_bytes(), int(sys.argv[2]), sys.argv[3:]))
