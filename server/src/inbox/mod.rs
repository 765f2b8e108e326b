//! An agent's list of support conversations.
