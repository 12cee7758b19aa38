"""How do windows hold an open workspace without touching what is in it?"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from gaoxin_vote.storage.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")


class OpenWorkspace:
    """An open workspace, sealed for its holder: it can be handed to a function of the workflow, or closed.

    ``opened.call(rename_unit, year, code, name)`` is ``rename_unit(workspace, year, code, name)``.
    """

    __slots__ = ("__workspace",)

    def __init__(self, workspace: Workspace) -> None:
        self.__workspace = workspace

    def call(self, act: Callable[Concatenate[Workspace, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `act` returns for the workspace and these arguments."""
        return act(self.__workspace, *args, **kwargs)

    def close(self) -> None:
        """Close the file and let others open it. Safe to call twice."""
        self.__workspace.close()
