//! Colours, sizes and the accent.
