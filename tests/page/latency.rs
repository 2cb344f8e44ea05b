//! The page answers while searches follow one another.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use super::stand::on_a_page;
use crate::common::skipped;

const SEARCHES: usize = 10;
/// Milliseconds that a person does not notice (Nielsen 1993), and that no pause may reach.
const UNNOTICED_MS: f64 = 100.0;
const LONGEST_MS: f64 = 1000.0;
/// Pauses of the machine itself (a frozen virtual machine, say) under which the page can be judged.
const STEADY_MS: f64 = 25.0;

#[test]
fn ten_searches_in_a_row_leave_the_page_responsive() {
    on_a_page(|page| async move {
        page.demo_with_a_plan().await;
        page.run(WATCH).await;
        page.press("Recalculer le plan").await;
        page.choose("S'arrêter à", "0.01").await;
        let machine = Machine::watch();
        for _ in 0..SEARCHES {
            page.run("document.querySelector('form.resoudre').requestSubmit()").await;
            page.ended_a_search().await;
        }
        let machine = machine.usual_pause();
        let pauses = page.value("window.pauses.sort((a, b) => a - b)").await;
        let pauses: Vec<f64> = pauses
            .as_array()
            .expect("pauses")
            .iter()
            .filter_map(serde_json::Value::as_f64)
            .collect();
        let usual = pauses[pauses.len() * 95 / 100];
        let longest = pauses[pauses.len() - 1];
        eprintln!(
            "95 % of pauses: event loop {usual:.0} ms (longest {longest:.0}), machine {machine:.0} ms"
        );
        if machine > STEADY_MS {
            skipped(&format!("the machine stands still for {machine:.0} ms now and then"));
            return;
        }
        assert!(usual < UNNOTICED_MS, "95 % of the pauses last {usual:.0} ms or less");
        assert!(longest < LONGEST_MS, "the page stood still for {longest:.0} ms");
    });
}

/// A thread that measures how late its own timer of 20 ms comes.
struct Machine {
    over: Arc<AtomicBool>,
    thread: JoinHandle<Vec<f64>>,
}

impl Machine {
    fn watch() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&over);
        let thread = spawn(move || {
            let step = Duration::from_millis(20);
            let mut pauses = Vec::new();
            while !heard.load(Ordering::Relaxed) {
                let before = Instant::now();
                sleep(step);
                pauses.push(before.elapsed().saturating_sub(step).as_secs_f64() * 1000.0);
            }
            pauses
        });
        Self { over, thread }
    }

    /// Milliseconds that 95 % of the pauses stay under.
    fn usual_pause(self) -> f64 {
        self.over.store(true, Ordering::Relaxed);
        let mut pauses = self.thread.join().expect("the thread only sleeps");
        pauses.sort_by(f64::total_cmp);
        pauses[pauses.len() * 95 / 100]
    }
}

/// Measures how late a timer of 20 ms comes.
const WATCH: &str = "
    window.pauses = [];
    let before = performance.now();
    setInterval(() => {
        const now = performance.now();
        window.pauses.push(Math.max(0, now - before - 20));
        before = now;
    }, 20);";
