"""What can be chosen, in words: topics, harm, when, and why somebody leaves."""

VIAS = {
    "email": "E-mail",
    "sms": "Text message",
    "webpush": "A message on this device",
}
TOPICS = {
    "theft": "Burglary, robbery and theft",
    "violence": "Violence and weapons",
    "disorder": "Anti-social behaviour, damage and drugs",
    "fraud": "Fraud and scams",
    "roads": "Roads",
    "missing": "Missing people",
    "team": "News from the team",
    "meetings": "Meetings and events",
}
CONSENT = "Yes, send me these messages"  # said from the address itself
# From the gravest down: who chooses one gets those above it, too.
LEVELS = {
    "danger": "Only danger to life or of serious harm",
    "act": "Also what I can do something about",
    "news": "Also news, and what came of it",
}
PACES = {"once": "At once", "daily": "Once a day, together"}
WHYS = {
    "many": "Too many messages",
    "place": "They were not about my area",
    "use": "I could do nothing with them",
    "elsewhere": "I read it elsewhere",
    "moved": "I moved away",
    "safety": "It was not safe for me to get them",
    "other": "Something else",
}
BUDGETS = {"act": 5, "news": 3}  # a week, unless somebody chooses otherwise
MOST_A_WEEK = 50

_TOPIC_OF = {
    "theft": "burglary robbery vehicle_crime theft shoplifting suspicious_circumstances alarm",
    "violence": "violence domestic weapon",
    "disorder": "antisocial_behaviour public_order criminal_damage drugs nuisance_call",
    "fraud": "fraud",
    "roads": "road_collision road_obstruction",
    "missing": "missing_person concern_for_safety",
    "team": "found_animal found_property fire_assist community other",
}
TOPIC_OF = {kind: topic for topic, kinds in _TOPIC_OF.items() for kind in kinds.split()}
# Incidents in which readers can do something: look out, lock up, stay away.
_TO_ACT = frozenset(
    {"burglary", "robbery", "vehicle_crime", "violence", "weapon", "public_order", "fraud"}
    | {"road_collision", "road_obstruction", "missing_person", "suspicious_circumstances"}
)


def topic_of(post: str, incident: str = "") -> str:
    """Of a post of that kind, about an incident of that kind."""
    if incident:
        return TOPIC_OF[incident]
    return "meetings" if post == "notice" else "team"


def level_of(post: str, incident: str = "") -> str:
    return "act" if post == "incident" and incident in _TO_ACT else "news"


def at_least(level: str) -> list[str]:
    """Whose choice takes a message of that level in."""
    levels = list(LEVELS)
    return levels[levels.index(level) :]
