"""Hand-over of a seat 换机: a proctor moves a candidate to another machine; the old one is fenced at once."""
