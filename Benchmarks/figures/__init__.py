"""The figures, one module for each group; each has a function `figures(host)`."""
