"""`hue work`: one worker; as many of them as there are jobs to be done."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from hue.lib import memory


class Command(BaseCommand):
    help = "Runs the jobs that the desk and the clock leave: publishing, pages, reminders."

    def handle(self, *args: Any, **options: Any) -> None:
        memory.few_pools()
        connector: Any = app.connector
        with app.replace_connector(connector.get_worker_connector()):
            asyncio.run(self._work())

    async def _work(self) -> None:
        async with app.open_async():
            await app.run_worker_async()
