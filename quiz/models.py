"""What a bank is made of: frozen models, and what makes an answer right. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from quiz.quotes import Place, find, fold

# What a terminal would obey instead of showing: control characters and bidirectional overrides.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def unprintable(text: str) -> str | None:
    """The first character in `text` that a terminal would obey, or None."""
    found = _UNPRINTABLE.search(text)
    return found.group() if found else None


def _line(text: str) -> str:
    if (character := unprintable(text)) is not None:
        raise PydanticCustomError(
            "control_character", "{code}", {"code": f"U+{ord(character):04X}"}
        )
    folded = fold(text)
    if not folded:
        raise PydanticCustomError("empty_text", "empty")
    return folded


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, AfterValidator(_line)]


class Model(BaseModel):
    """A frozen value that knows all its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(RootModel[dict[str, Line]]):
    """A text in every language of the bank, language code -> text.

    A plain string stands for the bank's first language. Validation takes the bank's languages
    from the context; without one, any language will do.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _plain_string(cls, value: Any, info: ValidationInfo) -> Any:
        languages = info.context["languages"] if info.context else ("id",)
        return {languages[0]: value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _every_language(self, info: ValidationInfo) -> "Text":
        if info.context:
            for language in info.context["languages"]:
                if language not in self.root:
                    raise PydanticCustomError(
                        "missing_language", "{language}", {"language": language}
                    )
        return self

    def say(self, language: str) -> str:
        """The text in `language`, else in the first language it has."""
        return self.root.get(language) or next(iter(self.root.values()))


class Verdict(StrEnum):
    """What an act is."""

    NEUTRAL = "neutral"
    NOT_NEUTRAL = "not-neutral"


class Level(StrEnum):
    """How much a scenario asks of a learner."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Citation(Model):
    """A source and a verbatim quote; `gloss` is our translation, language code -> text."""

    source: Id
    quote: Annotated[Line, Field(max_length=2000)]
    gloss: dict[str, Line] = {}


class Question(Model):
    """One act, to be judged."""

    id: Id
    act: Text
    verdict: Verdict
    explanation: Text
    instead: Text | None = None
    contrast: Id | None = None
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    laws: tuple[Id, ...] = ()
    discussion: Text | None = None

    def is_right(self, given: Verdict) -> bool:
        """Whether `given` is the verdict."""
        return given == self.verdict


class Scenario(Model):
    """One situation with questions about what people in it do; `principle` is its folder."""

    id: Id
    principle: Id
    level: Level
    title: Text
    situation: Text
    questions: Annotated[tuple[Question, ...], Field(min_length=4, max_length=6)]


class Principle(Model):
    """What a scenario trains."""

    id: Id
    name: Text
    statement: Text


class Law(Model):
    """A legal reference that stands beside a verdict; `checked` is a month, YYYY-MM."""

    id: Id
    name: Line
    article: Line
    paraphrase: Text
    status: Line
    checked: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]


class Paragraph(Model):
    """A paragraph of a source, white space folded, and the line it starts on in its file."""

    text: str
    line: int


class Source(Model):
    """An article as published; what the document does not say about itself is None."""

    id: Id
    title: Line | None = None
    author: Line | None = None
    about_author: Line | None = None
    editor: Line | None = None
    publisher: Line
    published: Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
    language: Id
    note: Line | None = None
    paragraphs: Annotated[tuple[Paragraph, ...], Field(min_length=1)]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs' texts."""
        return tuple(paragraph.text for paragraph in self.paragraphs)

    def find(self, quote: str) -> Place | None:
        """Where `quote` stands, or None."""
        return find(self.texts, quote)


class Manifest(Model):
    """`bank.yaml`: what holds for the whole bank.

    `opening` is the scenario a newcomer meets first; `pass_mark` a share from 0 to 1.
    """

    id: Id
    title: Text
    languages: Annotated[tuple[Id, ...], Field(min_length=1)]
    pass_mark: Annotated[float, Field(ge=0, le=1)]
    opening: Id
    principles: Annotated[tuple[Principle, ...], Field(min_length=1)]


class Bank(Model):
    """Sources, principles and scenarios; scenarios in teaching order."""

    manifest: Manifest
    sources: Mapping[str, Source]
    laws: Mapping[str, Law]
    scenarios: tuple[Scenario, ...]

    @cached_property
    def principles(self) -> Mapping[str, Principle]:
        """Principles by id, in teaching order."""
        return {principle.id: principle for principle in self.manifest.principles}

    @cached_property
    def scenario(self) -> Mapping[str, Scenario]:
        """Scenarios by id, in teaching order."""
        return {scenario.id: scenario for scenario in self.scenarios}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by id, in teaching order."""
        return {q.id: q for scenario in self.scenarios for q in scenario.questions}

    @cached_property
    def home_of(self) -> Mapping[str, Scenario]:
        """The scenario of each question, by the question's id."""
        return {q.id: scenario for scenario in self.scenarios for q in scenario.questions}

    def speaks(self, language: str) -> str:
        """`language` if the bank has it, else the bank's first language."""
        languages = self.manifest.languages
        return language if language in languages else languages[0]
