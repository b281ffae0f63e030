//! Finding NVIDIA's libraries, and which TensorRT they are. Makes no objects.

use std::ffi::{CStr, c_int, c_void};
use std::fmt;
use std::path::{Path, PathBuf};

use libloading::Library as Opened;

use crate::error::LoadError;
use crate::slots::{Layout, Slots};

/// One TensorRT to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The library with runtime and builder.
    pub tensorrt: PathBuf,
    /// The parser that belongs to it.
    pub parser: PathBuf,
}

/// Where the libraries are looked for. Bare names are looked for where the system's loader looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The CUDA driver, first hit wins.
    pub cuda: Vec<PathBuf>,
    /// TensorRT, first hit wins.
    pub tensorrt: Vec<Candidate>,
}

impl Default for Paths {
    /// The names that JetPack and NVIDIA's packages install, 10 first: it is what JetPack 6 and 7
    /// carry.
    fn default() -> Self {
        let candidate = |major| Candidate {
            tensorrt: format!("libnvinfer.so.{major}").into(),
            parser: format!("libnvonnxparser.so.{major}").into(),
        };
        Self { cuda: vec!["libcuda.so.1".into()], tensorrt: [10, 11, 8].map(candidate).to_vec() }
    }
}

impl Paths {
    /// The usual names, in one folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        let usual = Self::default();
        let inside = |name: &PathBuf| folder.join(name);
        Self {
            cuda: usual.cuda.iter().map(inside).collect(),
            tensorrt: usual
                .tensorrt
                .iter()
                .map(|it| Candidate { tensorrt: inside(&it.tensorrt), parser: inside(&it.parser) })
                .collect(),
        }
    }
}

/// Which product a library is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// TensorRT, as JetPack has it.
    Standard,
    /// TensorRT-RTX, for desktop GPUs. Builds without a GPU, so it tests the build path.
    Rtx,
}

/// A version as the library tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which product.
    pub flavour: Flavour,
    /// Major, minor, patch.
    pub number: (i32, i32, i32),
    /// The build, where the library tells it.
    pub build: Option<i32>,
}

impl Version {
    /// Reads the one number: two digits each for minor and patch from major 10 on (and in RTX),
    /// before that one thousand a major.
    const fn decode(number: i32, build: Option<i32>) -> Self {
        let unit = if number < 10_000 { 1000 } else { 10_000 };
        let parts = (number / unit, number % unit / 100, number % 100);
        // RTX counts its own majors from 1; TensorRT 1 is older than this interface.
        let flavour = if parts.0 == 1 { Flavour::Rtx } else { Flavour::Standard };
        Self { flavour, number: parts, build }
    }

    /// The slot tables, where this program has them.
    const fn layout(&self) -> Option<Layout> {
        match (self.flavour, self.number.0, self.number.1) {
            (Flavour::Rtx, 1, _) | (Flavour::Standard, 11, _) => Some(Layout::V11),
            (Flavour::Standard, 10, _) => Some(Layout::V10),
            (Flavour::Standard, 8, 5 | 6) => Some(Layout::V8),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor, patch) = self.number;
        let product = match self.flavour {
            Flavour::Standard => "",
            Flavour::Rtx => "RTX ",
        };
        write!(f, "{product}{major}.{minor}.{patch}")?;
        self.build.map_or(Ok(()), |build| write!(f, ".{build}"))
    }
}

/// `createInferRuntime_INTERNAL` and `createInferBuilder_INTERNAL`: logger, version.
pub(crate) type Factory = unsafe extern "C" fn(*mut c_void, i32) -> *mut c_void;
/// `createNvOnnxParser_INTERNAL`: network, logger, version.
pub(crate) type ParserFactory = unsafe extern "C" fn(*mut c_void, *mut c_void, i32) -> *mut c_void;

/// A parser library.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parser {
    pub(crate) create: ParserFactory,
    pub(crate) version: i32,
}

/// An opened TensorRT of a version whose tables are known.
#[derive(Debug)]
pub struct Library {
    path: PathBuf,
    version: Version,
    pub(crate) slots: &'static Slots,
    /// The version in the library's own form, which its factories ask for.
    pub(crate) number: i32,
    pub(crate) create_runtime: Factory,
    /// Absent in the lean and dispatch runtimes.
    pub(crate) create_builder: Option<Factory>,
    /// Or why there is none.
    pub(crate) parser: Result<Parser, String>,
}

impl Library {
    /// Opens the first TensorRT that is there, reads its version and refuses one that this program
    /// does not know. Asks for no GPU.
    ///
    /// # Errors
    /// [`LoadError`] that says which library, and why.
    pub fn open(candidates: &[Candidate]) -> Result<Self, LoadError> {
        let names: Vec<PathBuf> = candidates.iter().map(|it| it.tensorrt.clone()).collect();
        let (library, path) = open_first(&names).map_err(|none| match none {
            Unopened::Absent { tried, reason } => LoadError::NoTensorRt { tried, reason },
            Unopened::Broken { reasons } => LoadError::Broken { what: "TensorRT", reasons },
        })?;
        let number: unsafe extern "C" fn() -> i32 = symbol(library, &path, c"getInferLibVersion")?;
        // SAFETY: takes nothing, gives a number, in every version.
        let number = unsafe { number() };
        let build: Result<unsafe extern "C" fn() -> i32, _> =
            symbol(library, &path, c"getInferLibBuildVersion");
        // SAFETY: as above.
        let build = build.ok().map(|build| unsafe { build() });
        let version = Version::decode(number, build);
        let Some(layout) = version.layout() else {
            return Err(LoadError::UnknownVersion {
                library: path.display().to_string(),
                version: version.to_string(),
            });
        };
        let create_runtime = symbol(library, &path, c"createInferRuntime_INTERNAL")?;
        let create_builder = symbol(library, &path, c"createInferBuilder_INTERNAL").ok();
        let parser = candidates.iter().find(|it| it.tensorrt == path);
        let parser = parser.map_or_else(|| Err(String::new()), |it| open_parser(&it.parser));
        let slots = Slots::of(layout);
        Ok(Self { path, version, slots, number, create_runtime, create_builder, parser })
    }

    /// What the library says it is.
    #[must_use]
    pub const fn version(&self) -> &Version {
        &self.version
    }

    /// The name under which it was found.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why network files cannot be read; `None` when they can.
    #[must_use]
    pub fn parser_missing(&self) -> Option<&str> {
        self.parser.as_ref().err().map(String::as_str)
    }
}

fn open_parser(path: &PathBuf) -> Result<Parser, String> {
    let (library, path) =
        open_first(std::slice::from_ref(path)).map_err(|none| none.reason().to_owned())?;
    let told = |error: LoadError| error.to_string();
    let version: unsafe extern "C" fn() -> c_int =
        symbol(library, &path, c"getNvOnnxParserVersion").map_err(told)?;
    // SAFETY: takes nothing, gives a number, in every version.
    let version = unsafe { version() };
    let create = symbol(library, &path, c"createNvOnnxParser_INTERNAL").map_err(told)?;
    Ok(Parser { create, version })
}

/// Why no library of a list was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unopened {
    /// None of them is on this machine.
    Absent {
        /// Names tried.
        tried: String,
        /// The loader's words about the last one.
        reason: String,
    },
    /// At least one is there and does not load, or needs another one that is not there.
    Broken {
        /// The loader's words about each of those.
        reasons: String,
    },
}

impl Unopened {
    fn reason(&self) -> &str {
        match self {
            Self::Absent { reason, .. } | Self::Broken { reasons: reason } => reason,
        }
    }
}

/// What the C library's loader says after the name of a file that is not there. Of a library that such a
/// file needs in its turn it says the same, but with that library's name in front.
const NOT_THERE: &str = ": cannot open shared object file: No such file or directory";

/// Opens the first library of a list, for good: NVIDIA's libraries start threads and keep our
/// logger, so they are never closed.
pub(crate) fn open_first(paths: &[PathBuf]) -> Result<(&'static Opened, PathBuf), Unopened> {
    let mut reason = "no name to try".to_owned();
    let mut broken: Vec<String> = Vec::new();
    for path in paths {
        // SAFETY: runs the library's initialisers. The names are those of NVIDIA's libraries, put
        // there by the board's own packages or by the person who runs a test.
        match unsafe { Opened::new(path) } {
            Ok(library) => return Ok((Box::leak(Box::new(library)), path.clone())),
            Err(error) => reason = words(&error),
        }
        let name = path.display().to_string();
        if !reason.strip_prefix(&name).is_some_and(|rest| rest.starts_with(NOT_THERE)) {
            broken.push(reason.clone());
        }
    }
    if !broken.is_empty() {
        return Err(Unopened::Broken { reasons: broken.join("; ") });
    }
    let tried: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    Err(Unopened::Absent { tried: tried.join(", "), reason })
}

/// The loader's own words lie one level down.
fn words(error: &libloading::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// Pointers to C functions. To have one is safe; to call it is where its type must hold.
pub(crate) trait Function: Copy {}
macro_rules! functions {
    ($(($($argument:ident)*))*) => {
        $(impl<R, $($argument),*> Function for unsafe extern "C" fn($($argument),*) -> R {})*
    };
}
functions! { () (A) (A B) (A B C) (A B C D) }

/// A function of a library under the type that NVIDIA's header declares.
pub(crate) fn symbol<F: Function>(
    library: &'static Opened,
    path: &Path,
    name: &'static CStr,
) -> Result<F, LoadError> {
    // SAFETY: only pointers to functions come out (`Function`), and the library is never closed.
    let found = unsafe { library.get::<F>(name) };
    found.map(|found| *found).map_err(|_| LoadError::MissingSymbol {
        library: path.display().to_string(),
        symbol: name.to_str().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_each_major_writes_them() {
        let check = |number, expected: &str, layout| {
            let version = Version::decode(number, None);
            assert_eq!((version.to_string().as_str(), version.layout()), (expected, layout));
        };
        check(8502, "8.5.2", Some(Layout::V8));
        check(8601, "8.6.1", Some(Layout::V8));
        check(8402, "8.4.2", None);
        check(100_300, "10.3.0", Some(Layout::V10));
        check(101_601, "10.16.1", Some(Layout::V10));
        check(110_400, "11.4.0", Some(Layout::V11));
        check(10_701, "RTX 1.7.1", Some(Layout::V11));
        check(120_000, "12.0.0", None);
        check(20_100, "2.1.0", None);
    }
}
