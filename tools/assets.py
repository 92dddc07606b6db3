"""Copies the few files that the pages need out of npm packages, and takes the crown out of one."""

import re
import shutil
from pathlib import Path

FONT_STACK = "Helvetica,Arial,sans-serif"

# Wanted name: (package, path inside it).
SCRIPTS = {
    "govuk-frontend.min.js": ("govuk-frontend", "dist/govuk/govuk-frontend.min.js"),
    "htmx.min.js": ("htmx.org", "dist/htmx.min.js"),
    "hx-sse.min.js": ("htmx.org", "dist/ext/hx-sse.min.js"),
}
STYLE = ("govuk-frontend.min.css", "govuk-frontend", "dist/govuk/govuk-frontend.min.css")

# Arimo has the measures of Arial and Helvetica, so posters and cards look like the pages;
# DejaVu Sans has the alphabets that Arimo lacks.
FONTS = {
    "Arimo-Regular.ttf": ("@expo-google-fonts/arimo", "400Regular/Arimo_400Regular.ttf"),
    "Arimo-Italic.ttf": (
        "@expo-google-fonts/arimo",
        "400Regular_Italic/Arimo_400Regular_Italic.ttf",
    ),
    "Arimo-Bold.ttf": ("@expo-google-fonts/arimo", "700Bold/Arimo_700Bold.ttf"),
    "Arimo-LICENSE.txt": ("@expo-google-fonts/arimo", "LICENSE_FONT"),
    "DejaVuSans.ttf": ("dejavu-fonts-ttf", "ttf/DejaVuSans.ttf"),
    "DejaVuSans-Bold.ttf": ("dejavu-fonts-ttf", "ttf/DejaVuSans-Bold.ttf"),
    "DejaVuSans-LICENSE.txt": ("dejavu-fonts-ttf", "LICENSE"),
}

# What the licence of the style sheet covers and what it does not: the typeface and the crest are
# for GOV.UK alone. Each: what is looked for, what replaces it, how often version 6 has it.
CUTS = (
    (re.compile(r"/\*![^*]*Margaret Calvert[^*]*\*/"), "", 1, "typeface notice"),
    (re.compile(r"@font-face\{[^}]*\}"), "", 2, "@font-face block"),
    (re.compile(r"GDS Transport,arial,sans-serif"), FONT_STACK, 58, "font stack"),
    (re.compile(r"url\(/assets/images/govuk-crest\.svg\)"), "none", 3, "crest reference"),
)
LEFT_OVER = re.compile(r"GDS Transport|crest|@font-face|url\((?!['\"]?data:)[^)]*\)", re.IGNORECASE)
SOURCE_MAP = re.compile(r"\s*(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$")


class UpstreamChanged(Exception):
    """A package no longer has what we cut out or copy; the message says what is different."""


def without_crown(css: str) -> str:
    """The GOV.UK style sheet without the typeface and the crest that only GOV.UK may use."""
    for pattern, replacement, expected, name in CUTS:
        css, found = pattern.subn(replacement, css)
        if found != expected:
            raise UpstreamChanged(
                f"govuk-frontend.min.css has {found} of the {name}, where {expected} were known: "
                "read the new style sheet, then correct CUTS in tools/assets.py."
            )
    left = LEFT_OVER.search(css)
    if left:
        raise UpstreamChanged(
            f"govuk-frontend.min.css still has {left.group()!r} after the cuts: "
            "add it to CUTS in tools/assets.py."
        )
    return without_source_map(css)


def without_source_map(text: str) -> str:
    # The hashing static files storage refuses a file that points to a map that is not there.
    return SOURCE_MAP.sub("\n", text)


def copy_assets(modules: Path, vendor: Path, fonts: Path) -> None:
    for folder in (vendor, fonts):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for name, (package, path) in SCRIPTS.items():
        text = _source(modules, package, path).read_text(encoding="utf-8")
        (vendor / name).write_text(without_source_map(text), encoding="utf-8")
    name, package, path = STYLE
    css = without_crown(_source(modules, package, path).read_text(encoding="utf-8"))
    (vendor / name).write_text(css, encoding="utf-8")
    for name, (package, path) in FONTS.items():
        shutil.copyfile(str(_source(modules, package, path)), str(fonts / name))


def complete(vendor: Path, fonts: Path) -> bool:
    wanted = [vendor / name for name in (*SCRIPTS, STYLE[0])] + [fonts / name for name in FONTS]
    return all(file.is_file() for file in wanted)


def _source(modules: Path, package: str, path: str) -> Path:
    file = modules / package / path
    if not file.is_file():
        raise UpstreamChanged(
            f"The npm package {package} has no {path} any more: correct tools/assets.py."
        )
    return file
