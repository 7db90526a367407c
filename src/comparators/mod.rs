//! What a figure is set beside: target, statistical neighbours, England, earlier periods.
