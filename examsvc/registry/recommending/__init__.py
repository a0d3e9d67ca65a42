"""推荐: a department's draft batches, their rows and annexes, and handing them in inside the window."""
