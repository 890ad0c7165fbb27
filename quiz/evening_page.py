"""The papers of an evening: the facilitator's run sheet, and the handout for the hall. Pure."""

from collections.abc import Iterator, Sequence

from quiz import paper, views, wording
from quiz.evening import ACT, CLOSING, DISCUSSION, SITUATION, WELCOME, Evening, Stop, needed, stops
from quiz.facilitation import EXPLAIN_ABOVE, RETEACH_BELOW
from quiz.i18n import _
from quiz.markup import Html, join, tag
from quiz.models import Bank, Question, Verdict


def run_sheet(evening: Evening, bank: Bank, language: str) -> str:
    """The facilitator's page, with all answers, in the language spoken, `language`."""
    speech = bank.speaks(language)
    way = stops(bank, evening.deck)
    return paper.page(
        language,
        _("Run sheet: {title}").format(title=bank.manifest.title.say(speech)),
        _("Run sheet, for the facilitator only"),
        tag("h1", bank.manifest.title.say(speech)),
        _facts(evening, way),
        *_guide(way, speech),
        *(
            _stop(stop, number, bank, speech)
            for stop, number in zip(way, _numbers(way), strict=True)
        ),
        _closing(way),
    )


def handout(evening: Evening, bank: Bank, language: str) -> str:
    """The page for the hall, which gives nothing away, in the language spoken, `language`."""
    speech = bank.speaks(language)
    way = stops(bank, evening.deck)
    scenarios = (
        _scenario(stop, number, speech) for stop, number in zip(way, _numbers(way), strict=True)
    )
    return paper.page(
        language,
        _("Handout: {title}").format(title=bank.manifest.title.say(speech)),
        _("Handout"),
        tag("h1", bank.manifest.title.say(speech)),
        tag("p", _("Judge each act: is it neutral, or not neutral?")),
        tag(
            "p",
            _(
                "Tick your first choice alone and in silence. If the room discusses the act, tick "
                "once more below. The sheet is yours; it needs no name."
            ),
        ),
        *scenarios,
    )


def _numbers(way: Sequence[Stop]) -> Iterator[int]:
    """The number of the first question of each stop."""
    number = 1
    for stop in way:
        yield number
        number += len(stop.questions)


def overrun(evening: Evening, bank: Bank) -> str | None:
    """That an evening takes longer than there is time, where it does."""
    takes = needed(stops(bank, evening.deck))
    if takes <= evening.minutes:
        return None
    return _("This takes about {needed} minutes, and there are {minutes}.").format(
        needed=takes, minutes=evening.minutes
    )


def _facts(evening: Evening, way: Sequence[Stop]) -> Html:
    takes = _("about {needed} of {minutes} minutes")
    return paper.facts(
        (_("Time"), takes.format(needed=needed(way), minutes=evening.minutes)),
        (_("Scenarios"), str(len(way))),
        (_("Questions"), str(len(evening.deck))),
    )


def _guide(way: Sequence[Stop], language: str) -> Iterator[Html]:
    yield tag("h2", _("At a glance"))
    times = [(_span(0, WELCOME), _("Welcome; everybody joins"))]
    times += [
        (_span(stop.begins, stop.begins + stop.minutes), stop.scenario.title.say(language))
        for stop in way
    ]
    ends = needed(way)
    times.append((_span(ends - CLOSING, ends), _("Closing")))
    rows = [
        tag("tr", tag("th", time, scope="row"), tag("td", what, class_="long"))
        for time, what in times
    ]
    yield tag("table", tag("caption", _("Minutes from the start")), *rows, class_="times")
    yield tag(
        "section",
        tag("h2", _("How each act goes")),
        tag("ol", *(tag("li", step) for step in _steps())),
        class_="stay",
    )


def _steps() -> Iterator[str]:
    few, most = _percent(RETEACH_BELOW), _percent(EXPLAIN_ABOVE)
    yield _("Read the situation aloud, once for each scenario ({minutes} min).").format(
        minutes=_minutes(SITUATION)
    )
    yield _(
        "Read the act. Everybody chooses alone and in silence; do not show how others chose. "
        "Then reveal, and read the quote aloud ({minutes} min)."
    ).format(minutes=_minutes(ACT))
    yield _(
        "Where {few} to {most} are right, let neighbours who chose differently talk first, and "
        "vote again; plan on one act of each scenario ({minutes} min)."
    ).format(few=few, most=most, minutes=_minutes(DISCUSSION))
    yield _("Below {few} explain the principle again; above {most} a sentence is enough.").format(
        few=few, most=most
    )


def _minutes(minutes: float) -> str:
    return f"{minutes:g}".replace(".5", "½")


def _percent(share: float) -> str:
    return _("{share}%").format(share=round(share * 100))


def _span(begins: float, ends: float) -> str:
    return f"{round(begins)}–{round(ends)}"


def _stop(stop: Stop, number: int, bank: Bank, language: str) -> Html:
    scenario = stop.scenario
    span = _span(stop.begins, stop.begins + stop.minutes)
    about = (
        _("Minutes {span}").format(span=span),
        wording.principle_of(bank, scenario, language),
        wording.level(scenario.level),
    )
    return tag(
        "section",
        tag("h2", scenario.title.say(language)),
        tag("p", " · ".join(about), class_="small"),
        tag("p", scenario.situation.say(language)),
        *(
            _act(question, place, bank, language)
            for place, question in enumerate(stop.questions, number)
        ),
    )


def _act(question: Question, number: int, bank: Bank, language: str) -> Html:
    prompt = views.prompts(bank, question, language).discussion
    step = question.instead.say(language) if question.instead else None
    return tag(
        "article",
        tag("h3", f"{number}. {question.act.say(language)}"),
        tag(
            "p",
            tag("span", _verdict(question.verdict), class_="verdict"),
            " · ",
            question.explanation.say(language),
        ),
        paper.quote(bank, question.citations[0], language),
        tag("p", _("Instead: {step}").format(step=step)) if step else None,
        tag("p", _("To discuss: {prompt}").format(prompt=prompt), class_="prompt"),
        _tallies(),
    )


def _tallies() -> Html:
    """Where hands are written down when nothing else works."""
    blank = "______"
    counts = [
        f"{name}: {wording.verdict(Verdict.NEUTRAL)} {blank} "
        f"{wording.verdict(Verdict.NOT_NEUTRAL)} {blank}"
        for name in (_("Hands"), _("after the discussion"))
    ]
    return tag("p", "; ".join(counts), class_="small")


def _closing(way: Sequence[Stop]) -> Html:
    ends = needed(way)
    return tag(
        "section",
        tag("h2", _("Closing")),
        tag("p", _("Minutes {span}").format(span=_span(ends - CLOSING, ends)), class_="small"),
        tag("p", _("Ask everybody for one thing that will be different at work tomorrow.")),
        tag("p", _("Afterwards “netral report” writes what this room should train next.")),
        class_="stay",
    )


def _scenario(stop: Stop, number: int, language: str) -> Html:
    return tag(
        "section",
        tag("h2", stop.scenario.title.say(language)),
        tag("p", stop.scenario.situation.say(language)),
        *(
            _to_tick(question, place, language)
            for place, question in enumerate(stop.questions, number)
        ),
    )


def _to_tick(question: Question, number: int, language: str) -> Html:
    choices = [
        tag("p", tag("span", name, class_="small"), *(_box(verdict) for verdict in Verdict))
        for name in (_("First choice"), _("After the discussion"))
    ]
    act = tag("p", f"{number}. {question.act.say(language)}")
    return tag("article", act, tag("div", *choices, class_="choices"))


def _box(verdict: Verdict) -> Html:
    return join(
        tag("span", class_="box", aria_hidden="true"), tag("span", wording.verdict(verdict))
    )


def _verdict(verdict: Verdict) -> str:
    return f"{wording.SIGNS[verdict]} {wording.verdict(verdict)}"
