//! From the files that councils hold to stored records, with every problem told.
