//! Whether a request comes from a page of the same address.

/// By the headers `Sec-Fetch-Site`, `Origin` and `Host`.
///
/// Browsers send `Origin` with every request that changes something; other clients send neither header
/// and carry no cookie that a foreign page could borrow.
#[must_use]
pub fn is_same(site: Option<&str>, origin: Option<&str>, host: Option<&str>) -> bool {
    let site = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin = origin.is_none_or(|origin| {
        let named = origin.split_once("://").map(|(_, named)| named);
        named.is_some() && named == host
    });
    site && origin
}
