//! What is a key, and what it may do.

use super::HostKey;
use shared::{
    host::HostScope,
    problem::{Field, Problem, ProblemCode},
};

/// The key of an `Authorization` header (RFC 6750, section 2.1). `None` for anything else.
pub fn read_bearer(value: &str) -> Option<HostKey> {
    let (scheme, key) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| HostKey::parse(key))
        .flatten()
}

/// A key does what it was made for and nothing else.
///
/// **Errors**: `host_key_refused`, as for a key that is none.
pub fn may_use(scope: HostScope, scopes: &[HostScope]) -> Result<(), ProblemCode> {
    if scopes.contains(&scope) {
        Ok(())
    } else {
        Err(ProblemCode::HostKeyRefused)
    }
}

/// Which scopes a new key may have: at least one, each once.
///
/// **Errors**: `out_of_range`; `duplicate`.
pub fn may_have(scopes: &[HostScope]) -> Result<(), Problem> {
    if scopes.is_empty() {
        return Err(Problem::about(ProblemCode::OutOfRange, Field::Scopes));
    }
    let is_twice = |place: usize| scopes[..place].contains(&scopes[place]);
    if (0..scopes.len()).any(is_twice) {
        return Err(Problem::about(ProblemCode::Duplicate, Field::Scopes));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use HostScope::{UsersErase, UsersExport, UsersWrite};

    #[test]
    fn a_header_is_a_key_or_nothing() {
        let key = format!("plhk_{}", "a".repeat(43));
        for good in [
            format!("Bearer {key}"),
            format!("bearer {key}"),
            format!("BEARER {key}"),
        ] {
            assert!(read_bearer(&good).is_some(), "{good}");
        }
        for bad in [
            String::new(),
            key.clone(),
            format!("Basic {key}"),
            format!("Bearer  {key}"),
            format!("Bearer\t{key}"),
            format!("Bearer {key},"),
            format!("Bearer {key} {key}"),
            format!("Bearer \"{key}\""),
            "Bearer ".into(),
            "Bearer null".into(),
        ] {
            assert!(read_bearer(&bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_key_does_what_it_was_made_for() {
        assert_eq!(may_use(UsersWrite, &[UsersWrite]), Ok(()));
        assert_eq!(may_use(UsersErase, &[UsersWrite, UsersErase]), Ok(()));
        for (scope, scopes) in [
            (UsersErase, &[UsersWrite][..]),
            (UsersWrite, &[UsersErase]),
            (UsersExport, &[UsersWrite, UsersErase]),
            (UsersErase, &[UsersExport]),
            (UsersWrite, &[]),
        ] {
            assert_eq!(may_use(scope, scopes), Err(ProblemCode::HostKeyRefused));
        }
    }

    #[test]
    fn a_key_without_a_scope_is_no_key() {
        assert!(may_have(&[UsersWrite]).is_ok() && may_have(&[UsersErase, UsersWrite]).is_ok());
        assert_eq!(may_have(&[]).unwrap_err().code, ProblemCode::OutOfRange);
        assert_eq!(
            may_have(&[UsersWrite, UsersWrite]).unwrap_err().code,
            ProblemCode::Duplicate
        );
    }
}
