//! Tables of invented sentences and the times they name.
