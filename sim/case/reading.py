"""Reading the files of a case folder and collecting their numbers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from sim.case.numbers import Entry, Number
from sim.documents import BadFile, Document, read_table, read_yaml

Numbers = dict[str, Number]
Part = TypeVar("Part", bound=BaseModel)


def yaml_file(folder: Path, name: str) -> Document:
    """A YAML file of the case; raises BadFile or MissingFile."""
    return read_yaml(folder / name, f"{folder.name}/{name}")


def table_file(folder: Path, name: str, keys: int = 1) -> Document:
    """A CSV file of the case, rows by their first `keys` columns; raises BadFile or MissingFile."""
    return read_table(folder / name, f"{folder.name}/{name}", keys)


def parts(document: Document, value: Mapping[str, Any], model: type[Part]) -> dict[str, Part]:
    """Validate each entry of a mapping; raises BadFile with all faults."""
    adapter = TypeAdapter(dict[str, model])  # type: ignore[valid-type]
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        faults = [
            document.fault(tuple(detail["loc"]), detail["msg"].removeprefix("Value error, "))
            for detail in error.errors()
        ]
        raise BadFile(faults) from None


def each(folder: Path, name: str, model: type[Part]) -> dict[str, Part]:
    """The entries of a YAML file, each as `model`; raises BadFile or MissingFile."""
    document = yaml_file(folder, name)
    return parts(document, document.value, model)


def add(numbers: Numbers, path: str, entry: Entry) -> None:
    """Add the number, or the numbers, of an entry at `path`."""
    if isinstance(entry.value, list):
        for i, number in enumerate(entry.numbers()):
            numbers[f"{path}.{i}"] = number
    else:
        numbers[path] = entry.numbers()[0]
