"""Speed and cost of the integration, each figure as a ratio to a bound of the same run."""
