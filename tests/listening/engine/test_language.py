"""The language of a post, or an honest “unsure”."""

import pytest

from hue.listening.engine.language import language
from hue.listening.engine.words import cut, plain


def told(text: str) -> str:
    folded = plain(text)
    return language(folded, cut(folded))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("They said it is really bad down here, we can see it", "en"),
        ("RT @somebody: @another http://t.example/8123 still going past the old station", "en"),
        ("La policía dice que la estación está cerrada por el incendio", "es"),
        ("Die Polizei sagt, dass der Bahnhof wegen des Feuers geschlossen ist", "de"),
        ("Der er ild på gaden, og politiet er på vej for at hjælpe her i byen", "da"),
        ("Politie is op weg, over een uur is de brand van het station onder controle", "nl"),
        ("@one @two https://t.example/1 wow", ""),
        ("ok", ""),
    ],
)
def test_it_is_told_by_the_words_alone(text: str, code: str) -> None:
    assert told(text) == code
