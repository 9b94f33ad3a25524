"""Turning records into HTML: the templates, and how text becomes part of a page."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.report.code import highlighted, style
from autograder.report.view import points
from autograder.safe_files import printable

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> str:
    """Fill a template; every value is escaped."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "code": highlighted,
        "points": points,
        "prose": prose,
        "one_line": printable,
        "percent": lambda share: f"{share:.0%}",
        "link": quote,
        "plural": lambda count, one: f"{count} {one}" + ("" if count == 1 else "s"),
    }
    environment.globals["code_style"] = style()
    return environment


def prose(text: str) -> Markup:
    """Return a message as HTML: its first line as text, with `code` marked, the rest as written."""
    first, _, rest = text.strip().partition("\n")
    coded = re.sub(r"`([^`\n]{1,200})`", r"<code>\1</code>", str(escape(first)))
    more = f"<pre>{escape(rest.strip(chr(10)))}</pre>" if rest.strip() else ""
    return Markup(f"<p>{coded}</p>{more}")
