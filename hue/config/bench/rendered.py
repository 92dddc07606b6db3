"""The peer of `pages`: the same live page, rendered by Django from its rows at every request."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hue.config.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from hue.events.models import LiveEvent
from hue.lib.html import to_html
from hue.pages import shell
from hue.publishing import render
from hue.publishing.models import Post
from hue.publishing.sitemaps import event as pages
from hue.publishing.sitemaps import lines

# As few queries as such a page needs: one for the threads, one for each kind of their parts.
PARTS = ("followers", "versions", "placed_pictures__picture", "owed")


def live(request: HttpRequest, tag: str) -> HttpResponse:
    event = LiveEvent.objects.select_related("owner", "unit").get(hashtag=tag)
    posts = pages.threads(event).to_read().prefetch_related(*PARTS)[: lines.ON_A_PAGE]
    rows = [(post.published_at, _line(post)) for post in posts if post.published_at]
    context = {**pages.context(event), **pages.figures_of(event, rows)}
    main = render_to_string("publishing/event.html", {**context, "lines_html": lines.by_hour(rows)})
    return HttpResponse(shell.page(path=request.path, title=f"#{tag}", main=main))


def _line(post: Post) -> str:
    """As `render.line` does for a thread of one post without pictures, which the bench makes."""
    assert not post.followers.all()
    assert not post.placed_pictures.all()
    assert not post.versions.all()
    told = {
        **{"id": post.id, "url": post.address, "at": post.published_at},
        **{"place": render.place_of(post), "author_line": post.author.publicly},
        "text_html": to_html(post.text, tags=frozenset({post.event.hashtag if post.event else ""})),
    }
    return render_to_string("publishing/line.html", {"post": told})


urlpatterns = [path("events/<slug:tag>/", live)]
settings.ROOT_URLCONF = __name__
