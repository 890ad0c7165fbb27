"""The invitation: where to go, which code to type, and the same as a QR code."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from quiz import naming
from quiz.i18n import _, n_
from quiz.tui.large import halves, large
from quiz.tui.page import strip

# Paper and ink: what a camera looks for, whatever the theme.
_INK = "#000000 on #ffffff"
_GAP = 4
# A QR code is to have this many blank dots around it; half of them are enough for most cameras.
_QUIET = (4, 2)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the hall is told; `address` is empty where nobody can come in from a network.

    `notes` are sentences below it, for the hall and the facilitator alike.
    """

    address: str
    code: str
    here: int
    notes: tuple[str, ...] = ()


def notes(address: str, *, alone: bool, may_join: bool) -> tuple[str, ...]:
    """What to do where nobody can come in, or nobody has for a long time.

    `may_join` says whether an address can be given out once the computer is in a network.
    """
    if address and alone:
        words = _(
            "Nobody yet? Guest Wi-Fi often keeps devices apart, or this computer's firewall "
            "blocks them. Try a phone's hotspot, or begin and count raised hands with h."
        )
        return (words,)
    if address:
        return ()
    hands = (
        _("No phone can come in here: count raised hands."),
        _("Space begins; in each vote, h takes the two counts."),
    )
    if not may_join:
        return hands
    network = _("Or join a Wi-Fi network or a phone's hotspot, and press a.")
    return (_("This computer is in no network."), *hands, network)


def qr(text: str, quiet: int) -> list[Content]:
    """A QR code in half as many lines as it has rows of dots, with a margin of `quiet` dots."""
    import segno

    code = segno.make(text, error="l", micro=False, boost_error=False)
    rows = ["".join("#" if dot else "." for dot in row) for row in code.matrix_iter(border=quiet)]
    if len(rows) % 2:
        rows.append("." * len(rows[0]))
    return [
        Content.styled(halves(upper, lower), _INK)
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


def poster(invitation: Invitation, width: int, height: int) -> list[Content]:
    """The lines of an invitation, as rich as `width` cells and `height` lines allow."""
    if not invitation.address:
        return _words(invitation, min(width, 60), spread=True)
    for quiet in _QUIET:
        picture = qr(f"{invitation.address}/g/{invitation.code}", quiet)
        room = width - picture[0].cell_length - _GAP
        for spread in (True, False):
            words = _words(invitation, min(room, 40), spread=spread) if room > 0 else []
            fits = words and max(line.cell_length for line in words) <= room
            if fits and max(len(words), len(picture)) <= height:
                return _beside(picture, words)
    words = _words(invitation, min(width, 60), spread=True)
    return words if len(words) <= height else _words(invitation, min(width, 60), spread=False)


def _beside(picture: Sequence[Content], words: Sequence[Content]) -> list[Content]:
    above = (len(picture) - len(words)) // 2
    blank = " " * picture[0].cell_length
    lines = []
    for number in range(max(len(picture), len(words))):
        left = picture[number] if number < len(picture) else Content(blank)
        word = number - max(0, above)
        right = words[word] if 0 <= word < len(words) else Content("")
        lines.append(Content.assemble(left, " " * _GAP, right))
    return lines


def _words(invitation: Invitation, width: int, *, spread: bool) -> list[Content]:
    """The words of an invitation; `spread` is with large letters and room between."""
    lines = []
    if invitation.address:
        lines += [Content.styled(part, "bold $accent") for part in _cut(invitation.address, width)]
        lines.append(Content(""))
        code = naming.spaced(invitation.code)
        lines.append(Content.assemble((_("Code"), "$text-muted"), "  ", (code, "bold $accent")))
        if spread:
            lines += [Content(""), *(Content.styled(line, "bold") for line in large(code))]
        lines.append(Content(""))
        lines.append(Content.styled(_here(invitation.here), "bold"))
    for note in invitation.notes:
        lines += [Content(""), *(Content(line) for line in wrap(note, max(1, width)))]
    return lines


def _here(number: int) -> str:
    if not number:
        return _("Nobody is here yet")
    return n_("{number} person is here", "{number} people are here", number).format(number=number)


def _cut(address: str, width: int) -> list[str]:
    """An address in one line, or broken where a browser needs nothing before."""
    if len(address) <= width:
        return [address]
    scheme, mark, rest = address.partition("//")
    return [scheme + mark, rest]


class Poster(Widget):
    """Shows an invitation in the middle of all the room there is."""

    DEFAULT_CSS = """
    Poster { height: 1fr; }
    """
    _invitation = Invitation("", "", 0)

    def invite(self, invitation: Invitation) -> None:
        """Show this invitation."""
        if invitation != self._invitation:
            self._invitation = invitation
            self.refresh()

    def render_lines(self, crop: object) -> list[Strip]:
        del crop
        width, height = self.size
        lines = poster(self._invitation, width - 2, height)
        widest = max((line.cell_length for line in lines), default=0)
        indent, above = max(1, (width - widest) // 2), max(0, (height - len(lines)) // 2)
        strips = [strip(Content(""), self.visual_style, width)] * above
        strips += [strip(line, self.visual_style, width, indent) for line in lines]
        strips += [strip(Content(""), self.visual_style, width)] * height
        return [self._filtered(line) for line in strips[:height]]

    def _filtered(self, line: Strip) -> Strip:
        _base, background = self.background_colors
        for filter in self.get_line_filters():
            line = line.apply_filter(filter, background)
        return line
