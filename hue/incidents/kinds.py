"""Kinds of incidents, of steps, of people and of orders, and outcomes, with words for them."""

KINDS: dict[str, str] = {
    "burglary": "Burglary",
    "robbery": "Robbery",
    "vehicle_crime": "Vehicle crime",
    "theft": "Theft",
    "shoplifting": "Shoplifting",
    "criminal_damage": "Criminal damage",
    "violence": "Violence",
    "domestic": "Domestic abuse",
    "antisocial_behaviour": "Anti-social behaviour",
    "public_order": "Public order",
    "drugs": "Drugs",
    "weapon": "Weapons",
    "fraud": "Fraud",
    "road_collision": "Road collision",
    "road_obstruction": "Road blocked",
    "missing_person": "Missing person",
    "concern_for_safety": "Concern for safety",
    "found_animal": "Animal",
    "found_property": "Found property",
    "suspicious_circumstances": "Suspicious circumstances",
    "alarm": "Alarm",
    "fire_assist": "Helping the fire service",
    "nuisance_call": "Call that was no emergency",
    "community": "In the community",
    "other": "Other",
}

# Kinds whose place is never told finer than the neighbourhood.
SENSITIVE = frozenset({"domestic", "violence", "missing_person", "concern_for_safety"})

# Kinds in which somebody is usually wronged, who hears the outcome before the public does.
WITH_VICTIM = frozenset(
    {"burglary", "robbery", "vehicle_crime", "theft", "shoplifting", "criminal_damage", "violence"}
    | {"domestic", "fraud"}
)

# Classes of offence that give somebody anonymity by law.
OFFENCES: dict[str, str] = {
    "": "None of these",
    "sexual": "Sexual offence",
    "modern_slavery": "Modern slavery",
    "fgm": "Female genital mutilation",
    "forced_marriage": "Forced marriage",
    "blackmail": "Blackmail",
    "teacher_by_pupil": "A pupil accuses a teacher",
}

# Home Office outcome codes (Crime Outcomes Framework) in plain words.
OUTCOMES: dict[str, str] = {
    "0": "Still open",
    "1": "Charged",
    "2": "Youth caution",
    "3": "Caution",
    "4": "Admitted with other offences at court",
    "5": "Suspect has died",
    "6": "Fixed penalty",
    "7": "Drugs warning",
    "8": "Put right without court",
    "9": "Prosecutors decided against",
    "10": "Police decided against",
    "11": "Too young to prosecute",
    "12": "Suspect too ill",
    "13": "Cannot go on",
    "15": "Not enough evidence",
    "17": "Out of time",
    "18": "No suspect found",
    "19": "Passed to national fraud team",
    "20": "Passed to another agency",
    "21": "Police decided against going on",
    "22": "Referred to a programme",
}

# They say that a victim did not support: never shown against an incident.
NEVER_SHOWN = frozenset({"14", "16"})

# Steps of proceedings against one suspect.
STEPS: dict[str, str] = {
    "no_arrest": "No arrest so far",
    "warrant": "Court issued a warrant for arrest",
    "arrested": "Arrested",
    "bailed": "Released on bail",
    "rui": "Released under investigation",
    "nfa": "No further action",
    "charged": "Charged",
    "summons": "Summoned to court",
    "convicted": "Found guilty",
    "sentenced": "Sentenced",
    "acquitted": "Acquitted",
    "discontinued": "Discontinued",
}

# What somebody is in a case. Of the accused each has a number among the suspects.
ROLES: dict[str, str] = {
    "suspect": "Suspect",
    "wanted": "Wanted",
    "defendant": "Defendant",
    "victim": "Victim",
    "complainant": "Complainant",
    "witness": "Witness",
    "informant": "Informant",
    "missing": "Missing",
    "reporter": "Reporter",
    "officer": "Officer",
    "other": "Other",
}
ACCUSED = frozenset({"suspect", "wanted", "defendant"})

# Why somebody may be named before charge, all the same.
NAMING_PURPOSES: dict[str, str] = {
    "threat_to_life": "Threat to life",
    "crime": "To prevent or detect a crime",
    "wanted_warning": "To warn the public of a wanted person",
}
CONSULTED: dict[str, str] = {
    "prosecutor": "The prosecutor",
    "chief_officer": "A chief officer",
    "both": "The prosecutor and a chief officer",
    "nobody": "Nobody: there was no time",
}

ORDERS: dict[str, str] = {
    "anonymity": "Nobody may be told who they are",
    "postpone": "No report of this incident for now",
    "words": "Certain words may not be said",
}

OPERATIONS: dict[str, str] = {
    "none": "No operation",
    "live": "Live",
    "stood_down": "Stood down",
}

# Why what is known of a person is destroyed.
FORGOTTEN_FOR: dict[str, str] = {
    "mistake": "noted by mistake",
    "asked": "they asked for it and it was granted",
    "ended": "no longer needed",
}
