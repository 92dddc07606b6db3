"""A post on its way to other networks, and back."""

from hue.audit.models import Entry
from hue.channels.models import Delivery
from hue.lib import clock
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.models import Post
from tests.cast import Cast
from tests.channels.mastodon import TOKEN, MastodonStub
from tests.channels.opened import opened, work
from tests.channels.webhook import WebhookStub
from tests.desk.test_desk import signed_in

PUPPY = "Puppy found on the High Street. Owner, we have her."


def test_a_post_written_in_the_browser_reaches_every_account_and_leaves_it(
    cast: Cast, owner: Officer, mastodon: MastodonStub, webhook: WebhookStub
) -> None:
    opened(cast, owner, "mastodon", mastodon.url, {"token": TOKEN})
    opened(cast, owner, "webhook", f"{webhook.url}/hook", {})
    writer = signed_in(cast.officer)
    sent = {"text": PUPPY, "neighbourhood": "kings-heath", "event": "day24", "action": "publish"}
    assert writer.post("/desk/posts/new/", sent).status_code == 302
    assert set(Delivery.objects.values_list("state", flat=True)) == {"due"}
    work(at=clock.now())
    [there], [told] = mastodon.posts.values(), webhook.posts.values()
    assert there["text"].startswith(PUPPY)
    assert "#day24 http" in there["text"]
    assert told["text"] == PUPPY
    post = Post.objects.get()
    page = signed_in(cast.sergeant).get(f"/desk/posts/{post.pk}/").content.decode()
    assert "Mastodon @testpolice</a> there" in page
    assert "sent a post to Mastodon @testpolice" in page
    publishing.withdraw(by=cast.sergeant, at=clock.now(), post=post, reason="It was another puppy.")
    work(at=clock.now())
    assert not mastodon.posts
    assert not webhook.posts
    page = signed_in(cast.sergeant).get(f"/desk/posts/{post.pk}/").content.decode()
    assert "Mastodon @testpolice</a> taken away" in page
    assert Entry.objects.filter(kind="channel.withdrew").count() == 2
