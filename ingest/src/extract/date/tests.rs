//! Dates of whole pages.

use super::*;
