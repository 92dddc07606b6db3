"""The page of the guard's rules: each with its sentences, its source, examples and errors."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from hue.config.bench import labelled
from hue.guard.policy import Policy
from hue.guard.rule import FAMILIES, Example, Rule, examples
from hue.guard.rules import RULES

UNVERIFIED = Policy().unverified
SAYS = (
    "Every rule of the publication guard. **Stop** does not go out unless a role that is named "
    "here overrides it, with a reason; **second person** goes to somebody else first; **advice** "
    "never blocks. What the guard can and cannot do: [The guard](../explanation/guard.md).\n\n"
    "*Measured* counts the rule's findings on the reporting part: {posts:,} posts, written and "
    "marked by somebody who had not read the rules, which were not tuned on them. It was wrong "
    "where nothing of its family was marked at that place. What all rules of a family missed "
    "stands below its heading."
)


def body() -> str:
    families = ("\n".join(_family(slug, name)) for slug, name in FAMILIES.items())
    says = SAYS.format(posts=len(_reads()))
    return "\n".join((f"{says}\n", _unverified(), *families))


@cache
def _reads() -> list[labelled.Read]:
    return labelled.ask(labelled.read("reporting"))


@cache
def _counts() -> Counter[tuple[str, bool]]:
    """Findings by rule, and whether they were right."""
    return Counter(
        (finding.rule, labelled.is_right(read, finding))
        for read in _reads()
        for finding in read.findings
    )


def _unverified() -> str:
    ids = [rule.id for rule in RULES]
    rules = ", ".join(f"`{name}`" for name in ids if name in UNVERIFIED)
    values = ", ".join(f"`{name}`" for name in sorted(UNVERIFIED - set(ids)))
    return (
        f"{len(RULES)} rules. Not verified at a source, so the cautious reading holds until a "
        f"force decides: the rules {rules}; the policy's {values}.\n"
    )


def _family(slug: str, name: str) -> Iterator[str]:
    yield f"## {name}\n"
    found = labelled.recall(_reads(), slug)
    yield f"Measured: of {found.of} marked faults {found.of - found.hits} were missed.\n"
    for rule in RULES:
        if rule.family == slug:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    over = ", ".join(role.replace("_", " ") for role in rule.may_override)
    yield f"### {rule.id}\n"
    yield f"**{rule.severity.capitalize()}.** {rule.wrong} *Right:* {rule.right}\n"
    yield f"Source: {rule.source}." + (" Unverified." if rule.id in UNVERIFIED else "")
    yield f"Override: {over}.\n" if over else "Nobody overrides it.\n"
    right, wrong = (_counts()[rule.id, was] for was in (True, False))
    yield f"Measured: {right} findings right, {wrong} wrong.\n"
    yield "Caught:\n"
    yield from _listed(rule.caught)
    yield "Let through:\n"
    yield from _listed(rule.let_through)


def _listed(given: Iterable[str | Example]) -> Iterator[str]:
    for example in examples(given):
        told = "; ".join(filter(None, (example.says, *_beside(example))))
        yield f"- `{example.text}`" + (f" – {told}" if told else "")
    yield ""


def _beside(example: Example) -> Iterator[str]:
    for name in ("alt_texts", "captions", "file_names", "poll_options"):
        for words in example.context.get(name, ()):
            if words.strip():
                yield f"{name.replace('_', ' ').removesuffix('s')}: `{words}`"
