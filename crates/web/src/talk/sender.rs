//! Where a request comes from, as far as it may be believed, and as little of it as possible.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::pace::DAY;
use super::seal;
use crate::server::Site;

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sender {
    /// The address; none where the server was not told.
    pub(crate) address: Option<IpAddr>,
    /// A keyed hash of the address that changes every day: enough to count by, not to know anybody by.
    pub(crate) hash: String,
}

impl FromRequestParts<Site> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = address(&parts.headers, peer, site.settings.trusted_hops);
        let day = site.clock.now().div_euclid(DAY);
        let words = format!("{day} {}", address.map(network).unwrap_or_default());
        Ok(Self { address, hash: seal::mac(&*site.key, "sender", &words) })
    }
}

/// The address of the reader: the peer's, or what the outermost proxy of ours wrote. Whatever stands before that
/// in the header was written by the reader and is not believed.
fn address(headers: &HeaderMap, peer: Option<IpAddr>, hops: usize) -> Option<IpAddr> {
    let peer = peer.map(|address| address.to_canonical());
    if hops == 0 {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let named: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let ours = named.len().checked_sub(hops).and_then(|at| named.get(at));
    ours.and_then(|name| read(name)).or(peer)
}

fn read(name: &str) -> Option<IpAddr> {
    let address = name.parse().or_else(|_| name.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

/// The address as it is counted: one household has a whole /64 of IPv6.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxies_are_believed() {
        for (forwarded, hops, expected) in [
            ("", 0, "10.0.0.9"),
            ("203.0.113.5", 0, "10.0.0.9"),
            ("203.0.113.5", 1, "203.0.113.5"),
            ("198.51.100.1, 203.0.113.5", 1, "203.0.113.5"),
            ("198.51.100.1, 203.0.113.5", 2, "198.51.100.1"),
            ("203.0.113.5", 2, "10.0.0.9"),
            ("nonsense", 1, "10.0.0.9"),
            ("203.0.113.5:4711", 1, "203.0.113.5"),
            ("::ffff:203.0.113.5", 1, "203.0.113.5"),
        ] {
            let mut headers = HeaderMap::new();
            if !forwarded.is_empty() {
                headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            }
            let peer = "10.0.0.9".parse().ok();
            let found = address(&headers, peer, hops).map(|address| address.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{forwarded:?} {hops}");
        }
    }

    #[test]
    fn neighbours_in_one_network_count_as_one() {
        let name = |text: &str| network(text.parse().unwrap());
        assert_eq!(name("2001:db8:1:2::7"), name("2001:db8:1:2:9::1"));
        assert_ne!(name("2001:db8:1:2::7"), name("2001:db8:1:3::7"));
    }
}
