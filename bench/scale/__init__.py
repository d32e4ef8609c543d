"""A corpus of any size with questions whose answers are known, and what a store of it costs.

    python -m bench.scale --sizes 1000,10000,100000

names       invented names, as many as are needed
stories     a number -> a project with all that happens to it
documents   a story -> the eight documents that tell of it
questions   a story -> questions with what is right about their answers
steps       what is measured, each in a process of its own
running     the steps of every size, with a progress bar; what is finished is kept
report      what was measured -> a page and a picture
"""
