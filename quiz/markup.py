"""HTML put together from values: whatever is not HTML already is escaped. Pure."""

from html import escape

_VOID = {"img", "input", "link", "meta"}


class Html(str):
    """Text that is HTML; all other text is not."""

    __slots__ = ()


Child = str | None


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element. None and False leave a child or an attribute out.

    `class_` is `class`, and underscores within a name are hyphens.
    """
    start = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{start}>")
    return Html(f"<{start}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Several pieces, one after the other."""
    return Html("".join(_piece(child) for child in children if child is not None))


def _piece(child: str) -> str:
    return child if isinstance(child, Html) else escape(child)


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
