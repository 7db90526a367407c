//! Who may see what: the policy as data and one pure function that decides.
