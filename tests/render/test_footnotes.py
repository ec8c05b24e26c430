from __future__ import annotations

from sozplan.render.footnotes import Entry, gathered, numbered

NOTE = '<span class="footnote" data-note="{}">{}</span>'


def page(body: str) -> str:
    return f"<head><title>Bedarf</title></head><body><main>{body}</main></body>"


def body(html: str) -> str:
    return html.partition("<main>")[2].partition("</main>")[0]


def test_notes_are_numbered_and_later_ones_refer_to_the_first() -> None:
    html = page(f"<p>a{NOTE.format('x', 'Eins')} b{NOTE.format('y', 'Zwei')} c{NOTE.format('x', 'Eins')}</p>")
    assert body(numbered(html)) == (
        '<p>a<span class="footnote" id="note-1" data-number="1">Eins</span>'
        ' b<span class="footnote" id="note-2" data-number="2">Zwei</span>'
        ' c<sup class="note-again"><a href="#note-1">1</a></sup></p>'
    )


def test_on_a_screen_notes_stand_at_the_end_with_a_way_there_and_back() -> None:
    html = page(f"<p>a{NOTE.format('x', 'Eins, <b>fett</b>')}, b{NOTE.format('x', '')}.</p>")
    assert body(gathered(numbered(html))) == (
        '<p>a<sup class="note-again" id="call-1"><a href="#note-1" role="doc-noteref">1</a></sup>, '
        'b<sup class="note-again"><a href="#note-1">1</a></sup>.</p>'
        '<section class="notes" role="doc-endnotes"><h2>Fußnoten</h2><ol><li class="footnote" id="note-1">'
        'Eins, <b>fett</b> <a href="#call-1" role="doc-backlink" aria-label="Zurück zu Fußnote 1">↑</a></li></ol>'
        "</section>"
    )
    assert "<h2>Footnotes</h2>" in gathered(f'<html lang="en-GB">{numbered(html)}')
    assert gathered(page("<p>a</p>")) == page("<p>a</p>")


def test_a_term_is_explained_where_it_first_occurs_in_any_ending() -> None:
    html = page("<h2>Bedarfe</h2><p>Die Bedarfe und der Bedarf; Bedarfsplan nicht.</p>")
    assert body(numbered(html, [Entry("Bedarf", "Was <fehlt>.")])) == (
        '<h2>Bedarfe</h2><p>Die Bedarfe<span class="footnote" id="note-1" data-number="1">'
        "<b>Bedarf</b>: Was &lt;fehlt&gt;.</span> und der Bedarf; Bedarfsplan nicht.</p>"
    )


def test_terms_of_several_words_are_found_declined() -> None:
    html = page("<p>In vorläufiger Haushaltsführung.</p>")
    assert "<b>Vorläufige Haushaltsführung</b>: X" in numbered(html, [Entry("Vorläufige Haushaltsführung", "X")])


def test_what_must_stand_as_it_was_written_is_left_alone() -> None:
    terms = [Entry("Bedarf", "X")]
    for quoted in (
        '<ol class="decision"><li>Bedarf</li></ol>',
        "<blockquote><p>Bedarf</p></blockquote>",
        '<p><a href="#x">Bedarf</a></p>',
        "<table><thead><tr><th>Bedarf</th></tr></thead></table>",
        f"<p>x{NOTE.format('k', 'Bedarf')}</p>",
    ):
        assert "<b>Bedarf</b>" not in numbered(page(quoted), terms)
    assert "<b>" not in numbered("<body><p>Bedarf</p></body>", terms)


def test_the_longer_of_two_terms_is_meant() -> None:
    html = numbered(page("<p>Der Ist-Prozess und der Prozess.</p>"), [Entry("Prozess", "P"), Entry("Ist-Prozess", "I")])
    assert html.index("<b>Ist-Prozess</b>: I") < html.index("<b>Prozess</b>: P")


def test_a_term_may_hold_any_sign() -> None:
    html = numbered(
        page("<p>Nach § 8a (SGB VIII) gilt.</p>"), [Entry("§ 8a (SGB VIII)", "Schutzauftrag"), Entry("[a-z]+", "X")]
    )
    assert "(SGB VIII)<span" in html
    assert html.count("footnote") == 1


def test_a_line_of_phases_is_not_torn_by_a_note() -> None:
    html = '<main><p><span class="phase">Maßnahmen</span> und Maßnahmen</p></main>'
    made = numbered(html, [Entry("Maßnahme", "was getan wird")])
    assert '<span class="phase">Maßnahmen</span> und Maßnahmen<span class="footnote"' in made
