"""Does a test hold each guard? Takes them out one by one and says which nobody missed.

``python -m tests.mutants [PATH…]``, or ``make mutants`` for all. A guard is a ``raise``, or a call that
stands alone and whose name says that it refuses (`guards.GUARDING`). Nothing in the working tree is changed:
the modules are compiled with a switch before every guard (`guards`), the tests run once to see which of them
reach which guard, and then once more for each guard with that one switched off (`running`).

A guard counts as held when a test fails without it that passes with it, or when the tests do not come to an
end without it. Tests of windows do not count: a rule of the workflow is held by a test that needs no window.
"""
