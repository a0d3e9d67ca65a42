"""The paper fall-back 纸笔续考: a sitting goes on by hand, on a print of its own paper, and is typed back in twice."""
