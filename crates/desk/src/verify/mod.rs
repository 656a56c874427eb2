//! Does the source say so? The check of drafts and of other people’s texts.

pub mod judge;
