//! Every route on one page, each with who may call it (D9).
