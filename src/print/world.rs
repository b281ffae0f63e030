//! What typst sees: one template, one file of data, one film, and our fonts. No disk, no clock, no
//! network, no packages.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::PagedDocument;
use typst::syntax::{FileId, Source, VirtualPath};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_pdf::PdfOptions;

use crate::domain::fault::Fault;

/// Noto Sans of the scripts in which names and reports are written here; web/fonts tells the source.
const FONT_FILES: [&[u8]; 8] = [
    include_bytes!("../../web/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../web/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../web/fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../web/fonts/NotoSansDevanagari-Bold.ttf"),
    include_bytes!("../../web/fonts/NotoSansBengali-Regular.ttf"),
    include_bytes!("../../web/fonts/NotoSansBengali-Bold.ttf"),
    include_bytes!("../../web/fonts/NotoSansOriya-Regular.ttf"),
    include_bytes!("../../web/fonts/NotoSansOriya-Bold.ttf"),
];

/// What is the same for every page.
struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    data: FileId,
    film: FileId,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        FONT_FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
    let id = |name: &str| FileId::new(None, VirtualPath::new(name));
    Shelf {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        main: id("page.typ"),
        data: id("data.json"),
        film: id("film.jpg"),
    }
});

/// One page about to be laid out.
pub(super) struct PrintWorld {
    source: Source,
    data: Bytes,
    film: Bytes,
}

impl PrintWorld {
    pub(super) fn new(template: &str, data: Vec<u8>, film: Vec<u8>) -> Self {
        let source = Source::new(SHELF.main, template.to_owned());
        Self { source, data: Bytes::new(data), film: Bytes::new(film) }
    }
}

impl World for PrintWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHELF.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        SHELF.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SHELF.main { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id {
            id if id == SHELF.data => Ok(self.data.clone()),
            id if id == SHELF.film => Ok(self.film.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<i64>) -> Option<Datetime> {
        None
    }
}

/// Lays out the pages.
pub(super) fn layout(world: &PrintWorld) -> Result<PagedDocument, Fault> {
    let typst::diag::Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    for warning in &warnings {
        tracing::warn!(warning = %warning.message, "a printed page may lack something");
    }
    output.map_err(|errors| failed(&errors))
}

/// The pages as PDF. No time stands in it: the same report gives the same bytes.
pub(super) fn pdf(document: &PagedDocument) -> Result<Vec<u8>, Fault> {
    let options = PdfOptions { ident: Smart::Auto, ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).map_err(|errors| failed(&errors))
}

/// Lets go of everything that typst remembers: patients must not pile up in memory.
pub(super) fn forget() {
    typst::comemo::evict(0);
}

/// Messages of typst name places in the template and kinds of values, no words of the page.
fn failed(errors: &[SourceDiagnostic]) -> Fault {
    for error in errors {
        tracing::error!(error = %error.message, "a page could not be laid out");
    }
    Fault::Internal
}
