//! What the site shows of its settings.
