"""Compares `trailproof pattern test` with aws-json-term-matcher, another reader of JSON filter patterns.

The patterns and events are random, from a fixed seed, of the language on which the other one agrees with AWS. That is why
each field below comes with the tests and values that are fair to it: it holds that `!=` and `= "*"` are true of booleans,
that `= 1` is false of the text "1", and it fails on an order between anything but numbers or a path through a text.

usage: json_terms.py TRAILPROOF
"""

import functools
import json
import subprocess
import sys
from dataclasses import dataclass
from random import Random

from aws_json_term_matcher import matcher

PATTERNS = 200
EVENTS = 50  # as many as one call takes
MISSING = object()

matcher.load_parser = functools.cache(matcher.load_parser)  # which is otherwise made anew for every pattern

TEXTS = ["a", "b", "AwsApiCall", "aws api call", "a*b", "", "é", "\U0001f511", "a/b", "tab\there"]
NUMBERS = [0, 1, -1, 2, 10, 0.5, 1.0, 2.5, -0.0, 1e3, 1000, 1e21, 123456789012]
ADDRESSES = ["10.0.0.1", "10.0.7.1", "10.1.0.1", "110.0.0.1", "192.0.2.10"]
OTHERS = [None, True, False, {}, {"a": "a"}, [], ["a"], [None], MISSING]

QUOTED = ['"a"', '"b"', '"AwsApiCall"', '"aws api call"', '"é"', '"A"', '"/"']
DIGITS = ["0", "1", "2", "1.0", "0.5", "10", "1000", "1e3", "+1e3", "-1e0", "100e-2", "123456789012"]


@dataclass
class Field:
    """A place in the event, what a pattern asks of it, and what is there."""

    selector: str
    path: tuple
    operators: list
    literals: list
    values: list


FIELDS = [
    Field("$.count", ("count",), ["=", "!=", "<", "<=", ">", ">="], DIGITS, NUMBERS),
    Field("$.detail.size", ("detail", "size"), ["=", "!=", "<", "<=", ">", ">="], DIGITS, NUMBERS),
    Field("$.sizes[1]", ("sizes", 1), ["=", "!=", "<", "<=", ">", ">="], DIGITS, NUMBERS),
    Field("$.event-name", ("event-name",), ["=", "!="], QUOTED + DIGITS, TEXTS + NUMBERS),
    Field("$.detail.deep.name", ("detail", "deep", "name"), ["=", "!="], QUOTED + DIGITS, TEXTS + NUMBERS),
    Field("$.names[0]", ("names", 0), ["=", "!="], QUOTED + DIGITS, TEXTS + NUMBERS),
    Field("$.note", ("note",), ["="], QUOTED, TEXTS + NUMBERS + OTHERS),
    Field("$.detail.note", ("detail", "note"), ["="], QUOTED, TEXTS + NUMBERS + OTHERS),
    Field("$.names[9]", ("names", 9), ["="], QUOTED, [MISSING]),
    Field("$.any", ("any",), ["="], ['"*"'], TEXTS + NUMBERS + [None, MISSING]),
    Field("$.address", ("address",), ["="], ["10.*", "10.0.*", "10.0.0.*", "10.0.0.1", "192.0.2.1"], ADDRESSES),
]


def pattern(random, depth=3):
    """A condition; what is joined is in parentheses, because the other one has no precedence of its own."""
    space = random.choice(["", " "])
    if depth == 0 or random.random() < 0.3:
        field = random.choice(FIELDS)
        return space.join([field.selector, random.choice(field.operators), random.choice(field.literals)])
    left, right = (f"({space}{pattern(random, depth - 1)}{space})" for _ in range(2))
    return space.join([left, random.choice(["&&", "||"]), right])


def event(random):
    """An object with a value for every field, in any order."""
    values = {field.path: random.choice(field.values) for field in FIELDS}
    root = {"sizes": [None, None], "names": [None], "detail": {"deep": {}}, "noise": random.choice(TEXTS)}
    for path, value in values.items():
        place = root
        for step in path[:-1]:
            place = place.setdefault(step, {})
        if value is not MISSING:
            place[path[-1]] = value
    members = list(root.items())
    random.shuffle(members)
    return dict(members)


def written(random, event):
    """The event as JSON, with or without spaces, line breaks and escapes."""
    indent, separators = random.choice([(None, (",", ":")), (None, (", ", ": ")), (1, (" ,", " : "))])
    return json.dumps(event, indent=indent, separators=separators, ensure_ascii=random.random() < 0.5)


def ours(program, pattern, messages):
    """Which of the messages match, as the command line of trailproof says."""
    command = [program, "pattern", "test", "--filter-pattern", pattern, "--log-event-messages", *messages]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if ran.returncode != 0:
        sys.exit(f"{pattern}\n{ran.stderr}")
    numbers = {match["eventNumber"] for match in json.loads(ran.stdout)["matches"]}
    return [number + 1 in numbers for number in range(len(messages))]


def theirs(pattern, events):
    """Which of the events match, as the other one says."""
    tree = matcher.parse_filter(pattern)
    return [matcher.FilterEvaluator(event).transform(tree) for event in events]


def main(program):
    random = Random(111122223333)
    matching = 0
    for _ in range(PATTERNS):
        text = f"{{ {pattern(random)} }}"
        events = [event(random) for _ in range(EVENTS)]
        messages = [written(random, event) for event in events]
        for message, our, their in zip(messages, ours(program, text, messages), theirs(text, events), strict=True):
            if our != their:
                sys.exit(f"{text}\n{message}\ntrailproof: {our}, aws-json-term-matcher: {their}")
            matching += our
    answers = PATTERNS * EVENTS
    if not answers / 5 < matching < answers * 4 / 5:
        sys.exit(f"{matching} of {answers} events match: too few or too many to tell anything")
    print(f"{answers} answers agree; {matching} events match")


if __name__ == "__main__":
    main(sys.argv[1])
