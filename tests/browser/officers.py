"""What officers do meanwhile, in a process of their own."""

import json
from dataclasses import dataclass

from tests.box import Box

EVENT = "/events/bsp24/"
_BEFORE = """
import json
from hue.lib import clock
from hue.people.models import Officer
from hue.events.models import LiveEvent
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
at = clock.now()
amina = Officer.objects.get(username="pcso-amina-yusuf")
chief = Officer.objects.filter(roles__contains=["communications"]).earliest("pk")
event = LiveEvent.objects.get(hashtag="bsp24")
"""


@dataclass
class Officers:
    """Publish, correct and withdraw through the actions, as the desk would."""

    box: Box

    def publish(self, *texts: str) -> list[str]:
        """The ids of the posts; each is on disk when this returns."""
        made: list[str] = json.loads(
            self._do(
                f"texts = {texts!r}\n"
                "print(json.dumps([actions.compose(by=amina, at=at, "
                "draft=Draft(text, event=event)).pk for text in texts]))"
            )
        )
        self.box.until(lambda: all(self.box.get(f"/posts/{i}/").status_code == 200 for i in made))
        return made

    def correct(self, post: str, text: str, reason: str) -> None:
        self._do(
            f"post = Post.objects.get(pk={post!r})\n"
            f"actions.correct(by=chief, at=at, post=post, seen=post.version, "
            f"text={text!r}, reason={reason!r})"
        )

    def withdraw(self, post: str, reason: str) -> None:
        self._do(
            f"actions.withdraw(by=chief, at=at, post=Post.objects.get(pk={post!r}), "
            f"reason={reason!r})"
        )

    def _do(self, code: str) -> str:
        return self.box.python(_BEFORE + code)
