"""One hostile corpus through every door: nothing in it may come out alive, and cleaning twice changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traff.ground.core import markup
from traff.ground.core.tests.hostile import CORPUS, alive

DOORS = {
    "editor": markup.clean,
    "markdown": markup.from_markdown,
    "markdown field": lambda text: markup.from_markdown(text, line_breaks=True),
    "plain": markup.from_plain,
    "twice": lambda text: markup.clean(markup.clean(text)),
    "round trip": lambda text: markup.from_markdown(markup.to_markdown(markup.clean(text))),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("words", CORPUS, ids=lambda words: words[:40].encode("ascii", "replace").decode())
def test_nothing_hostile_comes_through(door: str, words: str) -> None:
    html = DOORS[door](words)
    assert alive(html) == [], html
    assert markup.clean(html) == html


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/\"'=& abcdinopstylemgrxj:()#*_`[]!-\n\t\x00é"), max_size=120))
def test_cleaning_twice_changes_nothing(words: str) -> None:
    for door in DOORS.values():
        html = door(words)
        assert markup.clean(html) == html
        assert alive(html) == []


@pytest.mark.parametrize(
    "words", ["<" * 50_000, "<blockquote>" * 50_000, "<b><i>" * 30_000, "[" * 20_000, "<!--" * 20_000, "> " * 5_000]
)
def test_the_absurd_is_met_in_good_time(words: str) -> None:
    import time

    start = time.monotonic()
    markup.to_text(markup.clean(words))
    markup.from_markdown(words)
    assert time.monotonic() - start < 8


def test_the_corpus_is_alive_before_it_is_cleaned() -> None:
    dead = [words for words in CORPUS if not alive(words)]
    assert len(dead) < 14, dead  # Markdown and text that only a parser brings to life


def test_what_people_write_stays() -> None:
    html = (
        "<h2>Rubrik</h2><p>Hej <strong>du</strong> <em>där</em> <code>a`b</code> H<sub>2</sub>O</p>"
        '<ul><li>ett<ul><li>två</li></ul></li></ul><ol start="3"><li>tre</li></ol><blockquote><p>sagt</p></blockquote>'
        "<pre><code>x = 1</code></pre><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    )
    assert markup.clean(html) == html
    assert '<a href="https://x.se/" rel="noopener noreferrer nofollow">x</a>' in markup.clean('<a href="https://x.se/">x</a>')
    assert markup.clean('<img src="/files/3/a.png" alt="en bild">') == '<img src="/files/3/a.png" alt="en bild">'


def test_others_words_for_the_same_are_kept() -> None:
    assert markup.clean("<h1>a</h1><h2>b</h2><b>c</b><i>d</i><del>e</del><h6>f</h6>") == (
        "<h2>a</h2><h3>b</h3><strong>c</strong><em>d</em><s>e</s><h4>f</h4>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hej <strong>du</strong>, a*b_c och 1. # x &lt;b&gt;</p>",
        "<p>första<br>\nandra</p>",
        "<ul>\n<li>ett</li>\n<li>två</li>\n</ul>",
        "<h2>Rubrik</h2>\n<p>H<sub>2</sub>O, x<sup>2</sup> och <s>struket</s></p>",
        '<p><a href="https://x.se/a_b" rel="noopener noreferrer nofollow">länk</a></p>',
        "<blockquote>\n<p>sagt</p>\n</blockquote>",
        "<pre><code>x = 1\n  y\n</code></pre>",
    ],
)
def test_markdown_leads_there_and_back(html: str) -> None:
    assert markup.from_markdown(markup.to_markdown(html), line_breaks=True) == html


def test_a_field_keeps_its_lines() -> None:
    assert "<br>" in markup.from_markdown("en rad\nen till", line_breaks=True)
    assert "<br>" not in markup.from_markdown("en rad\nen till")


def test_a_beginning_is_words_and_no_addresses() -> None:
    read = "Läste detta https://traff.example/posts/329/?a=1#svar\nKlart slut, @Björn Sandell!"
    assert markup.beginning(read) == "Läste detta Klart slut, @Björn Sandell!"
    assert markup.beginning("Mallen (http://intranet/mall) är ny") == "Mallen är ny"
    assert markup.beginning("https://traff.example/posts/329/") == "https://traff.example/posts/329/"


def test_words_alone() -> None:
    assert markup.to_text("<h2>A &amp; B</h2><p>c<br>d</p><table><tr><td>1</td><td>2</td></tr></table>") == "A & B\nc\nd\n1 2"
