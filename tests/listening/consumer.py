"""`python -m tests.listening.consumer SERVER NUMBER FILE`: one consumer, until it is killed."""

import asyncio
import sys
from pathlib import Path

from hue.listening import stream
from hue.listening.engine import Gazetteer

if __name__ == "__main__":
    server, number, file = sys.argv[1:]
    asyncio.run(stream.consume(server, int(number), Path(file), Gazetteer(())))
