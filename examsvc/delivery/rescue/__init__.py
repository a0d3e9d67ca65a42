"""Answers that did not come the ordinary way: sent after the end, or brought in a rescue file 应急文件."""
