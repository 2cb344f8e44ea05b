//! Who may stay connected.
//!
//! Whoever has shown the secret keeps a place for as long as the connection lasts. The others stand
//! in a hall as large, where the one that has stood longest makes room for the next: connections
//! that say nothing, however many, delay nobody who comes with a request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::{Notify, OnceCell, OwnedSemaphorePermit, Semaphore};

/// The places of a server.
pub struct Places {
    seats: Arc<Semaphore>,
    /// Those who have no seat, the one that came first in front.
    hall: Mutex<VecDeque<Arc<Notify>>>,
    most_standing: usize,
}

/// A connection.
pub struct Visitor {
    places: Arc<Places>,
    leave: Arc<Notify>,
    seat: OnceCell<OwnedSemaphorePermit>,
}

impl Places {
    /// So many seats, and a hall for as many.
    pub fn new(many: usize) -> Arc<Self> {
        let (seats, hall) = (Arc::new(Semaphore::new(many)), Mutex::default());
        Arc::new(Self { seats, hall, most_standing: many })
    }

    /// Comes in, and sends away who has stood longest when the hall is full.
    pub fn enter(self: &Arc<Self>) -> Visitor {
        let leave = Arc::new(Notify::new());
        let mut hall = self.hall();
        if hall.len() >= self.most_standing
            && let Some(first) = hall.pop_front()
        {
            first.notify_one();
        }
        hall.push_back(Arc::clone(&leave));
        Visitor { places: Arc::clone(self), leave, seat: OnceCell::new() }
    }

    fn hall(&self) -> MutexGuard<'_, VecDeque<Arc<Notify>>> {
        self.hall.lock().expect("no holder of this lock panics")
    }
}

impl Visitor {
    /// Takes a seat for the rest of the visit, once one is free.
    pub async fn sit(&self) {
        let take = async || {
            let seat = Arc::clone(&self.places.seats).acquire_owned().await;
            self.leave_hall();
            seat.expect("the semaphore is never closed")
        };
        self.seat.get_or_init(take).await;
    }

    /// Ends when someone else needs the room.
    pub async fn sent_away(&self) {
        self.leave.notified().await;
    }

    fn leave_hall(&self) {
        self.places.hall().retain(|other| !Arc::ptr_eq(other, &self.leave));
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        self.leave_hall();
    }
}
