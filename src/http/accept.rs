//! Which of the two media types of GraphQL a client wants, by its Accept header.

/// The media type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/json`: a request that cannot be executed still answers 200.
    Json,
    /// `application/graphql-response+json`: the status says whether the request could be executed.
    GraphqlResponse,
}

impl Media {
    /// The `Content-Type` of an answer.
    pub fn content_type(self) -> &'static str {
        match self {
            Media::Json => "application/json; charset=utf-8",
            Media::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// The media type to answer in: the one with the highest quality, the GraphQL one where both are as good and it is
/// named; `application/json` where anything will do. Nothing where neither is accepted.
pub fn negotiate<'a>(headers: impl Iterator<Item = &'a str>) -> Option<Media> {
    let mut ranges = headers.flat_map(|header| header.split(',')).map(str::trim).filter(|range| !range.is_empty());
    let Some(first) = ranges.next() else { return Some(Media::Json) };
    let mut best: Option<(u16, Media)> = None;
    for range in std::iter::once(first).chain(ranges) {
        let mut parts = range.split(';').map(str::trim);
        let media = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "application/graphql-response+json" => Media::GraphqlResponse,
            "application/json" | "application/*" | "*/*" => Media::Json,
            _ => continue,
        };
        let quality =
            parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))).map_or(1000, thousandths);
        let better = best.is_none_or(|(known, _)| quality > known)
            || best == Some((quality, Media::Json)) && media == Media::GraphqlResponse;
        if quality > 0 && better {
            best = Some((quality, media));
        }
    }
    best.map(|(_, media)| media)
}

/// A quality between 0 and 1 with up to three decimals; one that cannot be read counts as 0.
fn thousandths(text: &str) -> u16 {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let part: u16 = format!("{decimals:0<3}").parse().unwrap_or_default();
    match whole {
        "1" if digits && part == 0 => 1000,
        "0" if digits => part,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_type_is_chosen() {
        use Media::{GraphqlResponse, Json};
        for (accept, expected) in [
            ("", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("application/json", Some(Json)),
            ("Application/JSON; charset=utf-8", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            (
                "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
                Some(GraphqlResponse),
            ),
            ("application/json, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json", Some(Json)),
            ("application/graphql-response+json;q=0.9, */*;q=0.1", Some(GraphqlResponse)),
            ("application/json;q=0, application/graphql-response+json;q=0.001", Some(GraphqlResponse)),
            ("text/html, application/xhtml+xml, */*;q=0.8", Some(Json)),
            ("text/html", None),
            ("application/json;q=0", None),
            ("application/json;q=wrong", None),
        ] {
            assert_eq!(negotiate([accept].into_iter()), expected, "{accept}");
        }
        assert_eq!(negotiate(std::iter::empty()), Some(Json));
    }
}
