"""Writing YAML that `sim.io.reader` reads back as it was (the only writer)."""

import re
import sys
from typing import Any

import yaml

from sim.io.reader import CORE_TYPES

TEXT = "tag:yaml.org,2002:str"


class _Dumper(yaml.SafeDumper):
    """Quotes text that the reader, or a reader of YAML 1.1, takes for anything else."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write what stands twice twice: the reader refuses aliases."""
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        """Text with line ends or unseen characters in double quotes, where they are spelled out."""
        return self.represent_scalar(TEXT, data, None if data.isprintable() else '"')


_Dumper.add_representer(str, _Dumper.represent_str)
for _tag, _pattern, _first in CORE_TYPES:
    _Dumper.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)


def as_yaml(value: Any, *, in_a_line: bool = False) -> str:
    """Mappings, lists, text and numbers as YAML that the reader gives back as they are.

    `in_a_line` puts a mapping into braces, in one line where no text in it holds line ends.

    >>> as_yaml({"title": "08", "months": 8})
    "title: '08'\\nmonths: 8\\n"
    >>> as_yaml({"bloc": ["no", "north"]}, in_a_line=True)
    "{bloc: ['no', north]}\\n"
    """
    return yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=in_a_line,
        width=sys.maxsize if in_a_line else 80,
    )
