//! The page in a real browser: Debian's chromium, driven through chromedriver. One file a concern:
//! `stand`: the program, the driver and the browser of one test, all ended with it.
//! `visit`: what a person does, in words: go, click, type, wait for a sentence.
//! `journey`: from the first click, or from the ministry's files, to downloaded documents.
//! `keyboard`: the main job without a mouse.
//! `hostile`: names from files are text.
//! `audit`: every screen under axe-core.
//! `latency`: the page answers while searches follow one another.

mod audit;
mod hostile;
mod journey;
mod keyboard;
mod latency;
mod stand;
mod visit;
