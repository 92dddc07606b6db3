"""Topics that touch what people believe, are, or may lawfully do together."""

import re

BELIEF, POLITICS, UNION, PROTEST, PEOPLE = (
    "religion",
    "a party or an election",
    "a union or a strike",
    "protest, which is lawful",
    "who people are",
)
_WORDS = {
    BELIEF: "mosques? masjid church(?:es)? synagogues? gurdwaras? temples? mandir muslims? islam "
    "islamic jews? jewish judaism christians? catholics? sikhs? hindus? buddhists? imams? "
    "rabbis? priests? vicars? ramadan eid diwali prayers? worship faith religion religious",
    POLITICS: "labour tor(?:y|ies) conservatives? libdems? reform greens? party parties elections? "
    "manifesto councillors? mps? campaign referendum brexit edl bnp ukip workers",
    UNION: "unions? unison unite gmb strikes? strikers? pickets? picketing rmt nasuwt neu tuc",
    PROTEST: "protests? protesters? protestors? demos? demonstrations? demonstrators? "
    "march(?:es)? marchers? vigils? rall(?:y|ies) sit-ins? blockades? activists? petitions? "
    "boycotts?",
    PEOPLE: "black asian white gyps(?:y|ies) roma travellers? immigrants? migrants? refugees? "
    "asylum gay gays lesbians? trans transgender lgbt lgbtq queer disabled autistic pregnant "
    "race ethnic ethnicity",
}
_LOOKED_FOR = [
    (about, re.compile(rf"(?i)(?<!\w)#?(?:{'|'.join(words.split())})(?!\w)"))
    for about, words in _WORDS.items()
]


def sensitive(topics: list[str]) -> tuple[str, str] | None:
    """The first topic that is, and what it is about."""
    for topic in topics:
        for about, pattern in _LOOKED_FOR:
            if pattern.search(topic):
                return topic, about
    return None
