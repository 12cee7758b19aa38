"""What does the page of a unit show? The derivation as it is said everywhere."""

from gaoxin_vote.domain.explaining import section

StorySection = section.StorySection
UnitPage = section.UnitPage
