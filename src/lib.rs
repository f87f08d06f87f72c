//! Baton: AI support agents that know when to bring in a human.
//!
//! This file is the map of rooms and the only place where a room is gated by build. Who may call whom
//! is drawn in ARCHITECTURE.md and checked by `tests/house.rs`.
