//! What a request presents of itself: one bearer token, and the role and purpose it is made in.

use super::Refusal;

/// The longest token that is read, in bytes.
const LONGEST_TOKEN: usize = 8 * 1024;

/// The headers of a request that say who asks, in which role and why.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityHeaders<'a> {
    /// The token of the one `Authorization` header; none when the request has no such header.
    pub token: Option<&'a str>,
    /// `X-Active-Role`.
    pub active_role: Option<&'a str>,
    /// `X-Purpose`.
    pub purpose: Option<&'a str>,
}

/// The token in the `Authorization` headers of a request: none where there is no such header.
///
/// # Errors
/// More than one header, a scheme other than Bearer, or a token that is empty, too long or not of the letters
/// that a signed token has.
pub fn bearer<'a>(mut headers: impl Iterator<Item = &'a [u8]>) -> Result<Option<&'a str>, Refusal> {
    let Some(header) = headers.next() else { return Ok(None) };
    if headers.next().is_some() {
        return Err(Refusal::Unauthenticated("more than one Authorization header"));
    }
    let token = std::str::from_utf8(header)
        .ok()
        .and_then(|text| text.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
        .ok_or(Refusal::Unauthenticated("not a bearer token"))?;
    if token.len() > LONGEST_TOKEN {
        return Err(Refusal::Unauthenticated("token too long"));
    }
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        return Err(Refusal::Unauthenticated("token has foreign letters"));
    }
    Ok(Some(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'a>(headers: &[&'a str]) -> Result<Option<&'a str>, Refusal> {
        bearer(headers.iter().map(|header| header.as_bytes()))
    }

    #[test]
    fn one_bearer_token_is_read_and_no_header_is_no_token() {
        assert_eq!(read(&["Bearer a.b-c_d.e"]), Ok(Some("a.b-c_d.e")));
        assert_eq!(read(&["bearer abc"]), Ok(Some("abc")));
        assert_eq!(read(&[]), Ok(None));
    }

    #[test]
    fn a_token_of_exactly_the_greatest_length_is_read_and_one_letter_more_is_not() {
        let header = |length| format!("Bearer {}", "a".repeat(length));
        assert_eq!(read(&[&header(8192)]).map(|token| token.map(str::len)), Ok(Some(8192)));
        assert_eq!(read(&[&header(8193)]), Err(Refusal::Unauthenticated("token too long")));
    }

    #[test]
    fn anything_else_is_refused() {
        for header in ["", "Bearer", "Bearer ", "Bearer  a", "Bearer a b", "Basic abc", "abc", "Bearer a,b"] {
            assert!(matches!(read(&[header]), Err(Refusal::Unauthenticated(_))), "{header}");
        }
        assert!(matches!(read(&["Bearer a", "Bearer a"]), Err(Refusal::Unauthenticated(_))));
    }
}
