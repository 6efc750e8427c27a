"""Pure functions: rules to grounds to suggestions; answers to scores."""
