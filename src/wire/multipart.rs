//! `multipart/related` bodies (RFC 2387), split while they come in: memory holds what was just fed and no more.

/// Longest head of a part, bytes.
const HEAD_BYTES_MAX: usize = 8 * 1024;
/// Longest boundary, characters. RFC 2046 (section 5.1.1) allows 70; Orthanc makes longer ones of two UUIDs.
const BOUNDARY_CHARS_MAX: usize = 200;

/// What comes out of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A part begins, with this media type; empty: none is told.
    Begin(String),
    /// Bytes of the part.
    Bytes(Vec<u8>),
    /// The part is complete.
    End,
}

/// The body is not what its head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body is no multipart body")]
pub struct Broken;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Preamble,
    AfterDelimiter,
    Head,
    Body,
    Done,
}

/// Splits one body.
#[derive(Clone, Debug)]
pub struct Splitter {
    delimiter: Vec<u8>,
    buffer: Vec<u8>,
    state: State,
}

impl Splitter {
    /// For a body with that `Content-Type`; `None` when it is no `multipart/related` with a boundary.
    #[must_use]
    pub fn of(content_type: &str) -> Option<Self> {
        let (kind, parameters) = content_type.split_once(';')?;
        if !kind.trim().eq_ignore_ascii_case("multipart/related") {
            return None;
        }
        let value = |one: &str| {
            let (name, value) = one.split_once('=')?;
            let value = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("boundary").then(|| value.to_owned())
        };
        // A boundary holds no semicolon: RFC 2046 has none among its characters.
        let boundary = parameters.split(';').find_map(value)?;
        let fits = (1..=BOUNDARY_CHARS_MAX).contains(&boundary.len()) && boundary.is_ascii();
        fits.then(|| Self {
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            // The first boundary may be the first thing of all.
            buffer: b"\r\n".to_vec(),
            state: State::Preamble,
        })
    }

    /// What these bytes bring.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Piece>, Broken> {
        self.buffer.extend_from_slice(bytes);
        let mut pieces = Vec::new();
        while self.step(&mut pieces)? {}
        Ok(pieces)
    }

    /// Whether the body came to its end.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// One step; `false`: more bytes are needed.
    fn step(&mut self, pieces: &mut Vec<Piece>) -> Result<bool, Broken> {
        match self.state {
            State::Done => {
                self.buffer.clear();
                Ok(false)
            }
            State::AfterDelimiter => {
                let Some(pair) = self.buffer.get(..2) else { return Ok(false) };
                self.state = match pair {
                    b"--" => State::Done,
                    b"\r\n" => State::Head,
                    _ => return Err(Broken),
                };
                // The end of the line may be the end of an empty head, too.
                self.buffer.drain(..if self.state == State::Head { 0 } else { 2 });
                Ok(true)
            }
            State::Head => match find(&self.buffer, b"\r\n\r\n") {
                Some(at) if at <= HEAD_BYTES_MAX => {
                    let head: Vec<u8> = self.buffer.drain(..at + 4).collect();
                    pieces.push(Piece::Begin(media_type(&head)));
                    self.state = State::Body;
                    Ok(true)
                }
                Some(_) => Err(Broken),
                None if self.buffer.len() > HEAD_BYTES_MAX => Err(Broken),
                None => Ok(false),
            },
            State::Preamble | State::Body => Ok(self.until_delimiter(pieces)),
        }
    }

    fn until_delimiter(&mut self, pieces: &mut Vec<Piece>) -> bool {
        let inside = self.state == State::Body;
        let found = find(&self.buffer, &self.delimiter);
        // What may be the beginning of a delimiter stays.
        let until = found.unwrap_or((self.buffer.len() + 1).saturating_sub(self.delimiter.len()));
        let bytes: Vec<u8> = self.buffer.drain(..until).collect();
        if inside && !bytes.is_empty() {
            pieces.push(Piece::Bytes(bytes));
        }
        if found.is_none() {
            return false;
        }
        self.buffer.drain(..self.delimiter.len());
        if inside {
            pieces.push(Piece::End);
        }
        self.state = State::AfterDelimiter;
        true
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        let at = from + at;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

fn media_type(head: &[u8]) -> String {
    let head = String::from_utf8_lossy(head);
    let line = head.lines().filter_map(|line| line.split_once(':'));
    let mut kinds = line.filter(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"));
    let kind = kinds.next().map(|(_, value)| value.split(';').next().unwrap_or_default());
    kind.unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TYPE: &str = "multipart/related; type=\"application/dicom\"; boundary=\"xYz\"";

    fn body(parts: &[Vec<u8>]) -> Vec<u8> {
        let mut body = Vec::new();
        for part in parts {
            body.extend_from_slice(b"\r\n--xYz\r\nContent-Type: application/dicom\r\n\r\n");
            body.extend_from_slice(part);
        }
        body.extend_from_slice(b"\r\n--xYz--\r\n");
        body
    }

    fn split(body: &[u8], step: usize) -> Result<(Vec<Vec<u8>>, bool), Broken> {
        let mut splitter = Splitter::of(TYPE).unwrap();
        let (mut parts, mut open) = (Vec::new(), Vec::new());
        for bytes in body.chunks(step.max(1)) {
            for piece in splitter.feed(bytes)? {
                match piece {
                    Piece::Begin(kind) => assert_eq!(kind, "application/dicom"),
                    Piece::Bytes(bytes) => open.extend(bytes),
                    Piece::End => parts.push(std::mem::take(&mut open)),
                }
            }
            assert!(splitter.buffer.len() <= bytes.len() + HEAD_BYTES_MAX + 80);
        }
        Ok((parts, splitter.is_done()))
    }

    proptest! {
        #[test]
        fn parts_come_out_as_they_went_in(
            parts in prop::collection::vec(prop::collection::vec(
                prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-'), any::<u8>()], 0..60), 1..4),
            step in 1_usize..50,
        ) {
            let clean = parts.iter().all(|part| find(part, b"--xYz").is_none());
            prop_assume!(clean);
            prop_assert_eq!(split(&body(&parts), step), Ok((parts, true)));
        }

        #[test]
        fn bytes_by_chance_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut splitter = Splitter::of(TYPE).unwrap();
            let _anything_but_a_panic = splitter.feed(&bytes);
        }
    }

    #[test]
    fn a_body_that_breaks_off_is_not_done_and_a_head_does_not_fill_the_memory() {
        let whole = body(&[b"abc".to_vec()]);
        assert!(!split(&whole[..whole.len() - 6], 7).unwrap().1);
        let endless = [b"--xYz\r\nA: ".to_vec(), vec![b'a'; 20_000]].concat();
        assert_eq!(split(&endless, 512), Err(Broken));
        assert!(Splitter::of("multipart/form-data; boundary=x").is_none());
        assert!(Splitter::of("multipart/related; type=x").is_none());
    }
}
