"""Scenes: what a fixture makes through the service, made once and put back for every later test that asks for it."""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

import pytest
from databases import KeptPostgresql, KeptSqlite

from examsvc.core.clock import MovableClock

NAMES: set[str] = set()


@dataclass(frozen=True)
class Played:
    """How everything was after a scene: what it returned, the time, and the name of the files and rows."""

    made: bytes
    at: datetime
    name: str


@dataclass
class Stage:
    """A test's database, files and clock; a scene is known by its name and those of the scenes before it."""

    keeper: KeptSqlite | KeptPostgresql
    clock: MovableClock
    data: Path
    wings: Path
    names: tuple[str, ...] = field(default=())

    def play(self, name: str, make: Callable[[], Any]) -> Any:
        """Return a copy of what `make` returns, detached from any session."""
        self.names += (name,)
        if self.names in self.keeper.played:
            self._put_back(self.keeper.played[self.names])
        else:
            self.keeper.played[self.names] = self._keep(make())
        return pickle.loads(self.keeper.played[self.names].made)  # noqa: S301 (what this process itself wrote)

    def _keep(self, made: Any) -> Played:
        scene = Played(pickle.dumps(made), self.clock(), f"scene_{len(self.keeper.played)}")
        self.keeper.keep(scene.name)
        shutil.copytree(self.data, self._files(scene))
        return scene

    def _put_back(self, scene: Played) -> None:
        self.keeper.put(scene.name)
        self.clock.at = scene.at
        shutil.copytree(self._files(scene), self.data, dirs_exist_ok=True)

    def _files(self, scene: Played) -> Path:
        return self.wings / f"{type(self.keeper).__name__}-{scene.name}"


def scene(make: Callable[..., Any]) -> Any:
    """Make a fixture of a function that works in transactions of its own and returns what can be pickled."""

    def played(stage: Stage, **fixtures: Any) -> Any:
        return stage.play(f"{make.__module__}.{make.__qualname__}", lambda: make(**fixtures))

    NAMES.add(make.__name__)
    asked = signature(make)
    stage = Parameter("stage", Parameter.KEYWORD_ONLY, annotation=Stage)
    parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in asked.parameters.values()]
    played.__signature__ = asked.replace(parameters=[stage, *parameters])  # type: ignore[attr-defined]
    played.__name__, played.__doc__ = make.__name__, make.__doc__
    return pytest.fixture(played)
