//! Every limit of the program in one place, each with the reason for its value.

/// Upper and lower bounds on what is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest photo file, bytes. A 50-megapixel phone JPEG stays under 25 MB.
    pub photo_bytes_max: u64,
    /// Most pixels decoded from one photo. 64 megapixels covers today's phones in full-size mode.
    pub photo_pixels_max: u64,
    /// Longest side decoded, pixels.
    pub photo_side_max: u32,
    /// Shortest side accepted, pixels: below it a film cannot be read whatever it shows.
    pub photo_side_min: u32,
    /// Most scans in a progressive JPEG: real encoders write about ten, decompression bombs thousands.
    pub jpeg_scans_max: usize,
    /// Fewest file bytes per pixel. Photos have 0.03 and more, bombs under 0.006.
    pub photo_millibytes_per_pixel_min: u64,
    /// Most photos waiting to be read; beyond it uploads are asked to come back later.
    pub queue_len_max: u64,
    /// Most photos of one study.
    pub photos_per_study_max: u64,
    /// Free space below which no new photo is accepted, bytes.
    pub disk_free_bytes_min: u64,
    /// Longest text in a form field, characters.
    pub field_chars_max: usize,
    /// Form bodies other than photos, bytes.
    pub form_bytes_max: usize,
    /// Longest side of the stored radiograph, pixels: what the human eye needs at full zoom.
    pub radiograph_side_max: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            photo_bytes_max: 25 * 1024 * 1024,
            photo_pixels_max: 64_000_000,
            photo_side_max: 16_384,
            photo_side_min: 320,
            jpeg_scans_max: 64,
            photo_millibytes_per_pixel_min: 8,
            queue_len_max: 500,
            photos_per_study_max: 20,
            disk_free_bytes_min: 256 * 1024 * 1024,
            field_chars_max: 120,
            form_bytes_max: 64 * 1024,
            radiograph_side_max: 2048,
        }
    }
}
