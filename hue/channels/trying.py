"""A key is tried before it is kept: whose account it opens, said by the network itself."""

from hue.channels import access
from hue.channels.calling import Line, understood
from hue.channels.connector import Connector
from hue.channels.message import Door, Fact


def try_key(network: Connector, address: str, secrets: dict[str, str], handle: str) -> Fact:
    """Raises Trouble, or Refused where the address is none. Nothing is published by it."""
    line = Line(network.name, network.reads)
    door = Door(access.address_that_works(address, network.schemes), handle, line, secrets)
    with understood(network.name):
        return network.who(door)
