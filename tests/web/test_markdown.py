from __future__ import annotations

import pytest

from web.markdown import markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nline.\n\nAnother.", "<p>One line.</p>\n<p>Another.</p>"),
        ("# Why\nText.", "<h3>Why</h3><p>Text.</p>"),
        ("## Why\n\n### Deep", "<h3>Why</h3>\n<h4>Deep</h4>"),
        ("# Why\n\n### Deep", "<h3>Why</h3>\n<h5>Deep</h5>"),
        ("- one\n- *two*", "<ul><li>one</li><li><em>two</em></li></ul>"),
        ("1. one\n2. **two**", "<ol><li>one</li><li><strong>two</strong></li></ol>"),
        (
            "[a page](https://a.example/x)",
            '<p><a href="https://a.example/x" rel="noopener noreferrer nofollow">a page</a></p>',
        ),
        ("", ""),
    ],
)
def test_what_authors_write_becomes_html(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ('[x](https://a" onclick="b)', "<p>[x](https://a&quot; onclick=&quot;b)</p>"),
        ("**<b>**", "<p><strong>&lt;b&gt;</strong></p>"),
    ],
)
def test_nothing_else_becomes_markup(text: str, safe: str) -> None:
    assert markdown(text) == safe
