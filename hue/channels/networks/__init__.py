"""One file a network; they do not know each other."""

from hue.channels.connector import Connector
from hue.channels.networks.mastodon import Mastodon
from hue.channels.networks.webhook import Webhook

NETWORKS: dict[str, Connector] = {
    network.slug: network
    for network in (
        Mastodon(),
        Webhook(),
    )
}
