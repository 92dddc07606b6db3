"""What the guard found, as screens show it: underlined, explained, with the mend."""

from collections.abc import Iterable
from html import escape
from typing import Any

from hue.guard.finding import Finding, Severity
from hue.publishing import access

SEVERITIES = {
    Severity.STOP: "stops it",
    Severity.SECOND: "needs a second person",
    Severity.ADVICE: "advice",
}


def shown(found: Iterable[Finding], text: str = "") -> list[dict[str, Any]]:
    """As the page and the phone show them; `mended` is the whole text with the mend in it."""
    return [_finding(one, text) for one in found]


def _finding(one: Finding, text: str) -> dict[str, Any]:
    in_text = one.field == "text" and not one.is_absence
    mends = in_text and one.mend is not None
    return {
        "rule": one.rule,
        "severity": one.severity.name.lower(),
        "says": SEVERITIES[one.severity],
        "start": one.start if in_text else 0,
        "end": one.end if in_text else 0,
        "words": text[one.start : one.end] if in_text else "",
        "wrong": one.wrong,
        "right": one.right,
        "source": one.source if one.verified else f"{one.source} (unverified)",
        "mend": one.mend if mends else None,
        "mended": text[: one.start] + str(one.mend) + text[one.end :] if mends and text else "",
        "who": access.names_of([one]) if one.severity is Severity.STOP else "",
    }


def marked_html(text: str, found: Iterable[Finding]) -> str:
    """The words, each found place underlined; where two overlap the first holds."""
    parts, done = [], 0
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if one.field != "text" or one.is_absence or one.start < done:
            continue
        severity = one.severity.name.lower()
        parts += [escape(text[done : one.start])]
        parts += [f'<mark class="mark-{severity}">{escape(text[one.start : one.end])}</mark>']
        done = one.end
    return "".join([*parts, escape(text[done:])]).replace("\n", "<br>")
