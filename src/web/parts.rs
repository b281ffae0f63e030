//! Forms with files: their parts, read with patience and with limits.

use std::time::Duration;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;

use crate::domain::fault::Fault;

/// Longest small field, bytes: a digest has 64.
const FIELD_BYTES_MAX: usize = 128;
/// How long the sender may be silent. A phone that walked away must not keep its part file.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// How long the rest of a refused body is read, so that the sender reads the answer.
pub(super) const DRAIN_MAX: Duration = Duration::from_secs(2);

/// The text of a small field.
pub(super) async fn small(field: Field<'_>) -> Result<String, Fault> {
    let bytes = whole(field, FIELD_BYTES_MAX).await?;
    String::from_utf8(bytes).map(|text| text.trim().to_owned()).or(Err(Fault::FormUnreadable))
}

/// Waits for the next piece of the body, not for ever.
pub(super) async fn patient<T>(
    piece: impl Future<Output = Result<T, MultipartError>>,
) -> Result<T, Fault> {
    match tokio::time::timeout(SILENCE_MAX, piece).await {
        Ok(Ok(piece)) => Ok(piece),
        Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Fault::PhotoTooLarge)
        }
        // A body that ends inside a part, and a sender that is gone or silent.
        Ok(Err(_)) | Err(_) => Err(Fault::UploadInterrupted),
    }
}

/// All bytes of a field, no more than so many.
pub(super) async fn whole(mut field: Field<'_>, bytes_max: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = patient(field.chunk()).await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > bytes_max {
            return Err(Fault::FormUnreadable);
        }
    }
    Ok(bytes)
}

/// Reads on and throws away, for a while: a connection closed under a sender loses the answer too.
pub(super) async fn drain_parts(parts: &mut Multipart) {
    let drain = async { while let Ok(Some(_)) = parts.next_field().await {} };
    // Running out of time is the limit at work, not a failure.
    let _timed_out = tokio::time::timeout(DRAIN_MAX, drain).await.is_err();
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::{FromRequest as _, Request};

    use super::*;

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        runtime.unwrap().block_on(work)
    }

    fn multipart(body: &str) -> Multipart {
        let request = Request::builder()
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(body.to_owned()))
            .unwrap();
        run(Multipart::from_request(request, &())).unwrap()
    }

    fn check_small(body: &str, expected: Result<&str, Fault>) {
        let mut parts = multipart(body);
        let read = run(async {
            match patient(parts.next_field()).await? {
                Some(field) => small(field).await,
                None => Err(Fault::PhotoMissing),
            }
        });
        assert_eq!(read.as_deref().map_err(|fault| *fault), expected, "{body:?}");
    }

    #[test]
    fn small_fields_are_read_whole_or_not_at_all() {
        let head = "--x\r\ncontent-disposition: form-data; name=\"upload_id\"\r\n\r\n";
        check_small(&format!("{head}abc\r\n--x--\r\n"), Ok("abc"));
        check_small(&format!("{head}{}\r\n--x--\r\n", "a".repeat(129)), Err(Fault::FormUnreadable));
        check_small(&format!("{head}abc"), Err(Fault::UploadInterrupted));
        check_small("--x--\r\n", Err(Fault::PhotoMissing));
        check_small("", Err(Fault::UploadInterrupted));
    }
}
