//! Whoever goes through all our pages: follows every link, notes every form and every question that an address can carry, and sends nothing.

use std::collections::{BTreeMap, BTreeSet};

use futures::{StreamExt as _, stream};
use reqwest::RequestBuilder;
use scraper::{ElementRef, Html};

use crate::client::{Answer, Client};
use crate::person::{Person, css, own};

/// Where everyone begins: what the head of every page leads to, and what it leads some to.
const BEGIN: [&str; 13] = [
    "/",
    "/cases",
    "/cases/new",
    "/due",
    "/caseload",
    "/audit",
    "/audit/export.csv",
    "/audit/export.jsonl",
    "/keys",
    "/agreements",
    "/verify",
    "/calendar",
    "/sign-in",
];
/// So many addresses of one shape are looked at by each person.
const OF_A_SHAPE: usize = 2;
/// Of these all, because each has a form of its own.
const ALL_OF: &str = "/cases/*/approvals?";
/// Asked at once.
const AT_ONCE: usize = 4;

/// Fields that are filled in although a form may be sent without: one of two languages must be there.
const WANTED: [&str; 8] = ["ko", "en", "ko-article-1", "title_ko", "title-ko", "value", "text", "why"];

/// A field of a form, filled in.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub value: String,
    /// Whether people type into it what they like.
    pub free: bool,
}

/// A form that a page has, with what it sends when everything in it is filled in.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub action: String,
    /// Its name on the page; empty where it has none.
    pub id: String,
    /// The page on which it stands.
    pub on: String,
    pub fields: Vec<Field>,
    /// Names of its fields for files that it needs; none for a form without.
    pub files: Option<Vec<String>>,
    /// Whether it must bring a key of the sign-in for which it was made.
    pub keyed: bool,
}

impl Sheet {
    /// What the form is, whoever has it before them.
    pub fn name(&self) -> (String, String) {
        (self.action.clone(), self.id.clone())
    }

    /// With something else in a field.
    pub fn with(&self, field: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.fields.iter_mut().filter(|each| each.name == field).for_each(|each| value.clone_into(&mut each.value));
        other
    }

    /// What a browser sends that shows our page to this person, with this key.
    pub fn request(&self, client: &Client, person: &Person, key: Option<&str>) -> RequestBuilder {
        self.from(person, key).header("Origin", client.base())
    }

    /// As [`request`](Self::request), but for where it comes from.
    pub fn from(&self, person: &Person, key: Option<&str>) -> RequestBuilder {
        let fields = self.fields.iter().map(|field| (field.name.clone(), field.value.clone()));
        let fields: Vec<(String, String)> = fields.chain(key.map(|key| ("form".to_owned(), key.to_owned()))).collect();
        if let Some(files) = &self.files {
            let files: Vec<(&str, &str, &[u8])> =
                files.iter().map(|name| (name.as_str(), "page.pdf", b"%PDF-1.7 a page".as_slice())).collect();
            return person.parcel(&self.action, &fields, &files);
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        person.post(&self.action, &fields)
    }
}

/// One person's way through the pages.
pub struct Walk {
    pub body: String,
    pub role: String,
    pub person: Person,
    /// Every address that was looked at.
    pub seen: BTreeSet<String>,
    /// Every form that was offered.
    pub sheets: BTreeMap<(String, String), Sheet>,
    /// Keys of forms of this sign-in.
    pub keys: Vec<String>,
    shapes: BTreeMap<String, usize>,
}

impl Walk {
    pub fn new(person: Person, body: &str, role: &str) -> Self {
        let (body, role) = (body.to_owned(), role.to_owned());
        Self { body, role, person, seen: BTreeSet::new(), sheets: BTreeMap::new(), keys: Vec::new(), shapes: BTreeMap::new() }
    }

    pub fn who(&self) -> String {
        format!("{} {}", self.body, self.role)
    }

    /// Looks at these addresses, and tells of each what was shown.
    pub async fn look(&self, addresses: impl IntoIterator<Item = String>, mut tell: impl FnMut(&str, Answer)) {
        let asked = addresses.into_iter().map(async |path| (self.person.look(&path).await, path));
        let mut answers = stream::iter(asked).buffer_unordered(AT_ONCE);
        while let Some((answer, path)) = answers.next().await {
            tell(&path, answer);
        }
    }

    /// Follows every link from page to page, each shape of address a few times.
    pub async fn everywhere(&mut self, mut tell: impl FnMut(&str, &Answer)) {
        let mut next: Vec<String> = BEGIN.map(str::to_owned).into();
        while !next.is_empty() {
            let mut found = Found::default();
            self.look(next, |path, answer| {
                tell(path, &answer);
                if answer.header("content-type").starts_with("text/html") && answer.status == 200 {
                    found.read(path, &answer.text());
                } else if answer.status == 303 {
                    found.links.insert(answer.header("location").to_owned());
                }
            })
            .await;
            self.keys.append(&mut found.keys);
            for sheet in found.sheets {
                self.sheets.entry(sheet.name()).or_insert(sheet);
            }
            next = found.links.into_iter().filter(|path| self.is_new(path)).collect();
        }
    }

    /// Looks at pages on which others have forms, for what is on them for this person.
    pub async fn look_for_forms(&mut self, pages: BTreeSet<String>) {
        let mut found = Found::default();
        let new: Vec<String> = pages.into_iter().filter(|page| !self.seen.contains(page)).collect();
        self.look(new, |path, answer| {
            if answer.status == 200 {
                found.read(path, &answer.text());
            }
        })
        .await;
        for sheet in found.sheets {
            self.sheets.entry(sheet.name()).or_insert(sheet);
        }
    }

    fn is_new(&mut self, path: &str) -> bool {
        let shape = shape(path);
        let all = shape.starts_with(ALL_OF);
        let often = self.shapes.entry(shape).or_default();
        let new = (all || *often < OF_A_SHAPE) && self.seen.insert(path.to_owned());
        *often += usize::from(new);
        new
    }
}

/// What pages lead to.
#[derive(Default)]
struct Found {
    links: BTreeSet<String>,
    sheets: Vec<Sheet>,
    keys: Vec<String>,
}

impl Found {
    fn read(&mut self, path: &str, page: &str) {
        let page = Html::parse_document(page);
        for place in page.select(&css("a[href], link[rel=next], link[rel=prev], [hx-get]")) {
            let link = place.attr("href").or(place.attr("hx-get")).unwrap_or_default();
            self.links.extend(ours(path, link));
        }
        for form in page.select(&css("form")) {
            let action = form.attr("action").map_or_else(|| ours(path, "?"), |action| ours(path, action));
            let action = action.unwrap_or_else(|| panic!("a form of {path} is sent elsewhere: {:?}", form.attr("action")));
            let (fields, key) = filled(form);
            if form.attr("method") == Some("post") {
                let fields_for_files = css("input[type=file][name][required]");
                let files = form.select(&fields_for_files).filter_map(|file| file.attr("name")).map(str::to_owned);
                let files = (form.attr("enctype") == Some("multipart/form-data")).then(|| files.collect());
                let id = form.attr("id").unwrap_or_default().to_owned();
                self.sheets.push(Sheet { action, id, on: path.to_owned(), fields, files, keyed: key.is_some() });
                self.keys.extend(key);
            } else {
                let fields: Vec<(&str, &str)> = fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
                let asked = serde_html_form::to_string(fields).unwrap();
                self.links.insert(format!("{}?{asked}", action.trim_end_matches('?')));
            }
        }
    }
}

/// The address that a link of a page leads to, without the place in the page; none where it leads off the site or is for the machine alone.
fn ours(path: &str, link: &str) -> Option<String> {
    let link = link.split('#').next().unwrap_or_default();
    let link = if link.starts_with('?') { format!("{}{link}", path.split('?').next().unwrap_or_default()) } else { link.to_owned() };
    let is_page = link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/assets/");
    is_page.then(|| plain(&link))
}

/// Without what changes at every look.
fn plain(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("at_least=")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// What addresses have in common that are made by one line of code.
pub fn shape(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut shaped = String::new();
    let mut before = "";
    for part in path.split('/').skip(1) {
        let one_of_many = part.bytes().any(|byte| byte.is_ascii_digit()) || ["rules", "problems"].contains(&before);
        shaped.push('/');
        shaped.push_str(if one_of_many { "*" } else { part });
        before = part;
    }
    let mut names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() { shaped } else { format!("{shaped}?{}", names.join("&")) }
}

/// All fields of a form, the empty ones filled in, but for its key, which is answered too.
fn filled(form: ElementRef<'_>) -> (Vec<Field>, Option<String>) {
    let mut fields: Vec<Field> = Vec::new();
    let mut key = None;
    let add = |fields: &mut Vec<Field>, name: &str, value: &str, free| {
        fields.push(Field { name: name.to_owned(), value: value.to_owned(), free })
    };
    let mut typed_any = false;
    for control in form.select(&css("input, select, textarea")) {
        let (Some(name), Some(value)) = (control.attr("name"), own(control)) else { continue };
        let free = is_free(control);
        let wanted = control.attr("required").is_some() || WANTED.contains(&name) || (free && !typed_any);
        match name {
            "form" => key = Some(value),
            _ if free && wanted && value.trim().is_empty() => {
                typed_any = true;
                add(&mut fields, name, typed(control), free);
            }
            _ => add(&mut fields, name, &value, free),
        }
    }
    // Of a choice that nobody has taken, the first; of buttons, the one that does most.
    for choice in form.select(&css("input[type=radio][name], input[type=checkbox][name]")) {
        let name = choice.attr("name").unwrap_or_default();
        if !fields.iter().any(|field| field.name == name) {
            add(&mut fields, name, choice.attr("value").unwrap_or("on"), false);
        }
    }
    let named = css("button[name][value]");
    let buttons: Vec<_> = form.select(&named).filter_map(|button| Some((button.attr("name")?, button.attr("value")?))).collect();
    if let Some((name, value)) = buttons.iter().find(|(_, value)| ["table", "compute", "draft"].contains(value)).or(buttons.first()) {
        add(&mut fields, name, value, false);
    }
    (fields, key)
}

/// Whether people type into a field what they like.
fn is_free(control: ElementRef<'_>) -> bool {
    let kinds = ["text", "search", "date", "datetime-local", "number"];
    match control.value().name() {
        "textarea" => true,
        "input" => control.attr("type").is_none_or(|kind| kinds.contains(&kind)),
        _ => false,
    }
}

/// What somebody types into an empty field: something that does for a number, a name and a text.
fn typed(control: ElementRef<'_>) -> &'static str {
    match control.attr("type") {
        Some("date") => "2000-12-31",
        Some("datetime-local") => "2000-12-31T09:00",
        _ => "1",
    }
}
