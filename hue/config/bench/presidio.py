"""Microsoft's made-up sentences, and Presidio's own pattern recognisers as the peer.

The peer is in `requirements/bench.txt` and never installed with the desk.
"""

import gzip
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from hue.config.bench.labelled import Fault, Labelled
from hue.guard import plain
from hue.guard.finding import Severity

SHARED = Path(os.environ.get("HUE_SHARED_DATA", settings.BASE.parent / "shared" / "data"))
FILE = SHARED / "presidio_synth" / "synth_dataset_v2.json.gz"
# Theirs to ours. Left out: what is no kind of ours (IBAN, US numbers), and telephone numbers
# of other countries without their country's code.
KINDS = {"CREDIT_CARD": "bank_card", "EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone"}
BRITISH_OR_FULL = re.compile(r"(?:\+|00)[\d().\- ]{9,}|(?:\(?0[127]\d)[\d() ]{7,10}")

Span = tuple[str, int, int]
RECOGNISERS = {
    "CreditCardRecognizer": "bank_card",
    "EmailRecognizer": "email",
    "PhoneRecognizer": "phone",
    "NhsRecognizer": "nhs_number",
    "UkNinoRecognizer": "ni_number",
    "UkPostcodeRecognizer": "postcode",
    "UkVehicleRegistrationRecognizer": "vehicle",
}


def sentences() -> list[tuple[Labelled, list[tuple[int, int]]]]:
    """Each with the places that count neither for nor against: kinds that are not ours."""
    with gzip.open(FILE) as file:
        rows = json.load(file)
    return [_sentence(row) for row in rows]


def _sentence(row: dict[str, Any]) -> tuple[Labelled, list[tuple[int, int]]]:
    faults, others = [], []
    for span in row["spans"]:
        place = span["start_position"], span["end_position"]
        kind = KINDS.get(span["entity_type"], "")
        if kind == "phone" and not BRITISH_OR_FULL.fullmatch(span["entity_value"]):
            kind = ""
        if kind:
            faults.append(Fault("personal_data", Severity.STOP, "text", *place, kind))
        else:
            others.append(place)
    return Labelled(plain.draft(row["full_text"], {}), tuple(faults)), others


def peer() -> Callable[[str], list[Span]]:
    """Asks Presidio's recognisers; ImportError where they are not installed."""
    theirs: Any = import_module("presidio_analyzer.predefined_recognizers")
    endings: Any = import_module("tldextract")
    endings.extract = endings.TLDExtract(suffix_list_urls=())  # else it asks the network
    asked = [
        (getattr(theirs, name)(supported_language="en"), kind)
        for name, kind in RECOGNISERS.items()
        if hasattr(theirs, name)
    ]
    return lambda text: list(_answers(asked, text))


def _answers(asked: Iterable[tuple[Any, str]], text: str) -> Iterator[Span]:
    for recogniser, kind in asked:
        found = recogniser.analyze(text, recogniser.supported_entities, None)
        yield from ((kind, one.start, one.end) for one in found or () if one.score >= 0.4)
