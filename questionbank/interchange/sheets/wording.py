"""The words of our own template."""

INSTRUCTIONS = "填写说明 Instructions"
EXAMPLES = "示例 Examples"
LISTS = "lists"
ITEMS = "题库 Items"
