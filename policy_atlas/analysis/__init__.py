"""Numbers from the tables: counts under every choice, the rows behind them, comparisons and profiles."""
