"""What must be settled before the year can be finalised, as the page says it."""

from gaoxin_vote.workflow.results import settling

OpenMatter = settling.OpenMatter
WayOut = settling.WayOut
