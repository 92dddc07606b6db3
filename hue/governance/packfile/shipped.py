"""The policy for England and Wales that comes with the software, as a pack to start from."""

from dataclasses import replace

from hue.governance.packfile.pack import Head
from hue.governance.packfile.write import write
from hue.governance.policy import Policy

NAME = "england-and-wales.toml"
HEAD = Head(
    title="England and Wales",
    made_by="Hue & Cry",
    edition="2026-11",
    jurisdiction="England and Wales",
    sources="College of Policing, APP Media and communications; Contempt of Court Act 1981; data "
    "protection principles.\nWhat stands under “unverified” was not read at its source: the "
    "cautious reading holds until somebody has. It is no legal advice.",
)
TEXT = """\
Write as you would speak to a neighbour.
Name nobody we deal with, and give no house number, unless the rules of this force let you.
Say nothing that helps anybody hide, hurts anybody's case, or tells the public before the victim.
If you got something wrong, correct it in the open. If you are not sure, ask a second person."""


def england_and_wales() -> str:
    return write(HEAD, replace(Policy(), text=TEXT))
