"""A tie between victim and suspect names the victim of a sexual offence as surely as a name."""

import re
from collections.abc import Iterator

from hue.guard import occupations
from hue.guard.finding import Severity
from hue.guard.phrases import any_of
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, hits, words
from hue.guard.rules.naming.anonymity import has_anonymity
from hue.guard.situations import SEXUAL, WAIVED

SEXUAL_WORDS = words("rape raped raping sexual sexually indecent grooming groomed fgm")
CASE = words("arrested charged court jailed convicted guilty sentenced trial custody suspicion")
WHOSE = (
    r"(?:his|her|their|the victim's|victim's|the girl's|the boy's|the child's|the woman's|a girl's)"
)
# “in his tutor group”, “a cleaner at his own office”, “a former pupil of his”
HIS = re.compile(
    r"\b(?P<here>(?:in|from|of|on) (?:his|her|their) (?:own )?(?:tutor group|class|form|team|squad|choir|troop|congregation|flock|cast|house|care|ward|platoon|pack)\b"
    r"|(?:colleague|workmate|neighbour|pupil|student|patient|client|barmaid|barman|cleaner|employee|lodger|tenant|waitress|waiter|assistant|secretary|apprentice|trainee|carer|nanny|babysitter|receptionist|worker|customer|parishioner|player|member)s? (?:of|at|in|for|with|on|under) (?:his|her|him|their|the [a-z ]{3,25} where (?:he|she))(?: own)?(?: [\w']+){0,2}"
    r"|(?:boys|girls|victims|children|women|men|complainants|girl|boy|woman|victim|complainant)(?:,? who)? (?:was|were|is|are) (?:all |both |then )?(?:in|at|from|members? of|pupils? (?:at|of)) (?:the|his|her|their|a) [^.,!?\n]{3,40}?(?:troop|class|team|school|choir|club|group|squad|pack|home|unit|ward))"
)
PLACE = re.compile(
    r"\b(?:victim|girl|woman|boy|complainant|she)\b[^.!?\n]{0,30}?\b(?P<here>(?:works|worked|working|"
    r"pupil|student|studies|studied|attends|attended|teaches|lives|lived|employed) (?:at|in|on|with|by) "
    r"[\w']+(?: [\w']+)?)"
)


# “Year 11 at Moorview”, “her foster family”, “the reception desk of Hartley Dental”
LIFE = re.compile(
    r"\b(?P<here>[Yy]ear (?:\d+|[a-z]+) (?:at|in) [A-Z]\w+|(?:in|of) (?:the )?sixth form[^.!?\n]{0,30}|(?:foster|adoptive|adopted) (?:family|parents?|mum|mother|dad|carers?)\b[^.!?\n]{0,25}"
    r"|(?:woman|girl|lady|lad|boy|man|student|lass|survivor|victim)s? (?:at|in|behind|from|on) [^.,!?\n]{0,30}\b(?:of|at) [A-Z]\w+(?: [A-Z]\w+)*"
    r"|(?:came|come|comes|moved|is|are|was|were) (?:here |over |all )?from (?:the same |a )?(?:village|town|street|[A-Z]\w+)[^.!?\n]{0,40}|(?:has|have|owns?|runs?) (?:now )?(?:her|his|their) own [a-z]+[^.!?\n]{0,25}"
    r"|(?:are|both|all) (?:cousins|sisters|brothers|twins|friends|colleagues|neighbours))"
)


def find(reading: Reading) -> Iterator[Hit]:
    ties = re.compile(
        rf"\b{WHOSE} (?:own |former |late |adopted |then |(?:\d\d|\w+)-year-old |young(?:er|est)? |old(?:er|est)? |elder |eldest |teenage |little |baby )?{any_of(reading.policy.relations).pattern}"
    )
    for field in reading.fields:
        if has_anonymity(reading) and not _is_of_a_charged_teacher(reading):
            for match in occupations.found(field, occupations.WORK):
                yield Hit(field, match.start(), match.end())
            for match in LIFE.finditer(field.text):
                yield Hit(field, match.start("here"), match.end("here"))
        yield from hits(ties, field)
        yield from hits(PLACE, field)
        yield from hits(HIS, field)


def _is_of_a_charged_teacher(reading: Reading) -> bool:
    """Charged, a teacher whom a pupil accused is named as others are, and the school with it."""
    incident = reading.draft.incident
    is_pupils = incident is not None and incident.offence == "teacher_by_pupil"
    return is_pupils and not reading.is_uncharged


def _applies(reading: Reading) -> bool:
    if any(person.waiver for person in reading.people("victim", "complainant")):
        return False
    by_words = reading.words & SEXUAL_WORDS and reading.words & CASE
    return has_anonymity(reading) or bool(by_words)


RULE = Rule(
    id="LAW-4.tie",
    family="naming",
    severity=Severity.STOP,
    wrong="This tie tells those who know them who the victim is.",
    right="Leave out how they know each other, and where the victim works, learns or lives.",
    source="College of Policing, APP Media and communications: legal considerations",
    when=_applies,
    find=find,
    caught=(
        SEXUAL("A man is charged with raping his daughter."),
        SEXUAL("Her stepfather is in custody."),
        SEXUAL("The victim works at a bakery in town."),
        SEXUAL("A nurse at Castlemere Infirmary was attacked."),
        SEXUAL("Her friends in Year 11 at Moorview are glad."),
        SEXUAL("She came here from Mirpur at 17."),
        SEXUAL("A couple were arrested. Their 19-year-old daughter is safe."),
        "A man has been charged with rape of his niece.",
        "Her uncle was jailed for sexual assault.",
        SEXUAL("The girl is in his tutor group."),
        "A man is charged with rape of a cleaner at his own office.",
    ),
    let_through=(
        SEXUAL("A man is charged with rape."),
        SEXUAL("Specially trained officers support her."),
        WAIVED("Her stepfather was jailed."),
        "His daughter won our poster competition.",
        "A man was arrested after a row with his brother.",
    ),
)
