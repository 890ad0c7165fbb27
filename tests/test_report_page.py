"""The report of a room as a page."""

import re
from html import escape

from quiz import i18n
from quiz.models import Bank, Confidence
from quiz.report import Occasion, report
from quiz.report_page import page

from . import banks
from .evenings import BANK, Held, Rounds, led
from .rooms import AT

OCCASION = Occasion(7, "K7M2QX", AT.date().isoformat())


def text(html: str) -> str:
    """What a reader sees, white space folded."""
    body = html.split("<body>")[1].replace("</p>", "</p>\n").replace("</td>", " </td>")
    return re.sub(r"[ \t]+", " ", re.sub(r"<[^>]+>", " ", body))


def read(*outcomes: Rounds, people: int = 40, language: str = "en", bank: Bank = BANK) -> str:
    return text(page(report(led(*outcomes, people=people), BANK), OCCASION, bank, language))


def test_the_heading_says_which_room_it_was() -> None:
    found = read([Held(10, 30, hands=(6, 5))])

    for words in ("Bank", "2 March 2026", "K7M 2QX", "40; hands: up to 11", "1 of 8"):
        assert words in found
    assert "This room has not ended" in found


def test_both_rounds_have_numbers_and_shares_and_the_right_verdict_is_marked() -> None:
    found = read([Held(10, 30), Held(30, 10)])

    assert re.search(r"Round 1: 40 of 40 voted\s+○ Neutral ✓ right\s+25%\s+10", found)
    assert re.search(r"✕ Not neutral\s+75%\s+30", found)
    assert re.search(r"Round 2: 40 of 40 voted\s+○ Neutral ✓ right\s+75%\s+30", found)
    assert "After the discussion: from 25% to 75% right." in found


def test_hands_stand_beside_the_phones() -> None:
    found = read([Held(20, 10, hands=(6, 4), confidence=Confidence.SURE)])

    assert "Round 1: 40 votes, 30 of 40 by phone, 10 by raised hand, 10 sure but wrong" in found
    assert "20 by phone + 6 hands" in found
    assert "Not discussed." in found


def test_a_round_of_few_says_so_in_place_of_its_figures() -> None:
    found = read([Held(2, 2)], people=4)

    assert "Round 1: 4 of 4 voted. Too few to be broken down." in found
    assert "%" not in found
    assert "✓" not in found


def test_a_second_round_without_votes_is_told() -> None:
    assert "nobody voted again" in read([Held(10, 30), Held()])


def test_the_most_missed_act_comes_with_its_explanation_and_quote() -> None:
    found = read([Held(20, 20)], [Held(30, 10)])

    missed = found[found.index("Most missed") : found.index("What to train next")]
    assert missed.index("Tindakan pasar 1.") < missed.index("Tindakan pasar 0.")
    assert "25% right" in missed
    assert "Sebab." in missed
    assert banks.ARTICLE in missed


def test_a_quote_is_marked_with_the_language_it_is_in() -> None:
    made = page(report(led([Held(20, 20)]), BANK), OCCASION, BANK, "en")

    assert f'<p lang="id">“{banks.ARTICLE}”</p>' in made


def test_what_to_train_next_is_commands_that_can_be_typed() -> None:
    found = read([Held(20, 20)], None, None, None, [Held(0, 40)])

    following = found[found.index("What to train next") : found.index("Question by question")]
    assert following.index("--scenario kantor") < following.index("--scenario pasar")
    assert "netral play --from K7M2QX" in following


def test_a_room_that_missed_nothing_is_told_so() -> None:
    found = read([Held(40, 0)])

    assert "Nobody missed anything." in found
    assert "netral play" not in found


def test_what_was_skipped_is_named_without_figures() -> None:
    found = read([Held(40, 0)], None)

    assert "Tindakan pasar 1." in found[found.index("Skipped") :]


def test_a_room_that_has_revealed_nothing_has_a_page() -> None:
    assert "No question has been revealed." in read()


def test_a_question_that_is_gone_is_called_by_its_id() -> None:
    without = Bank(BANK.manifest, BANK.sources, BANK.laws, BANK.scenarios[1:])
    room = led([Held(10, 30)], None, deck=["pasar-0", "pasar-1", "kantor-0"])

    found = text(page(report(room, without), OCCASION, without, "en"))

    assert "1. pasar-0" in found
    assert "Questions that the bank no longer has are called by their ids." in found
    assert re.search(r"✕ Not neutral\s+75%\s+30", found)
    assert "pasar-1" in found


def test_nothing_of_the_bank_is_taken_for_markup() -> None:
    nasty = "<script>alert(1)</script>&\"'"
    question = banks.question(
        "soal-0", act=nasty, explanation=nasty, instead=banks.text(nasty), quotes=[nasty]
    )
    others = [banks.question(f"soal-{n}", act=nasty) for n in (1, 2, 3)]
    bank = banks.bank(
        banks.scenario(nasty, [question, *others]), sources=[banks.source(nasty, banks.ARTICLE)]
    )

    room = led([Held(0, 40)], deck=["soal-0"])
    made = page(report(room, bank), OCCASION, bank, "en")

    assert "<script" not in made
    assert made.count(escape(nasty)) >= 6


def test_the_page_is_whole_in_itself_and_says_its_language() -> None:
    i18n.install("id")
    made = page(report(led([Held(20, 20)]), BANK), OCCASION, BANK, "id")

    assert made.startswith('<!DOCTYPE html>\n<html lang="id">')
    assert not re.search(r"src=|href=|url\(|@import|<script|<link|https?:", made)
    assert "default-src &#x27;none&#x27;" in made
    assert "Laporan sesi kelompok" in made
    assert "Question" not in made


def test_bars_are_as_long_as_their_shares_and_are_not_read_out() -> None:
    made = page(report(led([Held(10, 30)]), BANK), OCCASION, BANK, "en")

    bars = re.findall(
        r'<span class="bar( strong)?" aria-hidden="true"><span style="width: (\d+)%', made
    )
    assert bars == [(" strong", "25"), (" strong", "25"), ("", "75")]
