"""The dress rehearsal 彩排: synthetic candidates sit a real paper over the real protocol, and nothing of it counts."""
