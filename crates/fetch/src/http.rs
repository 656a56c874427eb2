//! Fetches one address politely: robots.txt is asked first, every redirect is judged anew, all is bounded.

use std::io::{self, Read as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::{HeaderValue, Response, header};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::body::Body;
use crate::kind::Kind;
use crate::memory::{self, Memory};
use crate::reach::{self, Guard, Reach};
use crate::refusal::{self, Cause, Refusal};
use crate::robots::{self, Rules};
use crate::tdm::Policy;
use crate::{Document, Limits, message, tdm};

/// By what name we ask.
pub const USER_AGENT: &str = "Nutgraf/0.1 (+https://nutgraf.example/about; news digest reader)";

const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// The longest validator that is kept and sent back.
const VALIDATOR: usize = 1024;

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
    robots: Memory<Answer>,
    policies: Memory<Policy>,
}

/// What is asked for besides the address: the kinds that are liked, and what came the last time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish<'a> {
    pub(crate) accept: Option<&'a str>,
    pub(crate) etag: Option<&'a str>,
    pub(crate) modified: Option<&'a str>,
}

/// Where following redirects ended.
pub(crate) struct Landed {
    pub(crate) url: Url,
    pub(crate) response: Response<ureq::Body>,
    /// Whether there were redirects, and all of them were for good.
    pub(crate) moved: bool,
}

/// The rules of a host, or why they can't be known.
type Answer = Result<Rules, Cause>;

impl Client {
    /// A client that holds to `limits`. It uses no proxy, whatever the environment says.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let reach = if limits.allow_private { Reach::PRIVATE } else { Reach::PUBLIC };
        Self::reaching(limits, reach.standing_in(limits.stand_in))
    }

    fn reaching(limits: &Limits, reach: Reach) -> Self {
        Self::through(limits, reach, DefaultResolver::default())
    }

    /// The same with names looked up in a way of one's own.
    fn through(limits: &Limits, reach: Reach, names: impl Resolver) -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(64 << 10)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guard::new(reach, names));
        Self { agent, reach, limits: limits.clone(), robots: Memory::default(), policies: Memory::default() }
    }

    /// Fetches the page or feed at an address.
    ///
    /// # Errors
    /// When the address may not be asked, robots.txt asks us to stay away, or no page or feed comes whole,
    /// in time and within its limit.
    pub fn get(&self, address: &str) -> Result<Document, Refusal> {
        let start = Instant::now();
        let landed = self.follow(address, Wish::default(), start);
        let document = landed.and_then(|Landed { url, response, .. }| {
            let mut document = self.take(address, &url, response, Type::Binding)?;
            document.reserved |= self.policy(&url, start).reserves(url.path());
            Ok(document)
        });
        document.map_err(|cause| refused(address, &cause))
    }

    /// How long a host's robots.txt asks us to wait between two requests, as far as it has been read.
    #[must_use]
    pub fn crawl_delay(&self, address: &str) -> Option<Duration> {
        let host = Url::parse(address).ok()?.origin().ascii_serialization();
        self.robots.get(&host)?.as_ref().as_ref().ok()?.delay()
    }

    pub(crate) fn follow(&self, address: &str, wish: Wish<'_>, start: Instant) -> Result<Landed, Cause> {
        let mut url =
            Url::parse(address.trim()).map_err(|error| Cause::BadAddress { cause: error.to_string() })?;
        let mut moved = true;
        for hop in 0..=self.limits.redirects {
            url.set_fragment(None);
            let response = self.ask(&url, wish, start).map_err(|cause| match hop {
                0 => cause,
                _ => Cause::Redirect { to: shown(&url), cause: Box::new(cause) },
            })?;
            match target(&url, &response)? {
                Some(next) => {
                    moved &= matches!(response.status().as_u16(), 301 | 308);
                    url = next;
                }
                None => return Ok(Landed { url, response, moved: moved && hop > 0 }),
            }
        }
        Err(Cause::Redirects { limit: self.limits.redirects })
    }

    /// Asks for one address after all checks, without following redirects.
    fn ask(&self, url: &Url, wish: Wish<'_>, start: Instant) -> Result<Response<ureq::Body>, Cause> {
        self.reach.check(url)?;
        self.permitted(url, start)?;
        self.request(url, wish, start)
    }

    fn request(&self, url: &Url, wish: Wish<'_>, start: Instant) -> Result<Response<ureq::Body>, Cause> {
        let mut request = self.agent.get(self.reach.wire(url).as_str());
        let headers = [
            (header::ACCEPT, wish.accept),
            (header::IF_NONE_MATCH, wish.etag),
            (header::IF_MODIFIED_SINCE, wish.modified),
        ];
        for (name, value) in headers {
            // A value that is no header is left out, so that nothing can be smuggled in with it.
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        let request = request.config().timeout_global(Some(self.left(start)?)).build();
        request.call().map_err(|error| reach::failing(error, self.limits.timeout))
    }

    /// Sends a form, without following redirects; its status.
    pub(crate) fn post(&self, address: &str, form: &[(&str, &str)]) -> Result<u16, Cause> {
        let start = Instant::now();
        let url = Url::parse(address).map_err(|error| Cause::BadAddress { cause: error.to_string() })?;
        self.reach.check(&url)?;
        let request = self.agent.post(self.reach.wire(&url).as_str());
        let request = request.config().timeout_global(Some(self.left(start)?)).build();
        let sent = request.send_form(form.iter().copied());
        sent.map(|response| response.status().as_u16())
            .map_err(|error| reach::failing(error, self.limits.timeout))
    }

    /// The time that is left for one address.
    fn left(&self, start: Instant) -> Result<Duration, Cause> {
        let left = self.limits.timeout.saturating_sub(start.elapsed());
        if left.is_zero() { Err(Cause::Timeout { after: self.limits.timeout }) } else { Ok(left) }
    }

    /// Whether the host's robots.txt lets us read the address.
    fn permitted(&self, url: &Url, start: Instant) -> Result<(), Cause> {
        let host = url.origin().ascii_serialization();
        let answer = self.robots.get(&host).unwrap_or_else(|| {
            let answer = Arc::new(self.rules(url, &host, start));
            // Time may have run short because of what came before, which says nothing of the host.
            if !matches!(*answer, Err(Cause::Timeout { .. })) {
                let time = if answer.is_ok() { memory::SAID } else { memory::UNSAID };
                self.robots.keep(&host, &answer, time);
            }
            answer
        });
        let rules = answer.as_ref().as_ref().map_err(Clone::clone)?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        rules.forbid(path).map_or(Ok(()), |rule| Err(Cause::Robots { host, rule }))
    }

    /// What a host reserves in its `tdmrep.json`. One that can't be had reserves nothing: silence is no statement.
    fn policy(&self, url: &Url, start: Instant) -> Arc<Policy> {
        let host = url.origin().ascii_serialization();
        self.policies.get(&host).unwrap_or_else(|| {
            let stated = self.stated(url, start);
            let time = if stated.is_some() { memory::SAID } else { memory::UNSAID };
            let policy = Arc::new(stated.unwrap_or_default());
            self.policies.keep(&host, &policy, time);
            policy
        })
    }

    fn stated(&self, url: &Url, start: Instant) -> Option<Policy> {
        let mut at = url.clone();
        at.set_path(tdm::PATH);
        at.set_query(None);
        let mut response = self.request(&at, Wish::default(), start).ok()?;
        match response.status().as_u16() {
            200 if unpacked(&response).is_ok() => {}
            // Most hosts have none, and are not asked again before each page.
            300..500 => return Some(Policy::default()),
            _ => return None,
        }
        let mut bytes = Vec::new();
        response.body_mut().as_reader().take(tdm::MOST).read_to_end(&mut bytes).ok()?;
        Some(Policy::parse(&bytes))
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
            let asked = self.reach.check(&at).and_then(|()| self.request(&at, Wish::default(), start));
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
                    read.map_err(|error| because(reach::failing_io(error, self.limits.timeout)))?;
                    return Ok(Rules::parse(&bytes));
                }
                429 => return Err(Cause::Busy { after: text(&response, header::RETRY_AFTER) }),
                400..500 => return Ok(Rules::default()),
                _ => return Err(unknown(format!("status {status}"))),
            }
        }
        Ok(Rules::default())
    }

    /// Takes the body of an answer in.
    pub(crate) fn take(
        &self,
        name: &str,
        url: &Url,
        response: Response<ureq::Body>,
        kind: Type,
    ) -> Result<Document, Cause> {
        judge(&response)?;
        let content_type = text(&response, header::CONTENT_TYPE);
        let hint = match Kind::of_type(content_type.as_deref()) {
            Err(_) if kind == Type::Hint => None,
            hint => hint?,
        };
        unpacked(&response)?;
        let reserved = response
            .headers()
            .iter()
            .any(|(name, value)| value.to_str().is_ok_and(|value| message::reserves(name.as_str(), value)));
        let fault = |error: io::Error, packed: Option<refusal::Packing>| match error.get_ref() {
            None if packed.is_some() => refusal::reading(&error, packed),
            _ => reach::failing_io(error, self.limits.timeout),
        };
        let length = response.body().content_length();
        let body = Body::open(response.into_body().into_reader(), hint, &fault)?;
        if matches!(body.kind, Kind::Warc | Kind::Mbox) {
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

/// What a `Content-Type` is worth. Feeds come with all kinds of it, and are known by their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// What it rules out is not read.
    Binding,
    /// It is used where the bytes show nothing.
    Hint,
}

/// A cause with the address that it is about.
pub(crate) fn refused(address: &str, cause: &Cause) -> Refusal {
    match Url::parse(address) {
        Ok(url) if *cause == Cause::Credentials {} => Refusal::new(&shown(&url), cause),
        _ => Refusal::new(address, cause),
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

/// A header exactly as it came, to be sent back; none where it is too long or not plain.
pub(crate) fn exact(response: &Response<ureq::Body>, name: header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?.trim();
    (!value.is_empty() && value.len() <= VALIDATOR).then(|| value.to_owned())
}

/// A header's words, fit to print.
fn text(response: &Response<ureq::Body>, name: header::HeaderName) -> Option<String> {
    let value = String::from_utf8_lossy(response.headers().get(name)?.as_bytes()).trim().to_owned();
    (!value.is_empty()).then(|| refusal::plain(&value))
}

#[cfg(test)]
mod tests;
