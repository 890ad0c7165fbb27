"""A page to be printed on A4: its style, and what holds it together. Pure.

Such a page is whole in itself: no script, no picture, and no font that would have to be fetched.
"""

from quiz import wording
from quiz.markup import Child, Html, join, tag
from quiz.models import Bank, Citation

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(language: str, title: str, kind: str, *children: Child) -> str:
    """An HTML page in `language`; `title` is the browser's, `kind` says what the paper is."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(_STYLE)),
    )
    top = tag("header", tag("p", "Netral", class_="mark"), tag("p", kind, class_="kind"))
    body = tag("body", tag("main", top, *children))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=language)}\n"


def facts(*pairs: tuple[str, str]) -> Html:
    """Names and values, side by side."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs))


def bar(share: float, *, strong: bool = False) -> Html:
    """A share from 0 to 1 as a bar, beside which the number must stand."""
    filled = tag("span", style=f"width: {round(share * 100)}%")
    return tag("span", filled, class_="bar strong" if strong else "bar", aria_hidden="true")


def quote(bank: Bank, citation: Citation, language: str) -> Html:
    """The words of a source, our translation where there is one, and whose words they are."""
    source = bank.sources[citation.source]
    gloss = citation.gloss.get(language)
    return tag(
        "blockquote",
        tag("p", join("“", citation.quote, "”"), lang=source.language),
        tag("p", gloss, class_="gloss") if gloss else None,
        tag("p", join("— ", wording.credit(source)), class_="credit"),
    )


_STYLE = """
@page {
  size: A4;
  margin: 17mm 19mm 19mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt Georgia, serif; }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
html { color-scheme: light; background: #e9e6df; }
body {
  font: 10pt/1.42 Georgia, "Iowan Old Style", "Palatino Linotype", Cambria, "Noto Serif", serif;
  font-variant-numeric: lining-nums tabular-nums;
  color: #22252a;
  -webkit-print-color-adjust: exact;
  print-color-adjust: exact;
}
main { max-width: 210mm; margin: 8mm auto; padding: 17mm 19mm; background: #fffefb; }
header {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2mm 12mm;
  padding-bottom: 3mm; border-bottom: 0.6mm solid #1f4e79;
}
.mark { font-size: 13pt; font-weight: bold; letter-spacing: 0.06em; color: #1f4e79; }
.kind { font-style: italic; color: #55524b; align-self: end; }
h1 {
  margin: 9mm 0 5mm; font-size: 23pt; font-weight: normal; line-height: 1.15;
  overflow-wrap: anywhere; text-wrap: balance;
}
h2 {
  margin: 9mm 0 3mm; padding-bottom: 1mm; border-bottom: 0.2mm solid #9a978f;
  font-size: 14pt; font-weight: normal; color: #1f4e79; break-after: avoid;
}
h3 { font-size: 10.5pt; line-height: 1.35; break-after: avoid; }
.plain h3 { font-weight: normal; font-size: 11pt; }
h3, p, li, blockquote { max-width: 158mm; overflow-wrap: break-word; }
p + p, ul + p, ol + p, p + ul, p + ol { margin-top: 2mm; }
ul, ol { padding-left: 5mm; }
li { padding-bottom: 1mm; }
dl { display: flex; flex-wrap: wrap; gap: 3mm 12mm; }
dt, .small, .credit, caption, th { font-size: 9pt; color: #55524b; }
dd { font-size: 13pt; }
.caution { margin-top: 5mm; font-style: italic; color: #55524b; }
.verdict { font-weight: bold; white-space: nowrap; }
code {
  display: block; font: 9.5pt/1.4 Menlo, Consolas, "DejaVu Sans Mono", monospace; color: #1f4e79;
}
blockquote { margin: 2.5mm 0; padding-left: 4mm; border-left: 0.6mm solid #c9c4b8; }
blockquote p + p { margin-top: 1mm; }
.gloss { font-style: italic; }
article, .stay { margin-top: 6mm; break-inside: avoid; }
article > * + * { margin-top: 1.5mm; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; }
caption { padding-bottom: 1mm; text-align: left; }
th, td { padding: 0.7mm 4mm 0.7mm 0; text-align: left; vertical-align: middle; font-weight: normal;
  white-space: nowrap; }
th[scope=row] { font-size: 10pt; color: inherit; }
th[scope=row] { width: 62mm; }
.rounds th[scope=row] { width: 44mm; }
.number { width: 15mm; padding-right: 0; text-align: right; }
.ways { width: 46mm; padding-left: 4mm; }
.long { white-space: normal; }
.times th[scope=row] { width: 22mm; }
.prompt { font-style: italic; }
.choices { margin-left: 5mm; }
.choices p { display: grid; grid-template-columns: 42mm 5mm 30mm 5mm auto; align-items: center; }
.choices p + p { margin-top: 0.8mm; }
.box { width: 3.4mm; height: 3.4mm; border: 0.25mm solid #22252a; }
.bar { display: block; height: 3.4mm; background: #ece8df; border-radius: 0.6mm; }
.bar span { display: block; height: 100%; background: #a9a396; border-radius: 0.6mm; }
.bar.strong span { background: #1f4e79; }
@media (max-width: 150mm) {
  main { margin: 0; padding: 8mm 5mm; }
  h1 { font-size: 18pt; }
  th[scope=row], .rounds th[scope=row] { width: 38%; white-space: normal; }
  .ways { display: none; }
  .choices p { grid-template-columns: 32mm 5mm 16mm 5mm auto; }
}
@media print {
  html, main { background: none; }
  main { max-width: none; margin: 0; padding: 0; }
}
"""
