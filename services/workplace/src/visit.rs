//! Somebody looks at a page: in which language and theme, signed in or not, and what every page says of it.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, Uri, header};
use jiff::Timestamp;
use jiff::civil::Date;
use proto::access::Asker;
use proto::actor::Role;
use proto::id::GovernmentId;
use proto::money::Money;
use proto::procedure::{Evidence, Words};
use proto::wire::Unanswered;
use proto::words::{Deadline, Names};
use runtime::config::Mode;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::assets;
use crate::locale::{self, When};
use crate::{Form, files, local, moves};
use gateway::edge::{Edge, SignedIn, language};
use gateway::problem::{Language, Problem};
use gateway::register::Bodies;
use gateway::session::{Session, cookie};
use gateway::texts;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The name in cookie and markup.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The key of its text.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::System => "theme-system",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or(Self::System)
    }
}

/// Whoever is signed in, as pages name them.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The official's id.
    pub official: String,
    /// The body's id.
    pub government: String,
    /// What the body is called.
    pub body: String,
    /// The roles, in words.
    pub roles: String,
    /// How many moves wait for them, as far as that is known.
    pub moves: usize,
    /// Whether they coordinate cases: theirs is the body that opened one, or they mediate.
    pub coordinates: bool,
}

/// What the register of procedures says.
#[derive(Debug, Clone, Default)]
pub struct Cited {
    /// In words.
    pub text: String,
    /// That its source is still to be verified; empty where it was read in one.
    pub mark: String,
}

impl Cited {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A look at a page. Every template has one as `visit`.
#[derive(Clone)]
pub struct Visit {
    /// Services, settings and all.
    pub edge: Edge,
    /// In which language.
    pub language: Language,
    /// In which theme.
    pub theme: Theme,
    /// Path and query of the page, without a language in it; of a form that was sent, the page on which it stands.
    pub here: String,
    /// Views must have taken in this position before they are shown.
    pub at_least: Option<u64>,
    /// From this position on there is news that the page does not show.
    pub news_from: Option<u64>,
    /// Civil time.
    pub now: Timestamp,
    /// The zone in which times are shown: that of whoever looks.
    pub zone: String,
    /// Whoever is signed in.
    pub person: Option<Shown>,
    /// Names of bodies.
    pub bodies: Arc<Bodies>,
    session: Option<Session>,
}

impl Visit {
    pub(crate) async fn of(parts: &Parts, edge: &Edge) -> Self {
        let language = language(parts);
        let session = edge.0.sessions.of(&parts.headers);
        let at_least = query(parts, "at_least").and_then(|position| position.parse::<u64>().ok());
        let mut visit = Self {
            edge: edge.clone(),
            language,
            theme: Theme::named(cookie(&parts.headers, "theme").unwrap_or_default()),
            here: here(parts),
            at_least,
            news_from: edge.0.heads.settled().max(at_least.map(|position| position.saturating_add(1))),
            now: edge.0.civil.now(),
            zone: session.as_ref().map_or_else(|| "UTC".to_owned(), |session| session.zone.clone()),
            person: None,
            // Without the register the page still says who it is, by id.
            bodies: edge.bodies().await.unwrap_or_default(),
            session,
        };
        visit.person = visit.shown(parts).await;
        visit
    }

    async fn shown(&self, parts: &Parts) -> Option<Shown> {
        let (official, government, roles) = if let Some(session) = &self.session {
            (session.official.to_string(), session.government.to_string(), session.roles.clone())
        } else {
            let bearer = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
            let Asker::Person { official, government } = self.edge.0.verifier.verify(bearer).ok()? else { return None };
            (official.to_string(), government.to_string(), Vec::new())
        };
        let roles = roles.iter().map(|role| self.t(&format!("role-{}", role.name()))).collect::<Vec<_>>().join(", ");
        let (moves, opened) = self.waiting().await;
        let coordinates = opened || self.holds(&[Role::Mediator]);
        Some(Shown { body: self.bodies.called(self.language, &government).to_owned(), official, government, roles, moves, coordinates })
    }

    /// How many moves wait for whoever is signed in by cookie, and whether their body has opened a case.
    async fn waiting(&self) -> (usize, bool) {
        let Some(session) = &self.session else { return (0, false) };
        let Ok(token) = self.edge.0.sessions.token(&self.edge.0.issuer, session) else { return (0, false) };
        let asker = Asker::Person { official: session.official.clone(), government: session.government.clone() };
        let Ok(dockets) = moves::dockets(self, &SignedIn { token, asker }).await else { return (0, false) };
        let own =
            dockets.iter().flat_map(|docket| &docket.row.moves).filter(|what| moves::is_for(what, &session.government, &session.roles));
        (own.count(), dockets.iter().any(|docket| docket.row.coordinator.as_ref() == Some(&session.government)))
    }

    /// The roles of whoever is signed in by cookie, for what is offered to them; whether they may is for the rules to say.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        self.session.as_ref().map_or(&[], |session| &session.roles)
    }

    /// Whether whoever is signed in holds one of these roles.
    #[must_use]
    pub fn holds(&self, roles: &[Role]) -> bool {
        self.roles().iter().any(|role| roles.contains(role))
    }

    /// Whether whoever is signed in may open cases and invite.
    #[must_use]
    pub fn convenes(&self) -> bool {
        self.holds(&[Role::Delegate, Role::Signatory, Role::Mediator])
    }

    /// Whether whoever is signed in may move the calendar of a demo.
    #[must_use]
    pub fn administers(&self) -> bool {
        self.holds(&[Role::Administrator])
    }

    /// Whether the auditor's pages are offered.
    #[must_use]
    pub fn audits(&self) -> bool {
        self.holds(&[Role::Auditor]) || self.under("/audit")
    }

    /// What a body is called: its id where the register does not know it.
    #[must_use]
    pub fn body(&self, id: &GovernmentId) -> String {
        self.bodies.called(self.language, id.as_str()).to_owned()
    }

    /// The text of a key; the key itself where a text is missing, which a test forbids.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        texts::said(self.language, key)
    }

    /// A text with parameters: a JSON object.
    #[must_use]
    pub fn told(&self, key: &str, params: &Value) -> String {
        texts::of(self.language, key, params).unwrap_or_else(|| key.to_owned())
    }

    /// A text with one parameter.
    #[must_use]
    pub fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.told(key, &Value::Object([(name.to_owned(), value.into())].into_iter().collect()))
    }

    /// A text with the parameter `count`; English has one of its own for one, as `<key>-one`.
    #[must_use]
    pub fn counted(&self, key: &str, count: usize) -> String {
        locale::said(self.language, key, i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// The language's tag, for `lang`.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// A name in the page's language.
    #[must_use]
    pub fn name<'a>(&self, names: &'a Names) -> &'a str {
        texts::named(self.language, names)
    }

    /// What the register of procedures says, in the page's language.
    #[must_use]
    pub fn cited(&self, words: &Words) -> Cited {
        self.founded(words, Evidence::Found)
    }

    /// The same, of something that as a whole is as well founded as this.
    #[must_use]
    pub fn founded(&self, words: &Words, whole: Evidence) -> Cited {
        let mark = if whole.is_found() && words.evidence().is_found() { String::new() } else { self.t("source-unverified") };
        Cited { text: texts::worded(self.language, words).to_owned(), mark }
    }

    /// Whether this ledger is for show.
    #[must_use]
    pub fn demo(&self) -> bool {
        self.edge.0.settings.deployment.mode == Mode::Demo
    }

    /// Whether the page lies under this path, for the mark in the navigation.
    #[must_use]
    pub fn under(&self, path: &str) -> bool {
        let page = self.here.split('?').next().unwrap_or_default();
        if path == "/" { page == "/" } else { page == path || page.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')) }
    }

    /// The themes for the switch: name, words, and whether it is the one.
    #[must_use]
    pub fn themes(&self) -> [(&'static str, String, bool); 3] {
        Theme::ALL.map(|theme| (theme.name(), self.t(theme.text()), theme == self.theme))
    }

    /// Where the stylesheet is served.
    #[must_use]
    pub fn style(&self) -> &'static str {
        assets::STYLE_CSS
    }

    /// Where the script of all pages is served.
    #[must_use]
    pub fn script(&self) -> &'static str {
        assets::WORKPLACE_JS
    }

    /// Where the script of pages with charts is served.
    #[must_use]
    pub fn charts(&self) -> &'static str {
        assets::CHART_JS
    }

    /// Where the script of the pages on which keys are made and used is served.
    #[must_use]
    pub fn signing(&self) -> &'static str {
        assets::SIGNING_JS
    }

    /// Where the icons are served.
    #[must_use]
    pub fn icons(&self) -> &'static str {
        assets::ICONS_SVG
    }

    /// Which files are kept, and up to which size, in words.
    #[must_use]
    pub fn files(&self) -> String {
        self.with("file-hint", "limit", &files::in_words(self.edge.0.settings.http.document_limit))
    }

    /// Which files are kept, for `accept`.
    #[must_use]
    pub fn accept(&self) -> &'static str {
        files::ACCEPT
    }

    /// The civil day of whoever looks.
    #[must_use]
    pub fn today(&self) -> String {
        locale::today(self.language, self.now, &self.zone)
    }

    /// An instant, in words and exactly.
    #[must_use]
    pub fn instant(&self, at: &Timestamp) -> When {
        locale::instant(self.language, *at, &self.zone, self.now)
    }

    /// A day on which something was done.
    #[must_use]
    pub fn on(&self, day: &Date) -> When {
        locale::on(self.language, *day, &self.zone, self.now)
    }

    /// A deadline with the days that are left.
    #[must_use]
    pub fn due(&self, deadline: &Deadline) -> When {
        locale::due(self.language, deadline, self.now)
    }

    /// An amount with its currency.
    #[must_use]
    pub fn money(&self, money: &Money) -> String {
        locale::money(self.language, money)
    }

    /// A number.
    #[must_use]
    pub fn number(&self, number: &Decimal) -> String {
        locale::number(*number)
    }

    /// A form of this page, empty.
    #[must_use]
    pub fn form(&self) -> Form {
        Form { key: self.key(), problem: None, sent: Vec::new() }
    }

    /// A key for one act of whoever is signed in by cookie; empty for anyone else, and nothing is taken with an empty key.
    pub(crate) fn key(&self) -> String {
        self.session.as_ref().map(|session| self.edge.0.sessions.form_key(session)).unwrap_or_default()
    }

    /// With what the browser of whoever is signed in locks what they have not sent yet; empty for anyone else.
    #[must_use]
    pub fn drafts(&self) -> String {
        self.session.as_ref().map(|session| self.edge.0.sessions.drafts(session)).unwrap_or_default()
    }

    pub(crate) fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// A refusal or a failure in the person's words.
    #[must_use]
    pub fn failed(&self, why: impl Into<Unanswered>) -> Problem {
        Problem::of(why, self.language)
    }

    /// What was typed into a form cannot be taken: the text of this key says so, its `.next` what to do. With it the form is shown again.
    #[must_use]
    pub fn wrong(&self, key: &str, params: Value) -> Problem {
        Problem::of_form(key, params, self.language)
    }
}

fn query<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts.uri.query()?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// The page that somebody looks at. A form's address is often none that can be looked at, so there the browser's word counts where it stood.
fn here(parts: &Parts) -> String {
    if parts.method == Method::GET {
        return plain(parts.uri.path(), parts.uri.query());
    }
    let from = parts.headers.get(header::REFERER).and_then(|from| from.to_str().ok()).and_then(|from| from.parse::<Uri>().ok());
    from.map_or_else(|| "/".to_owned(), |from| local(&plain(from.path(), from.query())).to_owned())
}

fn plain(path: &str, query: Option<&str>) -> String {
    let passing = |pair: &&str| !pair.is_empty() && !pair.starts_with("lang=") && !pair.starts_with("at_least=");
    let kept: Vec<&str> = query.unwrap_or_default().split('&').filter(passing).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

impl FromRequestParts<Edge> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, edge: &Edge) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, edge).await)
    }
}

/// A look of somebody who is signed in. Anyone else is led to the sign-in, and back afterwards.
#[derive(Clone)]
pub struct Signed {
    /// The look.
    pub visit: Visit,
    /// Who, with the token that says so.
    pub who: SignedIn,
}

impl FromRequestParts<Edge> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, edge: &Edge) -> Result<Self, Problem> {
        let who = SignedIn::from_request_parts(parts, edge).await?;
        Ok(Self { visit: Visit::of(parts, edge).await, who })
    }
}
