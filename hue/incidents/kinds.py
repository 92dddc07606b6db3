"""Kinds of incidents and Home Office outcomes, with words for the public."""

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
    "arrested": "Arrested",
    "bailed": "Released on bail",
    "rui": "Released under investigation",
    "nfa": "No further action",
    "charged": "Charged",
    "convicted": "Found guilty",
    "sentenced": "Sentenced",
    "acquitted": "Acquitted",
    "discontinued": "Discontinued",
}
