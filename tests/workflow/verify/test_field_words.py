"""Has every field that a difference can name its word, and is no word code?"""

from gaoxin_vote.workflow.verify.field_words import FIELD_WORDS


def test_every_word_is_chinese_and_every_field_a_name() -> None:
    assert len(FIELD_WORDS) > 80
    for field, word in FIELD_WORDS.items():
        assert field.isidentifier() and field.isascii()
        assert word and not word.isascii()
