"""An evening with a room, planned: which questions, and how long they take. Pure.

A scenario with its four to six acts takes 10 to 13 minutes by these figures, so that an hour holds
five or six: the situation is read once, each act is voted on, revealed and explained, and of each
scenario one act is discussed with a neighbour and voted on again.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, zip_longest
from typing import Any, Final

from quiz.errors import UsageError
from quiz.i18n import _
from quiz.models import Bank, Level, Question, Scenario
from quiz.session import Shuffler, Wish, draw

FORMAT: Final = "netral-plan"
VERSION: Final = 1
LONGEST: Final = 24 * 60

# In minutes.
WELCOME: Final = 5.0
SITUATION: Final = 1.0
ACT: Final = 1.5
DISCUSSION: Final = 3.0
CLOSING: Final = 5.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What a facilitator asks for; `scenarios` are whole, and asked in the order given."""

    scenarios: tuple[str, ...] = ()
    principle: str | None = None
    level: Level | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Evening:
    """A plan: the deck of question ids of a bank, for a room that has so many `minutes`."""

    bank: str
    deck: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A scenario on the way through an evening, with those of its questions that are asked.

    `begins` is in minutes from the start, `minutes` how long it takes.
    """

    scenario: Scenario
    questions: tuple[Question, ...]
    begins: float
    minutes: float


def choose(
    bank: Bank, choice: Choice, minutes: int, chance: Shuffler | None = None
) -> tuple[str, ...]:
    """The questions of an evening, scenario by scenario.

    Scenarios that are named are asked whole, in that order. Otherwise principles take turns, as
    `chance` has it or else in the bank's order, until there are as many questions as asked for or
    else the minutes are full; they are asked in the bank's order. Raises UsageError where the bank
    has nothing of the kind.
    """
    if choice.scenarios:
        wishes = [Wish(id, choice.principle, choice.level) for id in choice.scenarios]
        named = [id for wish in wishes for id in _all(bank, wish)]
        return tuple(dict.fromkeys(named))[: choice.length]
    fitting = _all(bank, Wish(None, choice.principle, choice.level))
    wanted = {bank.home_of[id].id for id in fitting}
    turns = _turns([scenario for scenario in bank.scenarios if scenario.id in wanted], chance)
    if choice.length is None:
        turns = _filling(turns, minutes)
    drawn = [question.id for scenario in turns for question in scenario.questions]
    order = list(bank.question)
    return tuple(sorted(drawn[: choice.length], key=order.index))


class _NoChance:
    """Leaves an order as it is."""

    def random(self) -> float:
        return 0.0


def _all(bank: Bank, wish: Wish) -> tuple[str, ...]:
    """Every question that a wish could mean; raises UsageError where it means none."""
    return draw(bank, wish, dict.fromkeys(bank.question, 1), _NoChance()).deck


def _turns(scenarios: Sequence[Scenario], chance: Shuffler | None) -> list[Scenario]:
    """The scenarios, one of each principle in turn."""
    chance = chance or _NoChance()
    shuffled = sorted(scenarios, key=lambda _scenario: chance.random())
    piles: dict[str, list[Scenario]] = {}
    for scenario in shuffled:
        piles.setdefault(scenario.principle, []).append(scenario)
    return [scenario for turn in zip_longest(*piles.values()) for scenario in turn if scenario]


def _filling(scenarios: Sequence[Scenario], minutes: int) -> list[Scenario]:
    """Those that fit the minutes, taken in turn, and one at least."""
    left = minutes - WELCOME - CLOSING
    taken: list[Scenario] = []
    for scenario in scenarios:
        needed = _minutes(len(scenario.questions))
        if needed <= left or not taken:
            taken.append(scenario)
            left -= needed
    return taken


def _minutes(questions: int) -> float:
    return SITUATION + questions * ACT + DISCUSSION


def stops(bank: Bank, deck: Sequence[str]) -> list[Stop]:
    """The way through a deck. Raises KeyError where the bank lacks one of its questions."""
    return list(_stops(bank, deck))


def _stops(bank: Bank, deck: Sequence[str]) -> Iterator[Stop]:
    begins = WELCOME
    for scenario, ids in groupby(deck, bank.home_of.__getitem__):
        questions = tuple(bank.question[id] for id in ids)
        stop = Stop(scenario, questions, begins, _minutes(len(questions)))
        begins += stop.minutes
        yield stop


def needed(stops: Sequence[Stop]) -> int:
    """How many minutes an evening takes, welcome and closing included."""
    return round(WELCOME + sum(stop.minutes for stop in stops) + CLOSING)


def dump_plan(evening: Evening) -> str:
    """The file that holds a plan."""
    return json.dumps({"format": FORMAT, "version": VERSION} | asdict(evening), indent=1) + "\n"


def load_plan(content: bytes, bank: Bank) -> Evening:
    """The plan in a file. Raises UsageError with the first thing that is wrong in it."""
    evening = _evening(_read(content))
    if evening.bank != bank.manifest.id:
        raise UsageError(
            _("This plan is for the bank “{plan}”, and this one is “{bank}”.").format(
                plan=evening.bank, bank=bank.manifest.id
            ),
            _("Name the folder of its bank with --bank."),
        )
    lost = [id for id in evening.deck if id not in bank.question]
    if lost:
        raise UsageError(
            _("The bank no longer has these questions of the plan: {ids}.").format(
                ids=", ".join(lost)
            ),
            _("Make a new plan with “netral plan”, or take them out of the file."),
        )
    return evening


def _read(content: bytes) -> dict[str, Any]:
    try:
        # Some editors write UTF-16, or a byte order mark.
        found = json.loads(content.decode(json.detect_encoding(content)))
    except (ValueError, RecursionError) as error:
        raise _no_plan() from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _no_plan()
    version = found.get("version")
    if type(version) is int and version > VERSION:
        raise UsageError(
            _("A newer Netral wrote this plan."), _("Upgrade this Netral, or make a new plan.")
        )
    return found


def _no_plan() -> UsageError:
    return UsageError(
        _("This is no plan of Netral's."),
        _("Choose the file that “netral plan --save FILE” wrote."),
    )


def _evening(found: dict[str, Any]) -> Evening:
    """The plan that a file's object says, each value of its type and within bounds."""
    bank, deck, minutes = (found.get(key) for key in ("bank", "deck", "minutes"))
    ids = deck if isinstance(deck, list) and all(isinstance(id, str) for id in deck) else []
    for key, sound in (
        ("version", type(found.get("version")) is int and found["version"] == VERSION),
        ("bank", isinstance(bank, str)),
        ("deck", bool(ids) and len(set(ids)) == len(ids)),
        ("minutes", type(minutes) is int and 0 < minutes <= LONGEST),
    ):
        if not sound:
            raise UsageError(
                _("“{key}” in this plan is missing, or not what it should be.").format(key=key),
                _("Make the plan once more with “netral plan --save FILE”."),
            )
    return Evening(str(bank), tuple(ids), int(minutes or 0))
