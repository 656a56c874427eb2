//! The fields of a sent form, whatever their order; the first of a name counts.

use axum::extract::{Form, FromRequest, Request};

use crate::server::Fault;

/// More fields than any form of ours has.
const MOST: usize = 40;

/// The fields of a sent form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The field as it was sent; empty where it was not.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }

    /// The field as a number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.get(name).trim().parse().ok()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let Form(mut fields) = form
            .map_err(|_| Fault::Bad("What was sent is no form of this site. Go back and send it again."))?;
        fields.truncate(MOST);
        Ok(Self(fields))
    }
}
