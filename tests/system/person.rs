//! A person in a browser without scripts: signs in by cookie, looks at pages, fills in their forms as they stand there and sends them.

use std::collections::BTreeSet;

use reqwest::{Method, RequestBuilder};
use scraper::{ElementRef, Html, Selector};

use crate::client::{Answer, Client};

/// Between the parts of a form with files.
const BOUNDARY: &str = "----between-the-parts";

/// A person.
pub struct Person {
    client: Client,
    pub cookie: String,
}

/// As a browser sends a form of our own page.
pub fn from_here(client: &Client, request: RequestBuilder) -> RequestBuilder {
    let request = request.header("Origin", client.base()).header("Sec-Fetch-Site", "same-origin");
    request.header("Content-Type", "application/x-www-form-urlencoded")
}

/// A request with a form with files in its body.
pub fn parts(request: RequestBuilder, fields: &[(String, String)], files: &[(&str, &str, &[u8])]) -> RequestBuilder {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    for (field, name, bytes) in files {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    let request = request.header("Accept", "text/html");
    request.header("Content-Type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body)
}

impl Person {
    /// Signs in as `seoul-delegate seoul`. Answers what the sign-in said, too.
    pub async fn enter(client: &Client, person: &str, next: &str) -> (Self, Answer) {
        let body = serde_html_form::to_string([("person", person), ("next", next)]).unwrap();
        let answer = client.send(from_here(client, client.request(Method::POST, "/sign-in")).body(body)).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let cookie = answer.header("set-cookie").split("; ").next().unwrap().to_owned();
        (Self { client: client.clone(), cookie }, answer)
    }

    /// Somebody who is not signed in.
    pub fn nobody(client: &Client) -> Self {
        Self { client: client.clone(), cookie: String::new() }
    }

    /// Signs in as the `<government>-<role>` of the example register.
    pub async fn of(client: &Client, government: &str, role: &str) -> Self {
        Self::enter(client, &format!("{government}-{role} {government}"), "/").await.0
    }

    pub async fn look(&self, path: &str) -> Answer {
        self.client.send(self.client.request(Method::GET, path).header("Cookie", &self.cookie).header("Accept", "text/html")).await
    }

    /// The page, which must be there.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.look(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let request = self.client.request(Method::POST, path).header("Cookie", &self.cookie).header("Accept", "text/html");
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        request.body(serde_html_form::to_string(fields).unwrap())
    }

    /// The key of a form on a page.
    pub async fn key(&self, path: &str) -> String {
        let page = self.look(path).await.text();
        let (_, after) = page.split_once("name=\"form\" value=\"").unwrap_or_else(|| panic!("no form: {page}"));
        after.split('"').next().unwrap().to_owned()
    }

    /// Whether a page offers a form (`<form id="…">`).
    pub async fn is_offered(&self, path: &str, form: &str) -> bool {
        let page = Html::parse_document(&self.page(path).await);
        page.select(&css(&format!("form#{form}"))).next().is_some()
    }

    /// Fills in a form of a page (`<form id="…">`) and sends it. A field that the form does not have is a mistake of the test.
    pub async fn submit(&self, path: &str, form: &str, fields: &[(&str, &str)]) -> Answer {
        self.submit_of(&self.page(path).await, path, form, fields).await
    }

    /// As [`submit`](Self::submit), on a page that came as an answer.
    pub async fn submit_of(&self, page: &str, path: &str, form: &str, fields: &[(&str, &str)]) -> Answer {
        let (action, filled) = filled(page, path, form, fields);
        let filled: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.client.send(from_here(&self.client, self.post(&action, &filled))).await
    }

    /// As [`submit`](Self::submit), for a form with files: field, name and content of each.
    pub async fn upload(&self, path: &str, form: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let (action, filled) = filled(&self.page(path).await, path, form, fields);
        self.client.send(self.parcel(&action, &filled, files).header("Origin", self.client.base())).await
    }

    /// A form with files as a browser sends it, but for where it comes from.
    pub fn parcel(&self, action: &str, fields: &[(String, String)], files: &[(&str, &str, &[u8])]) -> RequestBuilder {
        parts(self.client.request(Method::POST, action), fields, files).header("Cookie", &self.cookie)
    }

    /// As [`submit`](Self::submit), for what must be done. Answers the page that it leads to.
    pub async fn does(&self, path: &str, form: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.submit(path, form, fields).await;
        assert_eq!(answer.status, 303, "{form} of {path}: {}", answer.text());
        self.page(answer.header("location").split('#').next().unwrap()).await
    }

    /// Sends by hand what no page offers to this person, with a key that holds: the rules must refuse it.
    pub async fn forge(&self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let key = self.key("/").await;
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("form", key.as_str())]).collect();
        self.client.send(from_here(&self.client, self.post(action, &all))).await
    }

    /// As [`forge`](Self::forge), for a form with files.
    pub async fn forge_parcel(&self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let key = self.key("/").await;
        let all = fields.iter().copied().chain([("form", key.as_str())]);
        let all: Vec<_> = all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        self.client.send(self.parcel(action, &all, &[]).header("Origin", self.client.base())).await
    }
}

pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

/// Where a form goes, and what it brings with these fields filled in: the first value of a field that it has takes the place of its own ones.
fn filled(page: &str, path: &str, form: &str, fields: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let page = Html::parse_document(page);
    let form = page.select(&css(&format!("form#{form}"))).next().unwrap_or_else(|| panic!("{path} has no form {form}"));
    let action = form.attr("action").unwrap_or(path).to_owned();
    let mut names = BTreeSet::new();
    let mut sent = Vec::new();
    for control in form.select(&css("input, select, textarea, button[name]")) {
        let Some(name) = control.attr("name") else { continue };
        names.insert(name.to_owned());
        if !fields.iter().any(|(field, _)| *field == name) {
            sent.extend(own(control).map(|value| (name.to_owned(), value)));
        }
    }
    for (field, value) in fields {
        assert!(names.contains(*field), "the form of {path} has no field {field}: {names:?}");
        sent.push(((*field).to_owned(), (*value).to_owned()));
    }
    (action, sent)
}

/// What a control sends when nobody touches it.
pub fn own(control: ElementRef<'_>) -> Option<String> {
    match control.value().name() {
        "select" => {
            let options: Vec<_> = control.select(&css("option")).collect();
            let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first())?;
            Some(chosen.attr("value").map_or_else(|| chosen.text().collect(), str::to_owned))
        }
        // A line break after the tag is none of the text.
        "textarea" => Some(control.text().collect::<String>().trim_start_matches('\n').to_owned()),
        "button" => None,
        _ if matches!(control.attr("type"), Some("checkbox" | "radio")) && control.attr("checked").is_none() => None,
        _ if matches!(control.attr("type"), Some("file" | "submit")) => None,
        _ => Some(control.attr("value").unwrap_or_default().to_owned()),
    }
}
