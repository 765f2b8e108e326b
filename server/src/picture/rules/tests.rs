//! Files that mean ill, and good ones.

use super::*;
use image::{Rgb, RgbImage};

fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut pixels = RgbImage::new(width, height);
    // The upper left is red, so that a turn shows.
    pixels.put_pixel(0, 0, Rgb([255, 0, 0]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(pixels)
        .write_to(&mut file, format)
        .unwrap();
    file.into_inner()
}

fn size(png: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory_with_format(png, ImageFormat::Png).unwrap();
    (picture.width(), picture.height())
}

#[test]
fn each_of_the_three_becomes_a_small_png() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        for (came, kept) in [
            ((1, 1), (1, 1)),
            ((256, 100), (256, 100)),
            ((1000, 500), (256, 128)),
            ((10, 3000), (1, 256)),
        ] {
            let drawn = draw_anew(&file(came.0, came.1, format)).unwrap();
            assert_eq!(size(&drawn), kept, "{format:?}");
        }
    }
}

#[test]
fn what_is_none_of_the_three_is_refused() {
    let png = file(64, 64, ImageFormat::Png);
    let mut wrong_sum = png.clone();
    let place = wrong_sum.len() - 20;
    wrong_sum[place] ^= 0xFF;
    for (what, bad) in [
        ("nothing", Vec::new()),
        ("markup", b"<html><script>alert(1)</script>".to_vec()),
        ("a name and no picture", b"\x89PNG\r\n\x1a\n".to_vec()),
        (
            "markup behind a picture's first bytes",
            b"\x89PNG\r\n\x1a\n<script>alert(1)</script>".to_vec(),
        ),
        ("another format", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
        (
            "a drawing",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
        ),
        ("half of it", png[..png.len() / 2].to_vec()),
        ("one byte of it", png[..1].to_vec()),
        ("a wrong byte", wrong_sum),
    ] {
        assert_eq!(draw_anew(&bad), Err(ProblemCode::PictureShape), "{what}");
    }
    let jpeg = file(64, 64, ImageFormat::Jpeg);
    let webp = file(64, 64, ImageFormat::WebP);
    for cut in [10, 30, 100] {
        assert_eq!(draw_anew(&jpeg[..cut]), Err(ProblemCode::PictureShape));
        assert_eq!(
            draw_anew(&webp[..cut.min(webp.len() - 1)]),
            Err(ProblemCode::PictureShape)
        );
    }
    assert_eq!(
        draw_anew(&vec![0; PICTURE_BYTES + 1]),
        Err(ProblemCode::TooBig)
    );
}

/// A black PNG, true to its sums, that promises so many pixels and holds so many bytes of them.
fn png(width: u32, height: u32, bytes: usize) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(
        &mut std::io::Read::take(std::io::repeat(0), bytes as u64),
        &mut packed,
    )
    .unwrap();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(part(b"IHDR", &header));
    file.extend(part(b"IDAT", &packed.finish().unwrap()));
    file.extend(part(b"IEND", b""));
    file
}

fn part(name: &[u8; 4], holds: &[u8]) -> Vec<u8> {
    let mut part = u32::try_from(holds.len()).unwrap().to_be_bytes().to_vec();
    part.extend(name);
    part.extend(holds);
    let sum = sum(&part[4..]);
    part.extend(sum.to_be_bytes());
    part
}

/// CRC-32, as PNG has it.
fn sum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[test]
fn a_small_file_does_not_unfold_into_a_huge_picture() {
    for (width, height) in [
        (100_000, 100_000),
        (8_192, 8_192),
        (u32::MAX, 1),
        (1, 60_000),
        (0, 10),
    ] {
        let bomb = png(width, height, 1 << 20);
        assert!(bomb.len() < 10_000);
        assert_eq!(
            draw_anew(&bomb),
            Err(ProblemCode::PictureShape),
            "{width} by {height}"
        );
    }
    // A true one: every pixel that it promises is there, and they are too many.
    let side = 4_200_u32;
    let bomb = png(side, side, (4 * side as usize + 1) * side as usize);
    assert!(bomb.len() < PICTURE_BYTES);
    assert_eq!(draw_anew(&bomb), Err(ProblemCode::PictureShape));
    let side = 1_000_u32;
    let harmless = png(side, side, (4 * side as usize + 1) * side as usize);
    assert!(draw_anew(&harmless).is_ok());
    // A JPEG says how large it is where its first frame begins (marker C0).
    let mut jpeg = file(64, 64, ImageFormat::Jpeg);
    let frame = jpeg
        .windows(2)
        .position(|marker| marker == [0xFF, 0xC0])
        .unwrap();
    for (height, width) in [(8_000_u16, 8_000_u16), (u16::MAX, u16::MAX), (1, 60_000)] {
        jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
        jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
        assert_eq!(
            draw_anew(&jpeg),
            Err(ProblemCode::PictureShape),
            "{width} by {height}"
        );
    }
}

/// A JPEG with where it was taken, lying on its side.
fn turned_with_particulars() -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    // Orientation (0x0112), one short: 6, a quarter turn.
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"52.5200N 13.4050E <script>alert(1)</script>");
    let jpeg = file(40, 20, ImageFormat::Jpeg);
    let mut file = jpeg[..2].to_vec();
    file.extend([0xFF, 0xE1]);
    file.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    file.extend(exif);
    file.extend(&jpeg[2..]);
    file
}

#[test]
fn what_else_a_file_holds_is_left_behind() {
    let drawn = draw_anew(&turned_with_particulars()).unwrap();
    assert_eq!(size(&drawn), (20, 40), "it stands upright");
    let holds = |words: &[u8]| drawn.windows(words.len()).any(|part| part == words);
    assert!(!holds(b"52.5200N") && !holds(b"script") && !holds(b"Exif") && !holds(b"eXIf"));
    let mut with_tail = file(8, 8, ImageFormat::Png);
    with_tail.extend(b"<script>alert(1)</script>");
    let drawn = draw_anew(&with_tail).unwrap();
    assert!(!drawn.windows(6).any(|part| part == b"script"));
}
