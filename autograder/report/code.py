"""A student's code as it is shown: with its syntax in colours, and as text only."""

from __future__ import annotations

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers.python import PythonLexer

from autograder.report.view import cleaned

LIGHT, DARK = "xcode", "github-dark"
MAX_LINES = 400


def highlighted(source: str) -> Markup:
    """Return code as HTML. Everything in it is escaped; what is invisible is shown to be there."""
    lines = cleaned(source).split("\n")
    text = "\n".join(lines[:MAX_LINES])
    if len(lines) > MAX_LINES:
        text += f"\n# … {len(lines) - MAX_LINES} more lines"
    marked = highlight(text, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return Markup(f'<pre class="code"><code>{marked.rstrip()}</code></pre>')


def style() -> Markup:
    """Return the colours, for paper and for screens at night."""
    light, dark = (HtmlFormatter(style=name).get_style_defs(".code") for name in (LIGHT, DARK))
    return Markup(
        f"{_colours(light)}\n@media (prefers-color-scheme: dark) {{\n{_colours(dark)}\n}}"
    )


def _colours(css: str) -> str:
    """Return the rules for tokens only: the page has its own paper and frame."""
    rules = [line.partition(" /*")[0] for line in css.splitlines()]
    return "\n".join(rule for rule in rules if rule.startswith(".code .") and ".err" not in rule)
