"""What a bank is made of: frozen values, and what makes an answer right. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar

from quiz.quotes import Place, find, fold

# pydantic validates these dataclasses (see validation.py), but importing it takes longer than
# everything else before the first question. A bank known to be sound does without it, and so this
# module names pydantic's protocol only.

# What a terminal would obey instead of showing: control characters and bidirectional overrides.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def unprintable(text: str) -> str | None:
    """The first character in `text` that a terminal would obey, or None."""
    found = _UNPRINTABLE.search(text)
    return found.group() if found else None


def _line(text: str) -> str:
    if (character := unprintable(text)) is not None:
        raise _refusal("control_character", code=f"U+{ord(character):04X}")
    folded = fold(text)
    if not folded:
        raise _refusal("empty_text")
    return folded


def _refusal(kind: str, **context: str) -> Exception:
    from pydantic_core import PydanticCustomError

    return PydanticCustomError(kind, kind, context)


@dataclass(frozen=True, slots=True)
class Check:
    """Has pydantic run `check` on a value that is of the right type.

    `pattern` is what a JSON Schema can say of it.
    """

    check: Callable[[str], str]
    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Called by pydantic."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Called by pydantic."""
        return handler(schema) | {"pattern": self.pattern}


class Rules:
    """Has pydantic hold a value to rules of its core schemas: pattern, min_length, ge and so on."""

    def __init__(self, **rules: Any) -> None:
        self._rules = rules

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Called by pydantic."""
        return handler(source) | self._rules


class Derived:
    """Marks what a file's place says, so that nobody writes it into the file."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Called by pydantic."""
        from pydantic_core import PydanticOmit

        raise PydanticOmit


_MONTH = "(0[1-9]|1[0-2])"
_DAY = "(0[1-9]|[12][0-9]|3[01])"
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_LINE = Check(_line, pattern=r"\S")
Id = Annotated[str, Rules(pattern=_ID)]
Line = Annotated[str, _LINE]


def is_id(text: str) -> bool:
    """Whether `text` is lower-case words joined by hyphens."""
    return re.fullmatch(_ID, text) is not None


class Model:
    """A frozen value that knows all its keys."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text in every language of the bank, language code -> text.

    A plain string stands for the bank's first language. Validation takes the bank's languages
    from the context; without one, any language will do.
    """

    root: Mapping[str, str]

    def say(self, language: str) -> str:
        """The text in `language`, else in the first language it has."""
        return self.root.get(language) or next(iter(self.root.values()))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Called by pydantic."""
        from pydantic_core import core_schema

        lines = handler.generate_schema(dict[str, Line])
        lines = core_schema.with_info_before_validator_function(_in_first_language, lines)
        return core_schema.with_info_after_validator_function(_in_every_language, lines)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Called by pydantic."""
        by_language = handler(schema) | {"minProperties": 1}
        return {"anyOf": [by_language, by_language["additionalProperties"]]}


def _in_first_language(value: Any, info: Any) -> Any:
    languages = info.context["languages"] if info.context else ("id",)
    return {languages[0]: value} if isinstance(value, str) else value


def _in_every_language(lines: dict[str, str], info: Any) -> Text:
    for language in info.context["languages"] if info.context else ():
        if language not in lines:
            raise _refusal("missing_language", language=language)
    return Text(lines)


class Verdict(StrEnum):
    """What an act is."""

    NEUTRAL = "neutral"
    NOT_NEUTRAL = "not-neutral"


class Confidence(StrEnum):
    """How sure somebody is of a verdict just given."""

    UNSURE = "unsure"
    FAIRLY = "fairly"
    SURE = "sure"


class Level(StrEnum):
    """How much a scenario asks of a learner."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


@dataclass(frozen=True, slots=True)
class Citation(Model):
    """A source and a verbatim quote; `gloss` is our translation, language code -> text."""

    source: Id
    quote: Annotated[str, Rules(max_length=2000), _LINE]
    gloss: Mapping[str, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question(Model):
    """One act, to be judged."""

    id: Id
    act: Text
    verdict: Verdict
    explanation: Text
    citations: Annotated[tuple[Citation, ...], Rules(min_length=1)]
    instead: Text | None = None
    contrast: Id | None = None
    laws: tuple[Id, ...] = ()
    discussion: Text | None = None

    def is_right(self, given: Verdict) -> bool:
        """Whether `given` is the verdict."""
        return given == self.verdict


@dataclass(frozen=True, slots=True)
class Scenario(Model):
    """One situation with questions about what people in it do; `principle` is its folder."""

    id: Id
    principle: Annotated[Id, Derived()]
    level: Level
    title: Text
    situation: Text
    questions: Annotated[tuple[Question, ...], Rules(min_length=4, max_length=6)]


@dataclass(frozen=True, slots=True)
class Principle(Model):
    """What a scenario trains."""

    id: Id
    name: Text
    statement: Text


@dataclass(frozen=True, slots=True)
class Law(Model):
    """A legal reference that stands beside a verdict; `checked` is a month, YYYY-MM."""

    id: Id
    name: Line
    article: Line
    paraphrase: Text
    status: Line
    checked: Annotated[str, Rules(pattern=f"^[0-9]{{4}}-{_MONTH}$")]


@dataclass(frozen=True, slots=True)
class Paragraph(Model):
    """A paragraph of a source, white space folded, and the line it starts on in its file."""

    text: str
    line: int


@dataclass(frozen=True)
class Source(Model):
    """An article as published; what the document does not say about itself is None.

    `context` opens, word by word, each sentence that only reports and teaches nothing.
    """

    id: Id
    publisher: Line
    published: Annotated[str, Rules(pattern=f"^[0-9]{{4}}(-{_MONTH}(-{_DAY})?)?$")]
    language: Id
    paragraphs: Annotated[tuple[Paragraph, ...], Rules(min_length=1)]
    title: Line | None = None
    author: Line | None = None
    about_author: Line | None = None
    editor: Line | None = None
    note: Line | None = None
    context: tuple[Line, ...] = ()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs' texts."""
        return tuple(paragraph.text for paragraph in self.paragraphs)

    def find(self, quote: str) -> Place | None:
        """Where `quote` stands, or None."""
        return find(self.texts, quote)


@dataclass(frozen=True)
class Manifest(Model):
    """`bank.yaml`: what holds for the whole bank.

    `opening` is the scenario a newcomer meets first; `pass_mark` a share from 0 to 1. `retired` are
    ids that questions, scenarios and principles once had, and none may have again.
    """

    id: Id
    title: Text
    languages: Annotated[tuple[Id, ...], Rules(min_length=1)]
    pass_mark: Annotated[float, Rules(ge=0, le=1)]
    opening: Id
    principles: Annotated[tuple[Principle, ...], Rules(min_length=1)]
    version: Line | None = None
    retired: tuple[Id, ...] = ()


@dataclass(frozen=True)
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
