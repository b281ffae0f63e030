//! Embeds the model packs and the web files, so that the appliance is one file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("packs.rs"), packs(&root.join("models"))?)?;
    fs::write(out.join("assets.rs"), assets(&root.join("web/static"))?)?;
    let target = env::var("TARGET").map_err(io::Error::other)?;
    println!("cargo::rustc-env=FIELDRAY_TARGET={target}");
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

/// One entry for each `models/<name>/<version>/` that holds a manifest, with all its files.
fn packs(models: &Path) -> io::Result<String> {
    let mut code = String::from(
        "struct EmbeddedPack { id: &'static str, version: &'static str, \
         files: &'static [(&'static str, &'static [u8])] }\n\
         static EMBEDDED_PACKS: &[EmbeddedPack] = &[\n",
    );
    println!("cargo::rerun-if-changed={}", models.display());
    for (name, folder) in entries(models)? {
        for (version, folder) in entries(&folder)? {
            if !folder.join("manifest.toml").is_file() {
                continue;
            }
            println!("cargo::rerun-if-changed={}", folder.display());
            let mut files = String::new();
            for (file, path) in entries(&folder)? {
                let path = path.display().to_string();
                println!("cargo::rerun-if-changed={path}");
                write!(files, "({file:?}, include_bytes!({path:?})), ")
                    .map_err(io::Error::other)?;
            }
            writeln!(
                code,
                "EmbeddedPack {{ id: {name:?}, version: {version:?}, files: &[{files}] }},"
            )
            .map_err(io::Error::other)?;
        }
    }
    code.push_str("];\n");
    Ok(code)
}

/// One entry for each file of `web/static`, with a digest that becomes part of its address.
fn assets(folder: &Path) -> io::Result<String> {
    let mut code = String::from("static ASSETS: &[Asset] = &[\n");
    println!("cargo::rerun-if-changed={}", folder.display());
    for (name, path) in entries(folder)? {
        println!("cargo::rerun-if-changed={}", path.display());
        let digest = Sha256::digest(fs::read(&path)?);
        let tag: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let path = path.display().to_string();
        writeln!(
            code,
            "Asset {{ name: {name:?}, tag: {tag:?}, bytes: include_bytes!({path:?}) }},"
        )
        .map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn entries(folder: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    if !folder.is_dir() {
        return Ok(BTreeMap::new());
    }
    fs::read_dir(folder)?
        .map(|entry| {
            entry.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        })
        .collect()
}
