//! From a file to the picture that is kept.
//!
//! The laws: PNG, JPEG or WebP by their content, whatever the file is called; a small file that unfolds into a huge
//! picture is refused before it does; what else the file holds (where it was taken, comments, markup) is left behind.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    imageops,
};
use shared::limits::{PICTURE_BYTES, PICTURE_PIXELS};
use shared::problem::ProblemCode;
use std::io::Cursor;

/// No side of what is looked at is longer. **Units**: pixels.
const LONGEST_SIDE: u32 = 8_192;
/// While one is looked at. **Units**: bytes. **Source**: 4,096 by 4,096 pixels of four bytes.
const MEMORY: u64 = 64 * 1024 * 1024;

/// Draws the picture anew, no side longer than [`PICTURE_PIXELS`], upright as it was meant to be seen. Takes a second
/// of a processor for the largest: never on a thread that answers requests.
///
/// **Errors**: `too_big` for the file; `picture_shape` for what is none of the three, is broken, or is too large.
pub fn draw_anew(file: &[u8]) -> Result<Vec<u8>, ProblemCode> {
    if file.len() > PICTURE_BYTES {
        return Err(ProblemCode::TooBig);
    }
    let mut picture = read(file).ok_or(ProblemCode::PictureShape)?;
    if picture.width().max(picture.height()) > PICTURE_PIXELS {
        picture = picture.resize(
            PICTURE_PIXELS,
            PICTURE_PIXELS,
            imageops::FilterType::Triangle,
        );
    }
    write(&picture).ok_or(ProblemCode::PictureShape)
}

fn read(file: &[u8]) -> Option<DynamicImage> {
    let format = image::guess_format(file).ok()?;
    if !matches!(
        format,
        ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP
    ) {
        return None;
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // What the header promises is counted before a pixel is unpacked; not every format's reader counts by itself.
    let promised = decoder.total_bytes();
    if promised == 0 || promised > MEMORY {
        return None;
    }
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

fn write(picture: &DynamicImage) -> Option<Vec<u8>> {
    let pixels = picture.to_rgba8();
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive)
        .write_image(
            pixels.as_raw(),
            pixels.width(),
            pixels.height(),
            ExtendedColorType::Rgba8,
        )
        .ok()?;
    Some(png)
}

/// Files that mean ill, and good ones.
#[cfg(test)]
mod tests;
