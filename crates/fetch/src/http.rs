//! Fetches one address politely: robots.txt is asked first, every redirect is judged anew, all is bounded.

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::{Response, header};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::address::{self, Guard, Reach};
use crate::body::Body;
use crate::kind::Kind;
use crate::refusal::{self, Cause, Refusal};
use crate::robots::{self, Rules};
use crate::{Document, Limits, message};

/// By what name we ask.
pub const USER_AGENT: &str = "Nutgraf/0.1 (+https://nutgraf.example/about; news digest reader)";

const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// How long what a host's robots.txt said is kept, and for how many hosts.
const KEPT: Duration = Duration::from_secs(3600);
const HOSTS: usize = 10_000;

/// Fetches one address.
///
/// # Errors
/// See [`Client::get`]. To fetch more than one address make one [`Client`], which asks each host for its
/// robots.txt only once.
pub fn get(url: &str, limits: &Limits) -> Result<Document, Refusal> {
    Client::new(limits).get(url)
}

/// Fetches addresses, and remembers what each host's robots.txt asks. Threads may share it.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    reach: Reach,
    limits: Limits,
    robots: Mutex<BTreeMap<String, (Instant, Arc<Answer>)>>,
}

/// The rules of a host, or why they can't be known.
type Answer = Result<Rules, Cause>;

impl Client {
    /// A client that holds to `limits`. It uses no proxy, whatever the environment says.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self::reaching(limits, if limits.allow_private { Reach::PRIVATE } else { Reach::PUBLIC })
    }

    fn reaching(limits: &Limits, reach: Reach) -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(64 << 10)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guard::new(reach));
        Self { agent, reach, limits: limits.clone(), robots: Mutex::default() }
    }

    /// Fetches the page or feed at an address.
    ///
    /// # Errors
    /// When the address may not be asked, robots.txt asks us to stay away, or no page or feed comes whole,
    /// in time and within its limit.
    pub fn get(&self, address: &str) -> Result<Document, Refusal> {
        self.follow(address).map_err(|cause| match Url::parse(address) {
            Ok(url) if cause == Cause::Credentials {} => Refusal::new(&shown(&url), &cause),
            _ => Refusal::new(address, &cause),
        })
    }

    fn follow(&self, address: &str) -> Result<Document, Cause> {
        let mut url =
            Url::parse(address.trim()).map_err(|error| Cause::BadAddress { cause: error.to_string() })?;
        let start = Instant::now();
        for hop in 0..=self.limits.redirects {
            url.set_fragment(None);
            let response = self.ask(&url, start).map_err(|cause| match hop {
                0 => cause,
                _ => Cause::Redirect { to: shown(&url), cause: Box::new(cause) },
            })?;
            match target(&url, &response)? {
                Some(next) => url = next,
                None => return self.take(address, &url, response),
            }
        }
        Err(Cause::Redirects { limit: self.limits.redirects })
    }

    /// Asks for one address after all checks, without following redirects.
    fn ask(&self, url: &Url, start: Instant) -> Result<Response<ureq::Body>, Cause> {
        self.reach.check(url)?;
        self.permitted(url, start)?;
        self.request(url, start)
    }

    fn request(&self, url: &Url, start: Instant) -> Result<Response<ureq::Body>, Cause> {
        let left = self.limits.timeout.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(Cause::Timeout { after: self.limits.timeout });
        }
        let request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        request.call().map_err(|error| address::failing(error, self.limits.timeout))
    }

    /// Whether the host's robots.txt lets us read the address.
    fn permitted(&self, url: &Url, start: Instant) -> Result<(), Cause> {
        let host = url.origin().ascii_serialization();
        let known = self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&host).cloned();
        let answer = match known {
            Some((at, answer)) if at.elapsed() < KEPT => answer,
            _ => {
                let answer = Arc::new(self.rules(url, &host, start));
                // Time may have run short because of what came before, which says nothing of the host.
                if !matches!(*answer, Err(Cause::Timeout { .. })) {
                    let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
                    if robots.len() >= HOSTS {
                        robots.clear();
                    }
                    robots.insert(host.clone(), (Instant::now(), Arc::clone(&answer)));
                }
                answer
            }
        };
        let rules = answer.as_ref().as_ref().map_err(Clone::clone)?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        rules.forbid(path).map_or(Ok(()), |rule| Err(Cause::Robots { host, rule }))
    }

    /// Reads a host's robots.txt. One that does not exist allows all; one that can't be had allows nothing.
    fn rules(&self, url: &Url, host: &str, start: Instant) -> Answer {
        let unknown = |cause: String| Cause::RobotsUnknown { host: host.to_owned(), cause };
        let because = |cause: Cause| match cause {
            Cause::Timeout { .. } => cause,
            _ => unknown(cause.first_sentence()),
        };
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        for hop in 0..=self.limits.redirects {
            let asked = self.reach.check(&at).and_then(|()| self.request(&at, start));
            let mut response = match asked {
                Ok(response) => response,
                Err(cause) if hop == 0 => return Err(cause),
                Err(cause) => {
                    let to = shown(&at);
                    return Err(because(Cause::Redirect { to, cause: Box::new(cause) }));
                }
            };
            let status = response.status().as_u16();
            match status {
                300..400 => match target(&at, &response) {
                    Ok(Some(next)) => at = next,
                    Ok(None) | Err(Cause::RedirectLost { .. }) => return Ok(Rules::default()),
                    Err(cause) => return Err(because(cause)),
                },
                200..300 => {
                    unpacked(&response).map_err(because)?;
                    let mut bytes = Vec::new();
                    let read = response.body_mut().as_reader().take(robots::MOST).read_to_end(&mut bytes);
                    read.map_err(|error| because(address::failing_io(error, self.limits.timeout)))?;
                    return Ok(Rules::parse(&bytes));
                }
                400..500 if status != 429 => return Ok(Rules::default()),
                _ => return Err(unknown(format!("status {status}"))),
            }
        }
        Ok(Rules::default())
    }

    /// Takes the body of an answer in.
    fn take(&self, name: &str, url: &Url, response: Response<ureq::Body>) -> Result<Document, Cause> {
        judge(&response)?;
        let content_type = text(&response, header::CONTENT_TYPE);
        let hint = Kind::of_type(content_type.as_deref())?;
        unpacked(&response)?;
        let reserved = response
            .headers()
            .iter()
            .any(|(name, value)| value.to_str().is_ok_and(|value| message::reserves(name.as_str(), value)));
        let fault = |error: io::Error, packed| match error.get_ref() {
            None if packed => refusal::reading(&error, true),
            _ => address::failing_io(error, self.limits.timeout),
        };
        let length = response.body().content_length();
        let body = Body::open(response.into_body().into_reader(), hint, &fault)?;
        if body.kind == Kind::Warc {
            return Err(Cause::ArchiveFetched {});
        }
        let limit = body.kind.limit_outside(&self.limits);
        Ok(Document {
            name: name.to_owned(),
            url: Some(url.as_str().to_owned()),
            content_type,
            fetched: Some(jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            bytes: body.bytes(limit, length, &fault)?,
            reserved,
        })
    }
}

/// An address as it is put in a message, without a password that would end up in logs.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // An address that can't hold a user name has none to lose.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    refusal::plain(url.as_str())
}

/// Where an answer redirects to; none where it does not.
fn target(url: &Url, response: &Response<ureq::Body>) -> Result<Option<Url>, Cause> {
    let status = response.status().as_u16();
    if !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let place =
        response.headers().get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let next = place.and_then(|place| url.join(place.trim()).ok()).ok_or(Cause::RedirectLost { status })?;
    if url.scheme() == "https" && next.scheme() == "http" {
        return Err(Cause::Downgrade { to: shown(&next) });
    }
    Ok(Some(next))
}

/// Refuses an answer in a packing that is not undone; gzip is by then, and no longer in the headers.
fn unpacked(response: &Response<ureq::Body>) -> Result<(), Cause> {
    match text(response, header::CONTENT_ENCODING) {
        Some(name) if !name.eq_ignore_ascii_case("identity") => Err(Cause::Encoding { name }),
        _ => Ok(()),
    }
}

/// Refuses an answer that its status says is no page.
fn judge(response: &Response<ureq::Body>) -> Result<(), Cause> {
    let after = || text(response, header::RETRY_AFTER);
    Err(match response.status().as_u16() {
        200..300 => return Ok(()),
        status @ (404 | 410) => Cause::NotFound { status },
        status @ (401 | 402 | 403 | 407) => Cause::Forbidden { status },
        451 => Cause::Legal {},
        429 => Cause::Busy { after: after() },
        status @ 500.. => Cause::ServerError { status, after: after() },
        status => Cause::Status { status },
    })
}

/// A header's words, fit to print.
fn text(response: &Response<ureq::Body>, name: header::HeaderName) -> Option<String> {
    let value = String::from_utf8_lossy(response.headers().get(name)?.as_bytes()).trim().to_owned();
    (!value.is_empty()).then(|| refusal::plain(&value))
}

#[cfg(test)]
mod tests;
