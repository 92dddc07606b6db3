"""How strong the evidence is, said while a case is active."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

RULE = Rule(
    id="LAW-1.evidence",
    family="proceedings",
    severity=Severity.STOP,
    wrong="How strong the evidence is, the court decides while the case is active.",
    right="Say what is being done: “we are examining a knife”.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="strength_of_evidence",
    when=lambda reading: reading.is_active,
    find=said("strength_of_evidence"),
    caught=(
        ARRESTED("DNA proves it was him."),
        CHARGED("The evidence against him is overwhelming."),
        CHARGED("The evidence is overwhelming."),
        CHARGED("He was caught on camera."),
        CHARGED("An open and shut case."),
        "A man was arrested after footage puts him at the scene.",
    ),
    let_through=(
        SENTENCED("DNA proves it was him, the court heard."),
        ARRESTED("Detectives look through CCTV."),
        NO_STEPS("A fox was caught on camera."),
        CHARGED("We ask for footage of the street."),
        ARRESTED("Fingerprints are being examined."),
    ),
)
