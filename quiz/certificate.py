"""A certificate as one HTML page that prints on one A4. Pure.

The page is whole in itself: no script, no picture, and no font that would have to be fetched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import Template

from quiz import naming, wording
from quiz.errors import UsageError
from quiz.i18n import _
from quiz.session import Score

LONGEST_NAME = 80
# From this many characters on, a name is set smaller.
_LONG_NAME = 36


@dataclass(frozen=True, slots=True)
class Award:
    """What a certificate certifies.

    `day` is the learner's calendar day of the test, YYYY-MM-DD; `mark` the pass mark, 0 to 1;
    `bank` and `principles` are names in the language of the page; `version` is the program's,
    `bank_version` the bank's where it says one.
    """

    day: str
    form: str
    score: Score
    mark: float
    bank: str
    principles: Sequence[str]
    version: str
    bank_version: str | None = None


def legible(name: str) -> str:
    """A name as it can be printed: see `naming.clean`.

    Raises UsageError where nothing is left of it, or more than LONGEST_NAME characters.
    """
    shown = naming.clean(name, LONGEST_NAME)
    if shown is None:
        raise UsageError(
            _("A certificate needs a name."),
            _('Type it when asked, or give it with --name "YOUR NAME".'),
        )
    if shown != naming.clean(name, LONGEST_NAME + 1):
        raise UsageError(
            _("This name is too long for a certificate."),
            _("Use at most {longest} characters.").format(longest=LONGEST_NAME),
        )
    return shown


def page(award: Award, name: str, language: str) -> str:
    """The HTML page for somebody with this name, in the installed language, `language`."""
    words = {
        "language": language,
        "title": _("Certificate for {name}").format(name=name),
        "kind": _("Record of self-training"),
        "name": name,
        "size": "long" if len(name) > _LONG_NAME else "short",
        "passed": _("has passed a test in the neutrality of civil servants"),
        "bank": _bank(award),
        "result_label": _("Result"),
        "result": wording.result(award.score),
        "share_label": _("Share (pass mark {mark}%)").format(mark=round(award.mark * 100)),
        "share": _("{share}%").format(share=round(award.score.share * 100)),
        "day_label": _("Date of the test"),
        "day": wording.date(award.day),
        "principles_label": _("Principles covered"),
        "caution": _("A record of self-training; not an official certificate."),
        "origin": _("Netral {version}, test form {form}").format(
            version=award.version, form=award.form
        ),
    }
    principles = "\n".join(f"<li>{escape(principle)}</li>" for principle in award.principles)
    texts = {key: escape(text) for key, text in words.items()}
    return _PAGE.substitute(texts, principles=principles)


def _bank(award: Award) -> str:
    if award.bank_version is None:
        return _("Question bank: {title}").format(title=award.bank)
    return _("Question bank: {title}, version {version}").format(
        title=award.bank, version=award.bank_version
    )


_PAGE = Template("""\
<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
@page { size: A4 landscape; margin: 0; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { color-scheme: light; background: #e9e6df; }
body {
  font: 12.5pt/1.45 Georgia, "Iowan Old Style", "Palatino Linotype", Cambria, "Noto Serif", serif;
  color: #22252a;
}
main {
  display: flex;
  flex-direction: column;
  width: 100%;
  max-width: 297mm;
  min-height: 208mm;
  margin: 8mm auto;
  padding: 20mm 26mm 16mm;
  background: #fffefb;
}
header, footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2mm 12mm; }
header { padding-bottom: 4mm; border-bottom: 0.6mm solid #1f4e79; }
footer { padding-top: 4mm; border-top: 0.2mm solid #9a978f; font-size: 10pt; color: #55524b; }
.mark { font-size: 15pt; font-weight: bold; letter-spacing: 0.06em; color: #1f4e79; }
.kind { font-size: 12.5pt; font-style: italic; color: #55524b; align-self: end; }
.body { flex: 1; display: flex; flex-direction: column; justify-content: center; gap: 9mm; }
h1 { font-weight: normal; line-height: 1.15; overflow-wrap: anywhere; text-wrap: balance; }
h1.short { font-size: 38pt; }
h1.long { font-size: 25pt; }
.passed { margin-top: 3mm; font-size: 15pt; }
.bank { color: #55524b; font-style: italic; }
dl { display: flex; flex-wrap: wrap; gap: 5mm 20mm; }
dt, h2 { font-size: 10pt; font-weight: normal; color: #55524b; }
dd { font-size: 19pt; }
ul { margin-top: 1mm; list-style: none; columns: 3 55mm; column-gap: 10mm; }
li { padding-bottom: 0.8mm; break-inside: avoid; }
@media (max-width: 200mm) {
  main { min-height: 0; margin: 0; padding: 10mm 6mm; gap: 8mm; }
  h1.short { font-size: 26pt; }
  h1.long { font-size: 19pt; }
}
@media print {
  html { background: none; }
  main { max-width: none; margin: 0; background: none; }
}
</style>
</head>
<body>
<main>
<header><p class="mark">Netral</p><p class="kind">$kind</p></header>
<div class="body">
<div>
<h1 class="$size">$name</h1>
<p class="passed">$passed</p>
<p class="bank">$bank</p>
</div>
<dl>
<div><dt>$result_label</dt><dd>$result</dd></div>
<div><dt>$share_label</dt><dd>$share</dd></div>
<div><dt>$day_label</dt><dd>$day</dd></div>
</dl>
<div>
<h2>$principles_label</h2>
<ul>
$principles
</ul>
</div>
</div>
<footer><p>$caution</p><p>$origin</p></footer>
</main>
</body>
</html>
""")
