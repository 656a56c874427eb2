//! A place of bounded size for values by name: when it is full the oldest go.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A place of bounded size.
#[derive(Debug)]
pub(super) struct Shelf<V> {
    room: usize,
    rows: Mutex<Rows<V>>,
}

#[derive(Debug)]
struct Rows<V> {
    values: HashMap<String, (V, usize)>,
    /// Names in the order in which they came.
    order: VecDeque<String>,
    weight: usize,
}

impl<V: Clone> Shelf<V> {
    /// An empty one for so many bytes.
    pub(super) fn new(room: usize) -> Self {
        let rows = Rows { values: HashMap::new(), order: VecDeque::new(), weight: 0 };
        Self { room, rows: Mutex::new(rows) }
    }

    /// What stands there under a name.
    pub(super) fn get(&self, name: &str) -> Option<V> {
        self.rows().values.get(name).map(|(value, _)| value.clone())
    }

    /// Puts a value of so many bytes there, in the place of the one with that name.
    pub(super) fn put(&self, name: &str, value: V, bytes: usize) {
        let weight = bytes + 2 * name.len();
        let mut rows = self.rows();
        rows.weight += weight;
        match rows.values.insert(name.to_owned(), (value, weight)) {
            Some((_, before)) => rows.weight -= before,
            None => rows.order.push_back(name.to_owned()),
        }
        while rows.weight > self.room {
            let Some(oldest) = rows.order.pop_front() else { break };
            if let Some((_, weight)) = rows.values.remove(&oldest) {
                rows.weight -= weight;
            }
        }
    }

    fn rows(&self) -> MutexGuard<'_, Rows<V>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_make_room() {
        let shelf = Shelf::new(1000);
        for number in 0..50 {
            shelf.put(&format!("n{number}"), number, 94);
        }
        assert_eq!((shelf.get("n49"), shelf.get("n41"), shelf.get("n39")), (Some(49), Some(41), None));
        shelf.put("n49", 7, 94);
        assert_eq!((shelf.get("n49"), shelf.get("n41")), (Some(7), Some(41)));
        shelf.put("large", 1, 5000);
        assert_eq!((shelf.get("large"), shelf.get("n49")), (None, None));
        assert_eq!(shelf.rows().weight, 0);
    }
}
