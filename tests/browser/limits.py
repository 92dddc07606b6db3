"""What does not work for everybody, why, and what there is instead: no test can find these."""

from hue.pages.accessibility import Limit

LIMITS = (
    Limit(
        what="Searching in the words of posts runs in the browser and needs JavaScript.",
        who="People whose browser runs none.",
        why="The public pages are files, so that they stay up when everything else is down; "
        "there is no server behind them that could search.",
        instead="The archive by month, place and kind leads to every post without JavaScript.",
    ),
    Limit(
        what="Descriptions of pictures are written by officers in a hurry and may say too little.",
        who="People who cannot see the picture.",
        why="A description is required before a picture can be published, but no test can tell "
        "whether it is a good one (success criterion 1.1.1).",
        instead="Ask us what a picture shows: we answer and improve the description.",
    ),
    Limit(
        what="Lines appear in English only, without a version in plain symbols or sign language.",
        who="People who read another language or use British Sign Language.",
        why="Officers write as things happen, in minutes; no success criterion of level AA asks "
        "for more than text.",
        instead="Call 101, or use the relay and sign language services of 101 and 999.",
    ),
)
