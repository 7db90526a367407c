//! How sure a figure is: intervals, differences, trends and disproportionality.
