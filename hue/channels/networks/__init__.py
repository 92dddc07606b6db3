"""One file a network; they do not know each other."""

from hue.channels.connector import Connector
from hue.channels.letter import ListConnector
from hue.channels.networks.bluesky import Bluesky
from hue.channels.networks.email import Email
from hue.channels.networks.facebook import Facebook
from hue.channels.networks.flickr import Flickr
from hue.channels.networks.instagram import Instagram
from hue.channels.networks.mastodon import Mastodon
from hue.channels.networks.sms import Sms
from hue.channels.networks.telegram import Telegram
from hue.channels.networks.threads import Threads
from hue.channels.networks.webhook import Webhook
from hue.channels.networks.webpush import WebPush
from hue.channels.networks.x import X

_LISTS: tuple[ListConnector, ...] = (Email(), Sms(), WebPush())
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
    *_LISTS,
)
NETWORKS = {network.slug: network for network in _ALL}
LISTS = {network.slug: network for network in _LISTS}
