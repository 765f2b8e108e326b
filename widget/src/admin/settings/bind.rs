//! A setting by its name, as a field shows and changes it.
//!
//! The law: a field is bound by the name of the setting and nothing else, so it cannot show one and change another.

/// `bind!(desk, site_name)`.
macro_rules! bind {
    ($desk:expr, $key:ident) => {
        $desk.part(
            |settings| settings.$key.clone(),
            |settings, value| settings.$key = value,
        )
    };
}

pub(super) use bind;
