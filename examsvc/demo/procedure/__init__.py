"""Cases on their way to filing, each brought to its stage by the people and at the moments that the notice asks for."""
