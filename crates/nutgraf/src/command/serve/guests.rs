//! How many connections each address holds, so that one machine can't take all there are.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many connections each address holds. Clones count together.
#[derive(Clone, Debug, Default)]
pub(super) struct Guests(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// The place of one connection; it is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    guests: Guests,
    from: IpAddr,
}

impl Guests {
    /// A place for one more; none where that address holds `most` already. What comes from this machine itself is most
    /// likely a proxy, which speaks for many, and is not counted against itself.
    pub(super) fn place(&self, peer: IpAddr, most: usize) -> Option<Place> {
        let from = network(peer.to_canonical());
        let mut rows = self.rows();
        let held = rows.entry(from).or_default();
        if *held >= most && !from.is_loopback() {
            return None;
        }
        *held += 1;
        Some(Place { guests: self.clone(), from })
    }

    fn rows(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut rows = self.guests.rows();
        let left = rows.get(&self.from).map_or(0, |held| held.saturating_sub(1));
        if left == 0 {
            rows.remove(&self.from);
        } else {
            rows.insert(self.from, left);
        }
    }
}

/// The address as it is counted: one household has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) if !address.is_loopback() => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_so_many_and_gives_them_back() {
        let guests = Guests::default();
        let from = |text: &str| text.parse::<IpAddr>().expect("an address");
        for (held, other, far) in [
            ("198.51.100.7", "198.51.100.7", "198.51.100.8"),
            ("2001:db8:1:2::7", "2001:db8:1:2:9::1", "2001:db8:1:3::7"),
            ("::ffff:203.0.113.5", "203.0.113.5", "203.0.113.6"),
        ] {
            let first = guests.place(from(held), 2).expect("nobody holds any");
            let second = guests.place(from(other), 2).expect("one is free");
            assert!(guests.place(from(held), 2).is_none(), "{held}");
            assert!(guests.place(from(far), 2).is_some(), "{far}");
            drop(second);
            assert!(guests.place(from(held), 2).is_some(), "{held}");
            drop(first);
        }
        let proxy: Vec<_> = (0..5).filter_map(|_| guests.place(from("127.0.0.1"), 2)).collect();
        assert_eq!(proxy.len(), 5);
        drop(proxy);
        assert!(guests.rows().is_empty(), "who is gone is forgotten");
    }
}
