"""A nickname, a handle, initials or a riddle names somebody as surely as a name."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, words
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS

HELD = (
    r"(?:arrested|bailed|detained|released|questioned|interviewed|in custody|under arrest|nicked|held|suspected|"
    r"in (?:a|our|the) cells?|on bail)"
)
IS = r"(?:,? (?:has|have|had|is|was|were|been|being|now|also|today|who|just|finally) ?){1,4}(?:\w+ )?"
ACCOUNT = r"(?:[Ii]nsta(?:gram)?|[Tt]ik[Tt]ok|[Ss]nap(?:chat)?|[Ff]acebook|[Xx]box|PSN|Discord|YouTube|account|profile|channel|username|user name|user|handle|page|gamertag|gamer tag|tag|screen name|username)"
_ACCOUNTS = words(
    "insta instagram tiktok snap snapchat facebook xbox psn discord youtube account profile channel username user handle page gamertag gamer tag screen"
)
_QUOTES = frozenset("\"'")
_KNOWN = words("known goes going nicknamed aka k")
_HELD = words(
    "arrested bailed detained released questioned interviewed custody arrest nicked held suspected cells cell bail"
)
PATTERNS = tuple(
    (frozenset(signs), re.compile(pattern))
    for signs, pattern in (
        # @handle beside an arrest, and the name of an account
        ("@", rf"(?P<here>@(?!\w*(?:[Pp]olice|WMP|NPT|npt))\w{{3,}}){IS}{HELD}\b"),
        (
            "@",
            r"\b(?:[Aa]rrest(?:ed|ing)?|[Dd]etained|[Nn]icked|[Bb]ailed|[Qq]uestioning|[Cc]ustody|[Aa]ka|a\.k\.a\.?|as|is|called|named|for|user)[:,]? "
            r"(?P<here>@(?!\w*(?:[Pp]olice|WMP|NPT|npt))\w{3,})",
        ),
        (
            _ACCOUNTS,
            rf"\b{ACCOUNT}(?: called| named| is| was|:)? (?P<here>[\"'@]?[A-Za-z]\w*(?:\d|_|[a-z][A-Z])\w*[\"']?)",
        ),
        (_ACCOUNTS, rf"\b{ACCOUNT} (?:called|named) (?P<here>[\"']?[A-Z]\w+[\"']?)"),
        # known as …, aka …
        (
            _KNOWN,
            r"\b(?:known|goes|going|better known|nicknamed|aka|a\.k\.a\.?|AKA)(?: (?!to\b)[a-z]+){0,5}? (?:as |by the name (?:of )?|by )?"
            r"(?P<here>[\"'][A-Z][\w ]{1,20}[\"']|[A-Z][a-z]*_\w+|[A-Z][a-z]+[A-Z]\w*|(?:Big|Little|Fat|Mad|Mental|Dodgy|Young|Old|Uncle) [A-Z][a-z]+)",
        ),
        (
            _KNOWN,
            r"\b(?:nicknamed|[Gg]oes by|aka|AKA|a\.k\.a\.?|known (?:locally |to all |to everyone |to most |in town |round here )?as) (?P<here>[\"']?(?!The\b)[A-Z][a-z]+)",
        ),
        # “Sparky” from the allotments
        (
            _QUOTES,
            rf"(?P<here>[\"'][A-Z][\w]*(?: [A-Z]?[\w]+){{0,2}}[\"'](?: from (?:the )?[\w']+)?)(?:,? \d\d,?)?{IS}{HELD}\b",
        ),
        (_QUOTES, r"(?P<here>[\"'][A-Z]\w+(?: [A-Z]\w+)?[\"'] (?:from|of|at) (?:the |our )?\w+)"),
        (
            _QUOTES,
            r"\b(?:[Aa]rrested|[Nn]icked|[Dd]etained|[Bb]ailed|suspect,|[Mm]an|[Ww]oman|[Ll]ad|one) (?P<here>[\"'][A-Z]\w+(?: [A-Z]?\w+)?[\"'])",
        ),
        (
            words("know knows call calls called"),
            r"\b(?:knows?|calls?|called|know) (?:him|her|them) (?:best |only |better )?(?:as )?(?P<here>[\"']?[A-Z]\w+)",
        ),
        # Initials
        ("0", r"(?P<here>[A-Z](?<!\w.)[a-z]+ [A-Z]\.?),? \(?(?:aged )?[1-9]\d\b"),
        (
            "0",
            r"(?P<here>[A-Z](?<!\w.)(?:\. ?(?:[A-Z]\. ?){1,2}(?:[A-Z]\.?)?|[A-Z])),? \(?(?:aged )?[1-9]\d\)?[,. ]",
        ),
        (
            words("initials initialled"),
            r"\b(?:initials|initialled)(?: are| is|:)? (?P<here>[A-Z]\.? ?[A-Z]\.?)",
        ),
        (
            _HELD,
            rf"(?P<here>[A-Z](?<!\w.)(?:(?<=M)(?:r|rs|s|iss) [A-Z]\.?|[a-z]+ [A-Z]\.?(?= |,))){IS}{HELD}\b",
        ),
        # “Sharples, K., 22”; “it's the boy Geddes”; “we won't be naming @him”
        ("0", r"(?P<here>[A-Z](?<!\w.)[a-z]+, (?:[A-Z]\.? ?){1,2},? \(?(?:aged )?[1-9]\d)\b"),
        (
            words("boy young old other our your big wee little it's its yes"),
            r"\b(?:[Ii]t's|[Ii]t is|[Ii]t was|[Tt]hat's|[Tt]hat is|aye|nicked|arrested) "
            r"(?P<here>(?:the boy |young |old |the other |our |your |big |wee |little )[A-Z][a-z]+)(?! [a-z]+ing| Street| Road)\b",
        ),
        (
            "@",
            r"\b(?:naming|named|not|about|tagging|mention(?:ing)?|who|him|her|is|was|it's) (?P<here>@(?!\w*(?:[Pp]olice|WMP|NPT|npt|Fire|Ambulance|[Cc]ouncil))\w{3,})",
        ),
        (
            words("not"),
            r"(?P<here>not(?<!\wnot) (?:Big |Little |Old |Young )?[A-Z][a-z]+(?:,| and| or| nor) (?:not |nor )?(?:Big |Little |Old |Young )?[A-Z][a-z]+\b)",
        ),
        # “The name you have is right”, “your ex isn't the one we arrested”
        (
            words("name names"),
            r"(?P<here>\b(?:[Tt]he|[Tt]hat) names? (?:you|you've|you have|that you) [^.!?\n]{0,30}\b(?:right|correct|wrong|spot on|not far|close|accurate)\b)",
        ),
        (
            words("one man woman person lad lass bloke fella"),
            r"(?P<here>\b(?:[Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Yy]our \w+|[A-Z]\w+)(?:'s| is| was| isn't| wasn't| is not| was not) (?:not )?the "
            r"(?:one|man|woman|person|lad|lass|bloke|fella) (?:we|who's been|that we|who was|who is)(?: have|'ve| has been)? "
            r"(?:arrested|nicked|detained|got|in custody|under arrest|held|holding))",
        ),
        (
            words("yes aye yep yeah no nope"),
            r"(?P<here>\b(?:[Yy]es|[Aa]ye|[Yy]ep|[Yy]eah|[Nn]o|[Nn]ope),? (?:it(?:'s| is| was| isn't| wasn't)|(?:he|she)(?: is| was| isn't|'s) (?:the|in|under)|that(?:'s| is| was) (?:him|her|the|your))\b[^.!?\n]{0,40})",
        ),
        # Riddles
        (
            words("name names initial initials surname surnames"),
            r"(?P<here>\b(?:[Ff]irst |[Ss]ur|[Ll]ast |[Ff]amily )?(?:name|initial)s? (?:begins?|beginning|starts?|starting|rhymes|rhyming|sounds?|ends?|ending)\b[^.!?\n]{0,60})",
        ),
        (
            words("rhymes sounds clue guess guessing surname"),
            r"(?P<here>\b(?:rhymes with|sounds like (?!(?:an?|the)\b)(?=\w)|clue:|clue is|here's a clue|[Ss]urname is|[Gg]uess who[?!.…]|no prizes for guessing)\b[^.!?\n]{0,40})",
        ),
        # The Pattersons from the paper shop
        (
            words("brothers sisters couple family twins father mother"),
            r"(?P<here>\b(?:[Bb]rothers|[Ss]isters|[Cc]ouple|[Ff]amily|[Tt]wins|[Ff]ather and son|[Mm]other and (?:son|daughter))(?:,| are| is)? the [A-Z][a-z]+s\b)",
        ),
        (
            words("the"),
            r"(?P<here>[Tt](?<!\w.)he [A-Z][a-z]+s (?:from|of|at|brothers|sisters|family|boys|twins)\b)",
        ),
        (
            words(
                "brothers sisters twins boys lads family boy lad lass girl girls kid kids twin widow"
            ),
            r"(?P<here>[Tt](?<!\w.)he (?:(?:two|three|younger|older|other|eldest) )*[A-Z][a-z]+ (?:brothers|sisters|twins|boys|lads|family|boy|lad|lass|girl|girls|kid|kids|twin|widow)\b)",
        ),
        (
            words("brothers sisters twins boys lads girls"),
            r"(?P<here>\b(?:of|one of) the (?:two |three |four )?[A-Z][a-z]+ (?:brothers|sisters|twins|boys|lads|girls)\b)",
        ),
        # “We know he's your nephew”, “you will know him from the quiz”
        (
            words(
                "nephew niece son daughter brother sister cousin dad mum uncle aunt husband wife lad boy neighbour mate grandson granddaughter"
            ),
            r"(?P<here>\b(?:he|she|He|She|they|They)(?:'s| is|'re| are) (?:your|my|our|her|his|someone's|[A-Z][a-z]+'s) (?:own |eldest |youngest |former |ex-)?"
            r"(?:nephew|niece|son|daughter|brother|sister|cousin|dad|mum|uncle|aunt|husband|wife|lad|boy|neighbour|mate|grandson|granddaughter)\b)",
        ),
        (
            words("know recognise"),
            r"\b(?:will|may|might|probably|all|also|you'll) (?:all |also )?(?:know|recognise) (?:him|her|them) (?P<here>(?:from|as|by|for) [^.!?\n]{4,50})",
        ),
        # What everyone knows them by
        (
            words("everyone"),
            r"(?P<here>\b(?:the|a|his|her|their) (?:\w+ ){1,4}(?:with|reg(?:istration)?) (?:the |a |his |her )?[^.,!?\n]{2,30}(?:that|which|who) everyone\b[^.!?\n]{0,40})",
        ),
        (
            words("know knows"),
            r"(?P<here>\b(?:you all know|everyone (?:in [A-Z]\w+ )?knows|you know who(?: it is| this is| I mean| we mean|[!.])|you'll (?:all )?know)\b[^.!?\n]{0,40})",
        ),
    )
)
RIGHT = "Say gender, age and town; nothing that those who know them would recognise."


def find(reading: Reading) -> Iterator[Hit]:
    listed = {word for one in reading.draft.persons if one.override for word in one.name.split()}
    for field in reading.fields:
        for signs, pattern in PATTERNS:
            for match in () if signs.isdisjoint(field.words) else pattern.finditer(field.text):
                if listed.isdisjoint(match["here"].split()) and not _is_common(match["here"]):
                    yield Hit(field, match.start("here"), match.end("here"))


def _is_common(said: str) -> bool:
    """“The Vikings of Hull”? A team, a people or a day, as far as a first word tells."""
    return said.rsplit(maxsplit=1)[-1].strip("\"'") in COMMON or said in (
        "UK",
        "PC",
        "DC",
        "PS",
        "DS",
        "DI",
        "GB",
    )


COMMON = words(
    "Midlands Police Officers Magistrates Courts Operations Operation Midwives Parks Roads Streets Friends "
    "Saturdays Sundays Fridays Saints Rovers Rangers Wanderers The This Project"
)

RULE = Rule(
    id="PUB-2.hint",
    family="naming",
    severity=Severity.STOP,
    wrong="This tells those who know them who is arrested.",
    right=RIGHT,
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    may_override=COMMAND,
    when=lambda reading: reading.is_uncharged,
    find=find,
    caught=(
        ARRESTED("Officers arrested @lil_kez_07 this afternoon."),
        ARRESTED("The person behind the account BrumRider92 has been arrested."),
        ARRESTED("“Sparky” from the allotments has been arrested."),
        ARRESTED("D.K.M., 27, of Ashbourne, was arrested."),
        ARRESTED("A man, known on the forum as TwoStroke_Kev, is in custody."),
        ARRESTED("It's the boy Geddes."),
        ARRESTED("Who: Sharples, K., 22."),
        ARRESTED("No, your ex isn't the one we arrested."),
        ARRESTED("The name you gave us is correct."),
        ARRESTED("We will not be naming @niatattoos."),
        ARRESTED("First name begins with M, surname rhymes with coal."),
        ARRESTED("Two brothers, the Pattersons, are in custody."),
        "A man, nicknamed Sparky, has been arrested.",
    ),
    let_through=(
        ARRESTED("A man is in custody. Follow @NorthfieldPolice for more."),
        ARRESTED("“We know people are worried,” said the inspector. A man is in custody."),
        NO_STEPS("Did you see a man in a blue coat?"),
        CHARGED("Barry Stott, 55, also known as Baz, is charged with theft."),
        "The Vikings of Hull won the cup.",
        "A man aged 30 was arrested. Call 101 or message us.",
    ),
)
