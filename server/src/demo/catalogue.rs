//! What the shop shows: lamps and textiles.
//!
//! The law: plain facts, no logic. Each picture is a drawing in `assets/`.

/// Which shelf a product lies on; also the first part of its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    Lamps,
    Textiles,
}

impl Shelf {
    /// In the order of the home page.
    pub const ALL: [Self; 2] = [Self::Lamps, Self::Textiles];

    /// The first part of the path.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Lamps => "lamps",
            Self::Textiles => "textiles",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Lamps => "Lamps",
            Self::Textiles => "Textiles",
        }
    }

    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Lamps => "Light for the evening, from the gate to the bedside.",
            Self::Textiles => "Woven in small runs, to be used every day.",
        }
    }
}

/// One thing on a shelf.
#[derive(Debug)]
pub struct Product {
    pub shelf: Shelf,
    /// The second part of the path.
    pub slug: &'static str,
    pub name: &'static str,
    pub price: &'static str,
    /// A file of `assets/`.
    pub picture: &'static str,
    /// What the picture shows, for those who do not see it.
    pub picture_words: &'static str,
    pub story: &'static str,
    pub stock: &'static str,
    /// Pairs of what and how, in the order shown.
    pub facts: [(&'static str, &'static str); 4],
}

impl Product {
    /// Where its page is.
    pub fn path(&self) -> String {
        format!("/{}/{}", self.shelf.slug(), self.slug)
    }
}

/// The product at `/{shelf}/{slug}`.
pub fn find_product(shelf: &str, slug: &str) -> Option<&'static Product> {
    PRODUCTS
        .iter()
        .find(|product| product.shelf.slug() == shelf && product.slug == slug)
}

/// Everything, in the order of the shelves.
pub const PRODUCTS: [Product; 8] = [
    Product {
        shelf: Shelf::Lamps,
        slug: "blue",
        name: "Blue Harbour Lamp",
        price: "€ 89",
        picture: "lamp-blue.svg",
        picture_words: "A round blue ceramic lamp with a cream shade, lit, on a wooden table",
        story: "Thrown by hand and glazed the blue of deep water. The linen shade lets through the kind of light that \
                makes people stay for another cup.",
        stock: "Back in stock",
        facts: [
            ("Height", "46 cm"),
            ("Shade", "Linen, washable"),
            ("Bulb", "E27, up to 40 W, included"),
            ("Cable", "2 m, woven cotton"),
        ],
    },
    Product {
        shelf: Shelf::Lamps,
        slug: "porch",
        name: "Porch Lantern",
        price: "€ 64",
        picture: "lamp-porch.svg",
        picture_words: "A black iron lantern with a candle burning inside, hanging from a bracket",
        story: "Iron and glass, made to hang by the door in any weather. Light it when you expect somebody, and leave \
                it on when you don't.",
        stock: "In stock",
        facts: [
            ("Height", "38 cm"),
            ("Frame", "Powder-coated iron"),
            ("Glass", "Four panes, easy to replace"),
            ("Light", "Candle or E14 bulb"),
        ],
    },
    Product {
        shelf: Shelf::Lamps,
        slug: "paper",
        name: "Paper Moon",
        price: "€ 72",
        picture: "lamp-paper.svg",
        picture_words: "A large round paper lamp glowing softly in a clay-coloured room",
        story: "Mulberry paper over bamboo, as light as a letter. It folds flat for moving house and hangs in a minute.",
        stock: "In stock",
        facts: [
            ("Diameter", "55 cm"),
            ("Paper", "Mulberry, unbleached"),
            ("Bulb", "E27, LED only"),
            ("Cable", "3 m, with ceiling rose"),
        ],
    },
    Product {
        shelf: Shelf::Lamps,
        slug: "reading",
        name: "Brass Reading Lamp",
        price: "€ 118",
        picture: "lamp-reading.svg",
        picture_words: "A brass desk lamp with a jointed arm, shining on an open book",
        story: "Two joints, one switch, and a shade that keeps the light on your page and off your neighbour.",
        stock: "Ships within a week",
        facts: [
            ("Reach", "62 cm"),
            ("Body", "Solid brass, unlacquered"),
            ("Bulb", "GU10, included"),
            ("Base", "Weighted, 2.4 kg"),
        ],
    },
    Product {
        shelf: Shelf::Textiles,
        slug: "throw",
        name: "Heather Throw",
        price: "€ 96",
        picture: "textile-throw.svg",
        picture_words: "Three folded wool throws in shades of heather, the top one fringed",
        story: "Lambswool from one flock and one mill. Warm at once, and softer every winter.",
        stock: "In stock",
        facts: [
            ("Size", "130 × 190 cm"),
            ("Wool", "Lambswool, undyed base"),
            ("Weight", "780 g"),
            ("Care", "Air it; hand wash cold"),
        ],
    },
    Product {
        shelf: Shelf::Textiles,
        slug: "runner",
        name: "Linen Table Runner",
        price: "€ 38",
        picture: "textile-runner.svg",
        picture_words: "A linen runner with rust-red stripes on a wooden table, a cup of coffee on it",
        story: "Stone-washed linen with three quiet stripes. It forgives coffee.",
        stock: "In stock",
        facts: [
            ("Size", "45 × 180 cm"),
            ("Linen", "European flax"),
            ("Hem", "Mitred corners"),
            ("Care", "60 °C, no ironing"),
        ],
    },
    Product {
        shelf: Shelf::Textiles,
        slug: "cushion",
        name: "Ember Cushion",
        price: "€ 44",
        picture: "textile-cushion.svg",
        picture_words: "A square rust-red cushion with a woven diamond pattern on a green sofa",
        story: "A diamond weave in the colour of the last of the fire. Filled with wool, so that it springs back.",
        stock: "Five left",
        facts: [
            ("Size", "50 × 50 cm"),
            ("Cover", "Cotton and wool"),
            ("Filling", "Wool, removable"),
            ("Care", "Cover 30 °C"),
        ],
    },
    Product {
        shelf: Shelf::Textiles,
        slug: "rug",
        name: "Doorstep Rug",
        price: "€ 58",
        picture: "textile-rug.svg",
        picture_words: "A flat-woven rug with a zigzag border lying before a green front door",
        story: "Flat-woven, hard-wearing, and made to be walked on with outdoor shoes.",
        stock: "In stock",
        facts: [
            ("Size", "60 × 95 cm"),
            ("Yarn", "Recycled cotton and jute"),
            ("Back", "Felt, does not slip"),
            ("Care", "Shake it; 30 °C"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_is_found_at_its_own_path_only() {
        for product in &PRODUCTS {
            let path = product.path();
            let (shelf, slug) = path.trim_start_matches('/').split_once('/').unwrap();
            assert_eq!(find_product(shelf, slug).unwrap().name, product.name);
        }
        assert!(find_product("textiles", "blue").is_none());
        assert!(find_product("lamps", "").is_none());
    }
}
