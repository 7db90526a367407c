//! The sites whose pages may ask in a browser, each named exactly as browsers name it.

use url::Url;

/// Reads a list of origins with commas between them.
///
/// # Errors
/// One of them is no origin, or is written in another way than browsers write it and so would never be met: the reason.
pub(super) fn read(list: &str) -> Result<Vec<String>, String> {
    list.split(',').map(str::trim).filter(|text| !text.is_empty()).map(origin).collect()
}

fn origin(text: &str) -> Result<String, String> {
    // A star is no address, but Url takes it for the name of a host.
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && !text.contains('*'));
    match url.map(|url| url.origin().ascii_serialization()) {
        Some(exact) if exact == text => Ok(exact),
        Some(exact) => Err(format!("{text} is not an origin as browsers write it; {exact} would be")),
        None => Err(format!("{text} is not an origin such as https://views.example; there is no word for all")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_origins_are_read() {
        let list = "https://views.example, http://localhost:5173,http://[::1]:3000,https://xn--bcher-kva.example:8443,";
        let expected = [
            "https://views.example",
            "http://localhost:5173",
            "http://[::1]:3000",
            "https://xn--bcher-kva.example:8443",
        ];
        assert_eq!(read(list).unwrap(), expected);
        assert!(read("").unwrap().is_empty() && read(" , ").unwrap().is_empty());
    }

    #[test]
    fn what_no_browser_would_send_as_an_origin_is_refused() {
        for text in [
            "*",
            "https://*",
            "https://*.example",
            "null",
            "views.example",
            "localhost:5173",
            "//views.example",
            "ftp://views.example",
            "ws://views.example",
            "file:///srv/views",
            "https://",
            "https://views.example/",
            "https://views.example/panel",
            "https://views.example?x",
            "https://views.example#x",
            "https://someone@views.example",
            "https://views.example:443",
            "http://views.example:80",
            "https://Views.example",
            "HTTPS://views.example",
            "https://bücher.example",
            "https://views.example https://other.example",
            "https://views.example;https://other.example",
            "https://views.example:99999",
        ] {
            assert!(read(text).is_err(), "{text}");
            assert!(read(&format!("https://good.example, {text}")).is_err(), "{text}");
        }
        let told = read("https://Views.example:443/").unwrap_err();
        assert!(told.ends_with("https://views.example would be"), "{told}");
    }
}
