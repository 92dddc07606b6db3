"""One file a network; they do not know each other."""

from hue.channels.connector import Connector
from hue.channels.networks.bluesky import Bluesky
from hue.channels.networks.facebook import Facebook
from hue.channels.networks.flickr import Flickr
from hue.channels.networks.instagram import Instagram
from hue.channels.networks.mastodon import Mastodon
from hue.channels.networks.telegram import Telegram
from hue.channels.networks.threads import Threads
from hue.channels.networks.webhook import Webhook
from hue.channels.networks.x import X

_ALL: tuple[Connector, ...] = (
    Mastodon(),
    Bluesky(),
    X(),
    Facebook(),
    Instagram(),
    Threads(),
    Telegram(),
    Flickr(),
    Webhook(),
)
NETWORKS = {network.slug: network for network in _ALL}
