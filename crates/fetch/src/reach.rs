//! Which addresses may be asked: decided on the number that is connected to, however it was written or found.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

use crate::refusal::Cause;

/// The longest address that is asked.
const LONGEST: usize = 8192;

/// Which addresses may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Whether all may be, not only public ones on ports 80 and 443.
    private: bool,
    /// One that may be asked besides, so that the rules hold for all but one's own server.
    besides: Option<SocketAddr>,
    /// The server that stands in for all hosts under `.example`.
    stand_in: Option<SocketAddr>,
}

impl Reach {
    pub(crate) const PUBLIC: Self = Self { private: false, besides: None, stand_in: None };
    pub(crate) const PRIVATE: Self = Self { private: true, besides: None, stand_in: None };

    #[cfg(test)]
    pub(crate) fn besides(server: SocketAddr) -> Self {
        Self { private: false, besides: Some(server), stand_in: None }
    }

    pub(crate) fn standing_in(self, stand_in: Option<SocketAddr>) -> Self {
        Self { stand_in, ..self }
    }

    /// The server that stands in for a host, if one does. It goes by the name alone, so a redirect to a number
    /// is judged as any other.
    fn stand_in(self, host: &str) -> Option<SocketAddr> {
        self.stand_in.filter(|_| host.trim_end_matches('.').to_ascii_lowercase().ends_with(".example"))
    }

    /// The address as it is asked for: the server that stands in speaks no TLS.
    pub(crate) fn wire(self, url: &Url) -> Cow<'_, Url> {
        if url.scheme() == "http" || url.host_str().and_then(|host| self.stand_in(host)).is_none() {
            return Cow::Borrowed(url);
        }
        let mut wire = url.clone();
        wire.set_scheme("http").expect("http can stand for https");
        Cow::Owned(wire)
    }

    /// Refuses an address of which it can be seen before any look-up that it may not be asked.
    pub(crate) fn check(self, url: &Url) -> Result<(), Cause> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Cause::NotHttp { scheme: crate::refusal::plain(url.scheme()) });
        }
        if url.as_str().len() > LONGEST {
            return Err(Cause::BadAddress { cause: format!("it is longer than {LONGEST} characters") });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Cause::Credentials {});
        }
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain(_)) => None,
            None => return Err(Cause::BadAddress { cause: "it names no host".to_owned() }),
        };
        if url.host_str().and_then(|host| self.stand_in(host)).is_some() {
            return Ok(());
        }
        let port = url.port_or_known_default().unwrap_or(80);
        if let Some(ip) = ip {
            if self.allows(SocketAddr::new(ip, port)) {
                return Ok(());
            }
            if let Some(Network { what, range }) = network(ip) {
                return Err(Cause::Private { what, range });
            }
        }
        if !self.private && !matches!(port, 80 | 443) {
            return Err(Cause::Port { port });
        }
        Ok(())
    }

    fn allows(self, address: SocketAddr) -> bool {
        self.private || self.besides == Some(address)
    }

    /// The first of the addresses that may not be connected to.
    fn denied(self, addresses: &[SocketAddr]) -> Option<Denied> {
        addresses
            .iter()
            .filter(|&&address| !self.allows(address))
            .find_map(|address| network(address.ip()).map(|network| Denied { ip: address.ip(), network }))
    }
}

/// Looks names up and refuses one that leads into a private network. The addresses it gives out are those
/// that are connected to, so a second look-up with another answer can't slip in between; and it is asked for
/// hosts written as numbers as well.
#[derive(Debug)]
pub(crate) struct Guard<R> {
    reach: Reach,
    names: R,
}

impl<R: Resolver> Guard<R> {
    pub(crate) fn new(reach: Reach, names: R) -> Self {
        Self { reach, names }
    }
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        if let Some(server) = uri.host().and_then(|host| self.reach.stand_in(host)) {
            let mut only = self.empty();
            only.push(server);
            return Ok(only);
        }
        let addresses = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            // The system reports an unknown name as an error of its own without a kind.
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            other => other,
        })?;
        match self.reach.denied(&addresses) {
            Some(denied) => Err(ureq::Error::Other(Box::new(denied))),
            None => Ok(addresses),
        }
    }
}

/// An address that may not be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Denied {
    ip: IpAddr,
    network: Network,
}

impl Denied {
    pub(crate) fn cause(self) -> Cause {
        Cause::LeadsPrivate { ip: self.ip.to_string(), what: self.network.what, range: self.network.range }
    }
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause().fmt(f)
    }
}

impl std::error::Error for Denied {}

/// What went wrong with a request, from the client's error.
pub(crate) fn failing(error: ureq::Error, timeout: std::time::Duration) -> Cause {
    use ureq::Error as E;
    match error {
        E::Timeout(_) => Cause::Timeout { after: timeout },
        E::HostNotFound => Cause::NoHost {},
        E::Other(other) => match other.downcast::<Denied>() {
            Ok(denied) => denied.cause(),
            Err(other) => Cause::BadAnswer { cause: crate::refusal::plain(&other.to_string()) },
        },
        E::Tls(cause) => Cause::Tls { cause: cause.to_owned() },
        E::Rustls(cause) => Cause::Tls { cause: crate::refusal::plain(&cause.to_string()) },
        E::Decompress(_, cause) => crate::refusal::reading(&cause, Some(crate::refusal::Packing::Gzip)),
        E::ConnectionFailed => Cause::NoConnection { cause: "no connection".to_owned() },
        E::Io(error) => failing_io(error, timeout),
        other => Cause::BadAnswer { cause: crate::refusal::plain(&other.to_string()) },
    }
}

/// The same for an error while the body is read, which may carry one of the client's.
pub(crate) fn failing_io(error: io::Error, timeout: std::time::Duration) -> Cause {
    if error.get_ref().is_some_and(|inner| inner.is::<ureq::Error>()) {
        return failing(ureq::Error::from(error), timeout);
    }
    match error.kind() {
        io::ErrorKind::TimedOut => Cause::Timeout { after: timeout },
        io::ErrorKind::UnexpectedEof => Cause::Cut {},
        io::ErrorKind::InvalidData => Cause::Tls { cause: crate::refusal::plain(&error.to_string()) },
        kind => Cause::NoConnection { cause: kind.to_string() },
    }
}

/// A range of addresses that no publisher's server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    what: &'static str,
    range: &'static str,
}

/// The network that an address is in, where that is not the public internet.
fn network(ip: IpAddr) -> Option<Network> {
    match ip {
        IpAddr::V4(ip) => network4(ip),
        IpAddr::V6(ip) => network6(ip),
    }
}

fn network4(ip: Ipv4Addr) -> Option<Network> {
    const PRIVATE: &str = "a private network";
    const RESERVED: &str = "a reserved network";
    const EXAMPLES: &str = "a network kept for examples";
    let (what, range) = match ip.octets() {
        [0, ..] => (RESERVED, "0.0.0.0/8"),
        [10, ..] => (PRIVATE, "10.0.0.0/8"),
        [100, 64..=127, ..] => ("a provider's inner network", "100.64.0.0/10"),
        [127, ..] => ("this machine itself", "127.0.0.0/8"),
        [169, 254, ..] => ("the local link", "169.254.0.0/16"),
        [172, 16..=31, ..] => (PRIVATE, "172.16.0.0/12"),
        [192, 0, 0, _] => (RESERVED, "192.0.0.0/24"),
        [192, 0, 2, _] => (EXAMPLES, "192.0.2.0/24"),
        [192, 88, 99, _] => (RESERVED, "192.88.99.0/24"),
        [192, 168, ..] => (PRIVATE, "192.168.0.0/16"),
        [198, 18 | 19, ..] => ("a network kept for measurements", "198.18.0.0/15"),
        [198, 51, 100, _] => (EXAMPLES, "198.51.100.0/24"),
        [203, 0, 113, _] => (EXAMPLES, "203.0.113.0/24"),
        [224..=239, ..] => ("a group of machines, not one", "224.0.0.0/4"),
        [240..=255, ..] => (RESERVED, "240.0.0.0/4"),
        _ => return None,
    };
    Some(Network { what, range })
}

fn network6(ip: Ipv6Addr) -> Option<Network> {
    let embedded = |high: u16, low: u16| Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low));
    let (what, range) = match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => ("this machine itself", "::1"),
        // These carry an IPv4 address, which is where a connection would end.
        [0, 0, 0, 0, 0, 0xffff, a, b] | [0x64, 0xff9b, 0, 0, 0, 0, a, b] | [0x2002, a, b, ..] => {
            return network4(embedded(a, b));
        }
        [0xfc00..=0xfdff, ..] => ("a private network", "fc00::/7"),
        [0xfe80..=0xfebf, ..] => ("the local link", "fe80::/10"),
        [0xfec0..=0xfeff, ..] => ("a private network", "fec0::/10"),
        [0xff00..=0xffff, ..] => ("a group of machines, not one", "ff00::/8"),
        [0x2001, 0..=0x1ff, ..] => ("a reserved network", "2001::/23"),
        [0x2001, 0xdb8, ..] => ("a network kept for examples", "2001:db8::/32"),
        [0x3fff, 0..=0xfff, ..] => ("a network kept for examples", "3fff::/20"),
        [0x2000..=0x3fff, ..] => return None,
        _ => ("a reserved network", "outside 2000::/3"),
    };
    Some(Network { what, range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(url: &str, reach: Reach) -> &'static str {
        match Url::parse(url) {
            Ok(url) => reach.check(&url).err().map_or("ok", |cause| cause.code()),
            Err(_) => "unparsed",
        }
    }

    #[test]
    fn private_addresses_are_refused_however_they_are_written() {
        for host in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "１２７.0.0.1",
            "127.0.0.1.",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "3232235777",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2002:c0a8:101::1]",
            "[2001::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[fc00::1]",
            "[fd12::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[100::1]",
            "[5f00::1]",
        ] {
            assert_eq!(code(&format!("http://{host}/"), Reach::PUBLIC), "private-address", "{host}");
            assert_eq!(code(&format!("http://{host}:8080/"), Reach::PRIVATE), "ok", "{host}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for host in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "198.17.0.1",
            "223.255.255.255",
            "[2606:4700::1]",
            "[64:ff9b::1.1.1.1]",
            "[2002:101:101::1]",
            "[::ffff:1.1.1.1]",
            "news.test",
        ] {
            assert_eq!(code(&format!("https://{host}/a"), Reach::PUBLIC), "ok", "{host}");
        }
    }

    #[test]
    fn other_schemes_ports_and_passwords_are_refused() {
        for (url, expected) in [
            ("ftp://news.test/", "not-http"),
            ("file:///etc/hosts", "not-http"),
            ("http://news.test:22/", "port"),
            ("https://news.test:443/", "ok"),
            ("http://me:pw@news.test/", "credentials"),
            ("http://1.1.1.1@10.0.0.1/", "credentials"),
        ] {
            assert_eq!(code(url, Reach::PUBLIC), expected, "{url}");
        }
    }

    #[test]
    fn a_name_is_judged_by_every_address_it_leads_to() {
        let public: SocketAddr = "1.1.1.1:80".parse().expect("an address");
        let private: SocketAddr = "10.0.0.1:80".parse().expect("an address");
        assert_eq!(Reach::PUBLIC.denied(&[public]), None);
        assert_eq!(Reach::PUBLIC.denied(&[public, private]).map(|d| d.ip), Some(private.ip()));
        assert_eq!(Reach::PRIVATE.denied(&[public, private]), None);
    }
}
