from quiz.markup import Html, join, tag


def test_text_is_escaped_and_html_is_not() -> None:
    assert tag("p", "a < b & c") == "<p>a &lt; b &amp; c</p>"
    assert tag("p", tag("b", "x")) == "<p><b>x</b></p>"
    assert join("<i>", Html("<i>")) == "&lt;i&gt;<i>"


def test_nothing_gets_out_of_an_attribute() -> None:
    assert tag("a", href="\"'><script>") == '<a href="&quot;&#x27;&gt;&lt;script&gt;"></a>'


def test_an_attribute_is_named_as_in_html_and_may_be_left_out() -> None:
    made = tag("input", class_="a", aria_label="b", hidden=True, id=None, required=False, size=3)

    assert made == '<input class="a" aria-label="b" hidden size="3">'


def test_what_is_none_is_left_out() -> None:
    assert tag("p", None, "x", None) == "<p>x</p>"
