"""Examples of our own to start from, put together from phrases; corrections teach the rest."""

from collections.abc import Iterator

_KINDS: dict[str, tuple[str, ...]] = {
    "people affected": (
        "two people are hurt and one is missing",
        "a man has died",
        "family lost everything",
        "dozens injured, some of them children",
        "my neighbours had to leave their homes",
    ),
    "damage and services": (
        "the road is closed and the bridge is down",
        "no power in our street",
        "trains are not running",
        "shop windows smashed and the roof is gone",
        "phone lines are down",
    ),
    "offers and appeals": (
        "we need blankets and water, please bring what you can",
        "donate here to help families",
        "volunteers wanted for the clean up",
        "we have spare rooms if anyone needs one",
    ),
    "warnings and advice": (
        "stay indoors and keep away from the centre",
        "avoid the area",
        "boil your water",
        "police ask everyone to go home",
        "be careful on the roads tonight",
    ),
    "sympathy": (
        "thoughts and prayers with everyone there",
        "so sad, heart goes out to the families",
        "rest in peace",
        "stay strong everyone",
        "well done to the fire crews, thank you",
    ),
    "other news": (
        "the council will meet about it tomorrow",
        "inquiry opens into what happened",
        "police have arrested three people",
        "pictures from the scene",
        "minister visits the town",
    ),
    "nothing to do with it": (
        "new album out today",
        "great goal last night",
        "buy one get one free",
        "cannot wait for my holiday",
        "what a lovely cup of tea",
        "follow me back",
    ),
}
_URGENCIES: dict[str, tuple[str, ...]] = {
    "critical": (
        "people are trapped inside, send help now",
        "he is not breathing, where is the ambulance",
        "shots fired, people down",
        "water is up to the roof and children are still inside",
    ),
    "high": (
        "they are smashing the shops right now",
        "the fire is spreading to the next house",
        "crowd moving towards the station with bricks",
        "we need rescue boats in our street",
    ),
    "medium": (
        "road closed after the flood",
        "police are at the scene",
        "smoke over the estate",
        "school shut because of damage",
    ),
    "low": (
        "thoughts are with them",
        "what a week",
        "read our report on last year's flood",
        "great gig tonight",
        "minister gives a speech",
    ),
}


def kind_examples() -> Iterator[tuple[str, str]]:
    return ((text, kind) for kind, texts in _KINDS.items() for text in texts)


def urgency_examples() -> Iterator[tuple[str, str]]:
    return ((text, urgency) for urgency, texts in _URGENCIES.items() for text in texts)
