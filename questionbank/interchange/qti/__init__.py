"""QTI 1.2, 2.1, 2.2 and 3.0. Versions 2 and 3 are read and written through one model with the names of version 2.

What we write is read back equal but for this, which QTI has no place for or says in one way only:

- a key's `scoring` of a multiple choice that says EXACT, which is what is meant without it;
- weights, shares and points as shortest decimals ("0.50" becomes "0.5");
- ids of choices that are no single letters, which are lettered anew; an option that shows a picture and has no words
  gets those of the picture;
- spaces at the ends of lines, tabs, and characters that XML may not hold;
- the order of a content's media: those of the stem come before those of the options; the names of their files.
"""
