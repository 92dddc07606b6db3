"""What was verified is stored by the handful, and answered once it is safe."""

import asyncio
from collections.abc import Callable

from hue.fediverse.actions.take import Taken

A_HANDFUL = 500


class Intake:
    """`keep` stores a handful in one transaction; it may run beside the event loop."""

    def __init__(self, keep: Callable[[list[Taken]], "asyncio.Future[None]"]) -> None:
        self._keep = keep
        self._waiting: list[tuple[Taken, asyncio.Future[None]]] = []
        self._working: asyncio.Task[None] | None = None

    async def take(self, taken: Taken) -> None:
        """Returns when it is committed. Who comes while one handful is stored is in the next."""
        safe: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((taken, safe))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        await safe

    async def _work(self) -> None:
        while self._waiting:
            handful, self._waiting = self._waiting[:A_HANDFUL], self._waiting[A_HANDFUL:]
            kept = self._keep([taken for taken, _ in handful])
            await asyncio.wait([kept])
            for _, safe in handful:
                _pass_on(kept, safe)
        self._working = None


def _pass_on(kept: "asyncio.Future[None]", safe: "asyncio.Future[None]") -> None:
    if safe.done():  # whoever sent it went away
        return
    if trouble := kept.exception():
        safe.set_exception(trouble)
    else:
        safe.set_result(None)
