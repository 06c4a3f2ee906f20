//! Bundles the workplace's stylesheet, scripts, icons and fonts with npm and esbuild, and writes the table by which the gateway serves them.
//! Everything happens in Cargo's own folder for this crate; the sources stay as they are.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Done {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let place = PathBuf::from(env::var("OUT_DIR")?);
    for input in ["build.rs", "web/.npmrc", "web/package.json", "web/package-lock.json", "web/build.mjs", "web/src", "templates", "src"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let web = place.join("web");
    fs::create_dir_all(web.join("src"))?;
    for file in [".npmrc", "package.json", "package-lock.json", "build.mjs"] {
        fs::copy(here.join("web").join(file), web.join(file))?;
    }
    for file in fs::read_dir(here.join("web/src"))? {
        let file = file?;
        fs::copy(file.path(), web.join("src").join(file.file_name()))?;
    }
    install(&web)?;
    let served = place.join("served");
    let bundled = Command::new("node").arg("build.mjs").arg(&here).arg(&served).current_dir(&web).status()?;
    if !bundled.success() {
        return Err("the workplace's stylesheet and scripts cannot be bundled: see above what esbuild says".into());
    }
    Ok(fs::write(place.join("assets.rs"), table(&served)?)?)
}

/// Gets the packages of the lock file, unless just these are there.
fn install(web: &Path) -> Done {
    let lock = fs::read(web.join("package-lock.json"))?;
    let installed = web.join("node_modules/installed.json");
    if fs::read(&installed).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    let npm = Command::new("npm").args(["ci", "--ignore-scripts", "--prefer-offline", "--loglevel=error"]).current_dir(web).status();
    match npm {
        Ok(status) if status.success() => Ok(fs::write(installed, lock)?),
        Ok(status) => Err(format!("`npm ci` in {} failed ({status}): is the package registry reachable?", web.display()).into()),
        Err(error) => {
            Err(format!("npm is needed to build the workplace's pages ({error}): `deploy/get.sh` gets it, or install Node.js 18 or newer")
                .into())
        }
    }
}

/// Rust source: one entry per file, and the files by the names that templates use.
fn table(served: &Path) -> Done<String> {
    let mut files: Vec<_> = fs::read_dir(served)?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut source = "const FILES: &[File] = &[\n".to_owned();
    for file in &files {
        let name = file.file_name().into_string().map_err(|name| format!("{} is no file name", name.display()))?;
        if [".br", ".gz", ".json"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let bytes = |end: &str| format!("include_bytes!({:?})", served.join(format!("{name}{end}")).to_string_lossy());
        let packed = |end: &str| if served.join(format!("{name}{end}")).exists() { format!("Some({})", bytes(end)) } else { "None".into() };
        let kind = match name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            Some("png") => "image/png",
            Some("gif") => "image/gif",
            _ => return Err(format!("{name}: of which type is this?").into()),
        };
        writeln!(
            source,
            "File {{ name: {name:?}, kind: {kind:?}, plain: {}, brotli: {}, gzip: {} }},",
            bytes(""),
            packed(".br"),
            packed(".gz")
        )?;
    }
    source.push_str("];\n");
    let manifest: std::collections::BTreeMap<String, String> = serde_json::from_slice(&fs::read(served.join("manifest.json"))?)?;
    for (name, file) in manifest {
        let constant = name.replace('.', "_").to_uppercase();
        writeln!(source, "/// Where `{name}` is served.\npub const {constant}: &str = \"/assets/{file}\";")?;
    }
    Ok(source)
}
