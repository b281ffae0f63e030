//! Addresses and ids as QR codes: SVG inside the page, so that it needs nothing from elsewhere.

use crate::app::{QrPath, qr_path};

/// A QR code as an SVG element; `None` when the text is too long. `name` says what it is to people who
/// do not see it, and is escaped.
pub(super) fn svg(text: &str, name: &str) -> Option<String> {
    let QrPath { side, dark } = qr_path(text)?;
    let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{name}\" \
         shape-rendering=\"crispEdges\"><rect class=\"qr-paper\" width=\"{side}\" height=\"{side}\">\
         </rect><path class=\"qr-ink\" d=\"{dark}\"></path></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_edge() {
        let svg = svg("http://fieldray.lan", "Address of \"A & B\"").unwrap();
        // The top left finder pattern begins after the quiet edge.
        assert!(svg.contains("M4 4h1v1h-1z") && svg.contains("M10 4h1v1h-1z"));
        assert!(!svg.contains("M3 4h") && !svg.contains("M4 3h"));
        assert!(svg.contains("Address of &quot;A &amp; B&quot;"));
        assert!(super::svg(&"x".repeat(8000), "x").is_none());
    }
}
