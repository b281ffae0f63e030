//! Bundles as they must not be: cut, changed, foreign, oversized.

use std::io::{Cursor, Seek as _};

use super::*;
use crate::domain::update::ReleaseVersion;

struct Workshop {
    folder: tempfile::TempDir,
    key: SigningKey,
    keys: TrustedKeys,
}

impl Workshop {
    fn new() -> Self {
        let (secret, public) = SigningKey::generate().unwrap();
        let mut keys = TrustedKeys::project().unwrap();
        keys.trust(&public).unwrap();
        let key = SigningKey::read(&secret).unwrap();
        Self { folder: tempfile::tempdir().unwrap(), key, keys }
    }

    fn draft() -> Bundle {
        let v = |text| ReleaseVersion::parse(text).unwrap();
        Bundle {
            version: v("0.2.0"),
            target: "x86_64-unknown-linux-gnu".to_owned(),
            schema: 11,
            from_min: v("0.1.0"),
            from_max: v("0.1.9"),
            changed_tables: vec![],
            parts: Parts::new(vec![Part {
                name: PartName::Program,
                size_bytes: 1,
                sha256: Sha256Digest::from_bytes([0; 32]),
            }])
            .unwrap(),
        }
    }

    fn made(&self, key: Option<&SigningKey>) -> Vec<u8> {
        let file = |name: &str, bytes: &[u8]| {
            let path = self.folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let sources = [
            ("program", file("fieldray", &[7; 100_000])),
            ("packs/x/1/card.md", file("card.md", b"card")),
        ];
        let sources =
            sources.map(|(name, path)| Source { name: PartName::parse(name).unwrap(), path });
        let to = self.folder.path().join("x.frbundle");
        make(Self::draft(), &sources, key, &to).unwrap();
        std::fs::read(to).unwrap()
    }

    fn check(&self, bytes: &[u8]) -> Result<Bundle, UpdateError> {
        open(Cursor::new(bytes), &self.keys)?.verify()
    }
}

#[test]
fn a_signed_bundle_comes_out_as_it_went_in() {
    let shop = Workshop::new();
    let bytes = shop.made(Some(&shop.key));
    let opened = open(Cursor::new(&bytes), &shop.keys).unwrap();
    let mut seen = Vec::new();
    let mut most = 0;
    let bundle = opened
        .unpack(
            &mut |_| Ok(Cursor::new(Vec::new())),
            &mut |part, written: Cursor<Vec<u8>>| {
                seen.push((part.name.to_string(), written.into_inner()));
                Ok(())
            },
            &mut |passed| most = passed,
        )
        .unwrap();
    assert_eq!(bundle.version.to_string(), "0.2.0");
    assert_eq!(seen[0], ("program".to_owned(), vec![7; 100_000]));
    assert_eq!(seen[1], ("packs/x/1/card.md".to_owned(), b"card".to_vec()));
    assert_eq!(most, 100_004);
}

#[test]
fn unsigned_and_foreign_bundles_are_refused_before_they_are_read() {
    let shop = Workshop::new();
    assert!(matches!(shop.check(&shop.made(None)), Err(UpdateError::Signature(_))));
    let (foreign, _) = SigningKey::generate().unwrap();
    let foreign = SigningKey::read(&foreign).unwrap();
    assert!(matches!(shop.check(&shop.made(Some(&foreign))), Err(UpdateError::Signature(_))));
    // Not even a manifest that would make the parser stumble is looked at.
    let mut junk = MAGIC.to_vec();
    junk.extend(5_u32.to_le_bytes());
    junk.extend(b"\xff\xfe[[[");
    junk.extend(0_u32.to_le_bytes());
    assert!(matches!(shop.check(&junk), Err(UpdateError::Signature(_))));
}

#[test]
fn signing_later_is_signing() {
    let shop = Workshop::new();
    shop.made(None);
    let path = shop.folder.path().join("x.frbundle");
    sign(&path, &shop.key).unwrap();
    shop.check(&std::fs::read(&path).unwrap()).unwrap();
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(std::io::SeekFrom::End(-2)).unwrap();
    file.write_all(b"!").unwrap();
    assert!(matches!(sign(&path, &shop.key), Err(UpdateError::Format(_))));
}

#[test]
fn every_cut_and_every_changed_byte_is_found() {
    let shop = Workshop::new();
    let bytes = shop.made(Some(&shop.key));
    let step = |n: usize| (n * 7919) % bytes.len();
    for n in 0..200 {
        let cut = step(n);
        assert!(shop.check(&bytes[..cut]).is_err(), "cut at {cut}");
        let mut changed = bytes.clone();
        changed[step(n)] ^= 1 << (n % 8);
        // minisign's untrusted comment is a remark to people that nothing rests on.
        let remark = String::from_utf8_lossy(&bytes).find("untrusted comment").unwrap();
        let in_remark = (remark..remark + 80).contains(&step(n));
        assert!(in_remark || shop.check(&changed).is_err(), "changed at {}", step(n));
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(matches!(shop.check(&longer), Err(UpdateError::Format(_))));
}

#[test]
fn a_signed_manifest_with_wild_names_or_sizes_is_refused() {
    let shop = Workshop::new();
    let check = |from: &str, to: &str| {
        let bytes = shop.made(Some(&shop.key));
        let (manifest, _) = head(&mut Cursor::new(&bytes)).unwrap();
        let text = String::from_utf8(manifest).unwrap();
        assert!(text.contains(from), "{text}");
        let text = text.replace(from, to);
        let path = shop.folder.path().join("wild.part");
        drop(begin(&path, text.as_bytes(), Some(&shop.key)).unwrap());
        let refused = shop.check(&std::fs::read(&path).unwrap());
        assert!(matches!(refused, Err(UpdateError::Manifest(_))), "{to}");
    };
    check("packs/x/1/card.md", "packs/x/../../../etc/cron.d/x");
    check("packs/x/1/card.md", "/etc/passwd");
    check("packs/x/1/card.md", "program");
    check("size_bytes = 4", "size_bytes = 18446744073709551615");
    check("size_bytes = 4", "size_bytes = 9000000000");
    check("fieldray-bundle-1", "fieldray-bundle-2");
    check("version = \"0.2.0\"", "version = \"0.2.0\"\nrun = \"rm\"");
    check("version = \"0.2.0\"", "version = \"latest\"");
}

#[test]
fn a_head_that_claims_too_much_is_refused_before_memory_is_asked_for() {
    let shop = Workshop::new();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(u32::MAX.to_le_bytes());
    assert!(matches!(shop.check(&bytes), Err(UpdateError::Format("its head is too long"))));
}
