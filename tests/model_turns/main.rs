//! Turns with a model, played by a model in memory: what each failure leads to, and that no model, whatever it says,
//! brings the engine to propose what it may not.

mod failing;
mod memory;
mod properties;
mod telling;
