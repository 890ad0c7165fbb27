"""The report of a room as one HTML page to print. Pure."""

from collections.abc import Iterator

from quiz import naming, paper, wording
from quiz.i18n import _, n_
from quiz.markup import Html, join, tag
from quiz.models import Bank, Question, Verdict
from quiz.report import Judged, Occasion, Report, RoundFigures
from quiz.views import FEWEST

# A report says what to talk about again, not everything.
_MOST_MISSED = 10


def page(report: Report, occasion: Occasion, bank: Bank, language: str) -> str:
    """The page, in the language spoken, `language`, and the bank's words as far as it has it."""
    speech = bank.speaks(language)
    code = naming.spaced(occasion.code)
    parts = (
        _heading(report, occasion, bank.manifest.title.say(speech)),
        _by_principle(report, speech),
        _most_missed(report, bank, speech),
        _next(report, occasion, bank, speech),
        _questions(report, bank, speech),
    )
    title = _("Group session {code}: report").format(code=code)
    return paper.page(language, title, _("Report of a group session"), *parts)


def _heading(report: Report, occasion: Occasion, bank: str) -> Html:
    people = [str(report.participants)]
    if report.most_hands:
        people.append(_("hands: up to {number}").format(number=report.most_hands))
    judged = _("{judged} of {asked}").format(judged=len(report.judged), asked=report.asked)
    return join(
        tag("h1", bank),
        paper.facts(
            (_("Date"), wording.date(occasion.day)),
            (_("Code"), naming.spaced(occasion.code)),
            (_("Participants"), "; ".join(people)),
            (_("Questions revealed"), judged),
        ),
        tag("p", " ".join(_cautions(report)), class_="caution"),
    )


def _cautions(report: Report) -> Iterator[str]:
    if not report.done:
        yield _("This room has not ended; the report shows what was revealed so far.")
    yield _("Figures of fewer than {fewest} people are not broken down; nobody is named.").format(
        fewest=FEWEST
    )
    if any(one.question is None for one in report.judged):
        yield _("Questions that the bank no longer has are called by their ids.")


def _by_principle(report: Report, language: str) -> Html | None:
    if not report.principles:
        return None
    rows = [
        tag(
            "tr",
            tag("th", one.principle.name.say(language), scope="row", class_="long"),
            tag("td", paper.bar(one.share, strong=True), class_="bars"),
            tag("td", _percent(one.share), class_="number"),
            tag("td", f"{one.right}/{one.votes}", class_="number small"),
        )
        for one in report.principles
    ]
    return tag(
        "section",
        tag("h2", _("By principle")),
        tag("table", tag("caption", _("Right votes in the round that counts")), *rows),
        class_="stay",
    )


def _most_missed(report: Report, bank: Bank, language: str) -> Html:
    entries = [
        _missed(bank, one.question, one.right, language)
        for one in report.missed[:_MOST_MISSED]
        if one.question and one.right is not None
    ]
    if not entries:
        told = any(one.right is not None for one in report.judged)
        nothing = _("Nobody missed anything.") if told else _too_few()
        entries = [tag("p", nothing)]
    return tag("section", tag("h2", _("Most missed")), *entries)


def _missed(bank: Bank, question: Question, right: float, language: str) -> Html:
    return tag(
        "article",
        tag("h3", question.act.say(language)),
        tag(
            "p",
            tag("span", _verdict(question.verdict), class_="verdict"),
            " · ",
            _("{share} right").format(share=_percent(right)),
            " · ",
            bank.home_of[question.id].title.say(language),
        ),
        tag("p", question.explanation.say(language)),
        paper.quote(bank, question.citations[0], language),
        tag("p", _("Instead: {step}").format(step=question.instead.say(language)))
        if question.instead
        else None,
    )


def _next(report: Report, occasion: Occasion, bank: Bank, language: str) -> Html:
    if not report.practice:
        return tag(
            "section",
            tag("h2", _("What to train next")),
            tag("p", _("Choose a higher level, or scenarios that this room has not judged yet.")),
            class_="stay",
        )
    count: dict[str, int] = {}
    for id in report.practice:
        scenario = bank.home_of[id].id
        count[scenario] = count.get(scenario, 0) + 1
    scenarios = [
        tag(
            "li",
            bank.scenario[id].title.say(language),
            " (",
            n_("{number} question", "{number} questions", number).format(number=number),
            ") ",
            tag("code", f"netral play --scenario {id}"),
        )
        for id, number in count.items()
    ]
    return tag(
        "section",
        tag("h2", _("What to train next")),
        tag("p", _("These scenarios, each of which anybody can play alone:")),
        tag("ul", *scenarios),
        tag(
            "p",
            _("On the computer that led this room, just these questions:"),
            " ",
            tag("code", f"netral play --from {occasion.code}"),
        ),
        class_="stay",
    )


def _questions(report: Report, bank: Bank, language: str) -> Html:
    entries = [_judged(one, bank, language) for one in report.judged]
    if not entries:
        entries = [tag("p", _("No question has been revealed."))]
    left_out = [_called(bank, id, language) for id in report.skipped]
    skipped = tag(
        "section",
        tag("h2", _("Skipped")),
        tag("ul", *(tag("li", act) for act in left_out)),
        class_="stay",
    )
    return join(
        tag("section", tag("h2", _("Question by question")), *entries),
        skipped if left_out else None,
    )


def _called(bank: Bank, id: str, language: str) -> str:
    question = bank.question.get(id)
    return question.act.say(language) if question else id


def _judged(one: Judged, bank: Bank, language: str) -> Html:
    about: list[str] = []
    if one.question:
        scenario = bank.home_of[one.id]
        principle = wording.principle_of(bank, scenario, language)
        about = [scenario.title.say(language), principle]
    return tag(
        "article",
        tag("p", " · ".join(about), class_="small") if about else None,
        tag("h3", f"{one.number}. {_called(bank, one.id, language)}"),
        *(_round(figures, one.question) for figures in one.rounds),
        tag("p", _discussion(one)),
        class_="plain",
    )


def _round(figures: RoundFigures, question: Question | None) -> Html:
    heading = _("Round {number}").format(number=figures.round)
    caption = ": ".join((heading, ", ".join(_turnout(figures))))
    if figures.together is None:
        return tag("p", f"{caption}. {_too_few()}", class_="small")
    split = figures.together
    rows = [
        tag(
            "tr",
            tag("th", _marked(verdict, question), scope="row"),
            tag(
                "td",
                paper.bar(split.share(verdict), strong=_is_right(verdict, question)),
                class_="bars",
            ),
            tag("td", _percent(split.share(verdict)), class_="number"),
            tag("td", str(split.votes(verdict)), class_="number"),
            tag("td", ways, class_="small ways") if (ways := _ways(figures, verdict)) else None,
        )
        for verdict in Verdict
    ]
    return tag("table", tag("caption", caption), *rows, class_="rounds")


def _is_right(verdict: Verdict, question: Question | None) -> bool:
    return question is not None and question.is_right(verdict)


def _marked(verdict: Verdict, question: Question | None) -> Html:
    right = tag("span", " ✓ ", _("right"), class_="small")
    return join(_verdict(verdict), right if _is_right(verdict, question) else None)


def _turnout(figures: RoundFigures) -> Iterator[str]:
    present = max(figures.present, figures.phones)
    if figures.hands:
        yield n_("{number} vote", "{number} votes", figures.total).format(number=figures.total)
        yield _("{phones} of {present} by phone").format(phones=figures.phones, present=present)
        yield _("{hands} by raised hand").format(hands=figures.hands)
    else:
        yield _("{phones} of {present} voted").format(phones=figures.phones, present=present)
    if figures.sure_but_wrong:
        yield _("{number} sure but wrong").format(number=figures.sure_but_wrong)


def _ways(figures: RoundFigures, verdict: Verdict) -> str:
    """How the votes for a verdict came, where they came in two ways."""
    if not (figures.phones and figures.hands and figures.by_phone and figures.by_hands):
        return ""
    return _("{phones} by phone + {hands} hands").format(
        phones=figures.by_phone.votes(verdict), hands=figures.by_hands.votes(verdict)
    )


def _discussion(one: Judged) -> str:
    if not one.discussed:
        return _("Not discussed.")
    if not one.rounds[1].total:
        return _("Discussed; nobody voted again, so that the first round counts.")
    if one.change is None:
        return _("Discussed, then voted on again.")
    before, after = one.change
    return _("After the discussion: from {before} to {after} right.").format(
        before=_percent(before), after=_percent(after)
    )


def _too_few() -> str:
    return _("Too few to be broken down.")


def _verdict(verdict: Verdict) -> str:
    return f"{wording.SIGNS[verdict]} {wording.verdict(verdict)}"


def _percent(share: float) -> str:
    return _("{share}%").format(share=round(share * 100))
