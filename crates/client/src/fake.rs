//! A far side for unit tests: records requests and gives the answers that it was loaded with.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;

use crate::Client;

/// What was asked, and what is still to be answered.
#[derive(Clone, Default)]
pub(crate) struct Fake {
    asked: Arc<Mutex<Vec<Request<Bytes>>>>,
    answers: Arc<Mutex<VecDeque<Response<Bytes>>>>,
}

impl Fake {
    /// A client of a far side that answers 200 with each of these bodies in turn, and then fails.
    pub(crate) fn answering<const N: usize>(bodies: [Value; N]) -> (Fake, Client) {
        let fake = Fake::default();
        fake.answers.lock().unwrap().extend(bodies.map(|body| Response::new(Bytes::from(body.to_string()))));
        let client = Client::new("EAAtoken").base_url("http://graph.test").unwrap().transport(fake.service());
        (fake, client)
    }

    /// Adds an answer.
    pub(crate) fn then(&self, answer: Response<Bytes>) {
        self.answers.lock().unwrap().push_back(answer);
    }

    /// The calls so far, as method, path and query.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|request| format!("{} {}", request.method(), tail(request))).collect()
    }

    /// The JSON of the last call's body.
    pub(crate) fn body(&self) -> Value {
        serde_json::from_slice(self.asked.lock().unwrap().last().unwrap().body()).unwrap()
    }

    /// The last call's body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.asked.lock().unwrap().last().unwrap().body()).into_owned()
    }

    /// A header of the last call.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let asked = self.asked.lock().unwrap();
        Some(asked.last()?.headers().get(name)?.to_str().unwrap().to_owned())
    }

    fn service(
        &self,
    ) -> impl tower::Service<Request<Bytes>, Response = Response<Bytes>, Error = std::io::Error, Future: Send>
    + Clone
    + Send
    + Sync
    + 'static {
        let fake = self.clone();
        tower::service_fn(move |request| {
            assert_eq!(Request::<Bytes>::uri(&request).host(), Some("graph.test"), "no other host is ever asked");
            fake.asked.lock().unwrap().push(request);
            let answer = fake.answers.lock().unwrap().pop_front();
            std::future::ready(answer.ok_or_else(|| std::io::Error::other("no answer was loaded")))
        })
    }
}

/// Path and query without the version, decoded for reading.
fn tail(request: &Request<Bytes>) -> String {
    let text = request.uri().path_and_query().unwrap().as_str().trim_start_matches("/v25.0/").replace('+', " ");
    percent_encoding::percent_decode_str(&text).decode_utf8().unwrap().into_owned()
}
