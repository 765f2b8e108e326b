//! From a listening socket to a drained server.
