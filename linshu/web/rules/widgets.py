"""Inputs and selects as Django's own templates write them, without the templates: a select of a page of filters costs
as much there as the list below it.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

Widget = Mapping[str, Any]


def input_of(widget: Widget) -> str:
    """``django/forms/widgets/input.html``."""
    value = "" if widget["value"] is None else f' value="{_told(widget["value"])}"'
    return f'<input type="{_told(widget["type"])}" name="{_told(widget["name"])}"{value}{_attributes(widget)}>'


def select_of(widget: Widget) -> str:
    """``django/forms/widgets/select.html``."""
    written = [f'<select name="{_told(widget["name"])}"{_attributes(widget)}>']
    for name, options, _ in widget["optgroups"]:
        told = "".join(f"\n  {_option(each)}" for each in options)
        written.append(f'\n  <optgroup label="{_told(name)}">{told}\n  </optgroup>' if name else told)
    return "".join([*written, "\n</select>"])


def _option(option: Widget) -> str:
    return f'<option value="{_told(option["value"])}"{_attributes(option)}>{_told(option["label"])}</option>'


def _attributes(widget: Widget) -> str:
    """``django/forms/widgets/attrs.html``: True is a bare name, False is left out."""
    given = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{_told(value)}"' for name, value in given)


def _told(value: Any) -> str:
    """Escaped, unless it says itself how it stands in HTML."""
    told: str = value.__html__() if hasattr(value, "__html__") else escape(str(value))
    return told


WRITERS: dict[str, Callable[[Widget], str]] = {
    "django/forms/widgets/select.html": select_of,
    **{
        f"django/forms/widgets/{name}.html": input_of
        for name in ("checkbox", "date", "email", "hidden", "input", "number", "password", "search", "text")
    },
}
